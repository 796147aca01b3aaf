"""What those who are invited will be in a company, in memory."""

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.shared.ids import OrganizationId


class MemoryEnrolments(MemoryStore[Enrolment]):
    kind = "enrolment"

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Enrolment, ...]:
        own = (each for each in self._rows.values() if each.organization_id == organization_id)
        return tuple(sorted(own, key=lambda each: each.id))
