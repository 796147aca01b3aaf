"""Programs of brands and applications to them in PostgreSQL."""

from uuid import UUID

from sqlalchemy import RowMapping, bindparam, select

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.programs import program_applications, programs
from autodoctor.domain.shared.ids import ProgramId
from autodoctor.domain.workshops.program import (
    Audience,
    Program,
    ProgramApplication,
    ProgramStatus,
)


def program_row(program: Program) -> Row:
    return plain(program) | {
        "perks": list(program.perks),
        "audiences": sorted(program.audiences),
    }


def program_of(row: RowMapping) -> Program:
    audiences = frozenset(map(Audience, row["audiences"]))
    return Program(**{**row, "perks": tuple(row["perks"]), "audiences": audiences})


def application_of(row: RowMapping) -> ProgramApplication:
    audience, status = Audience(row["audience"]), ProgramStatus(row["status"])
    return ProgramApplication(**{**row, "audience": audience, "status": status})


class PostgresPrograms(RowStore[Program]):
    mapped = Mapped(programs, program_row, program_of)

    def listed(self) -> tuple[Program, ...]:
        return self._all(_LISTED, {})


class PostgresProgramApplications(RowStore[ProgramApplication]):
    mapped = Mapped(program_applications, plain, application_of)

    def of(self, program_id: ProgramId, subject_id: UUID, /) -> ProgramApplication | None:
        return self._one(_OF, {"program_id": program_id, "subject_id": subject_id})

    def of_subject(self, subject_id: UUID, /) -> tuple[ProgramApplication, ...]:
        return self._all(_OF_SUBJECT, {"subject_id": subject_id})

    def all(self) -> tuple[ProgramApplication, ...]:
        return self._all(_NEWEST.limit(_MOST), {})


_MOST = 500
_LISTED = select(programs).order_by(programs.c.brand, programs.c.title, programs.c.id)
_NEWEST = select(program_applications).order_by(
    program_applications.c.created_at.desc(), program_applications.c.id
)
_OF_SUBJECT = _NEWEST.where(program_applications.c.subject_id == bindparam("subject_id"))
_OF = _OF_SUBJECT.where(program_applications.c.program_id == bindparam("program_id"))
