"""Programs of brands and applications to them in memory."""

from uuid import UUID

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.domain.shared.ids import ProgramId
from autodoctor.domain.workshops.program import Program, ProgramApplication

MOST = 500


class MemoryPrograms(MemoryStore[Program]):
    kind = "program"

    def listed(self) -> tuple[Program, ...]:
        return tuple(sorted(self._rows.values(), key=lambda p: (p.brand, p.title, p.id)))


class MemoryProgramApplications(MemoryStore[ProgramApplication]):
    kind = "program_application"
    unique = (lambda each: (each.program_id, each.subject_id),)

    def of(self, program_id: ProgramId, subject_id: UUID, /) -> ProgramApplication | None:
        mine = self.of_subject(subject_id)
        return next((each for each in mine if each.program_id == program_id), None)

    def of_subject(self, subject_id: UUID, /) -> tuple[ProgramApplication, ...]:
        return tuple(each for each in self._newest_first() if each.subject_id == subject_id)

    def all(self) -> tuple[ProgramApplication, ...]:
        return tuple(self._newest_first()[:MOST])

    def _newest_first(self) -> list[ProgramApplication]:
        by_id = sorted(self._rows.values(), key=lambda each: each.id)
        return sorted(by_id, key=lambda each: each.created_at, reverse=True)
