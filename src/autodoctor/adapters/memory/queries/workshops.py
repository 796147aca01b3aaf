"""Lists of workshops and what is on their dashboards, over what was committed in memory."""

from datetime import UTC, datetime

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import MECHANIC_ENGAGED, SessionStatus
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.vetting.application import OPEN, Application, ApplicationStatus
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.workshop_queries import (
    PAGE_SIZE_MAX,
    DirectoryEntry,
    MemberView,
    WorkshopFigures,
    WorkshopFilter,
    WorkshopPage,
    WorkshopRow,
    WorkshopsShown,
)

DONE = frozenset({SessionStatus.COMPLETED, SessionStatus.ESCALATED, SessionStatus.ARCHIVED})
_NEVER = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class MemoryWorkshopQueries:
    _kept: MemoryTransactions

    @property
    def _tables(self) -> Tables:
        return self._kept.tables

    def team(self, workshop_id: WorkshopId, /) -> tuple[MemberView, ...]:
        places = self._tables.memberships.values()
        found = [self._member(each) for each in places if each.workshop_id == workshop_id]
        return tuple(sorted(found, key=lambda each: (each.name, each.mechanic_id)))

    def _member(self, place: Membership) -> MemberView:
        mechanic = self._tables.mechanics[place.id]
        return MemberView(
            mechanic_id=place.id,
            name=mechanic.name,
            status=place.status,
            areas=place.areas,
            asked_at=place.asked_at,
            approved=mechanic.approved,
            on_shift=mechanic.on_shift,
            reputation=mechanic.reputation,
            sessions=self._completed(place.workshop_id, place.id),
        )

    def _completed(self, workshop_id: WorkshopId, mechanic_id: MechanicId) -> int:
        own = (each for each in self._own(workshop_id) if each.mechanic_id == mechanic_id)
        return sum(map(_completed, own))

    def _own(self, workshop_id: WorkshopId) -> list[Session]:
        return [s for s in self._tables.sessions.values() if s.workshop_id == workshop_id]

    def figures(
        self, workshop_id: WorkshopId, /, *, today: datetime, week: datetime, month: datetime
    ) -> WorkshopFigures:
        own = self._own(workshop_id)
        ends = [each.ended_at for each in own if _completed(each) and each.ended_at]
        return WorkshopFigures(
            under_way=sum(each.status in MECHANIC_ENGAGED for each in own),
            today=sum(end >= today for end in ends),
            week=sum(end >= week for end in ends),
            month=sum(end >= month for end in ends),
        )

    def listed(self, which: WorkshopFilter, /) -> WorkshopPage:
        every = [self._row(each) for each in self._tables.workshops.values()]
        rows = [row for row in every if row.status is not ApplicationStatus.DRAFT]
        found = [row for row in rows if _shown(row, which.shown) and _matches(row, which.text)]
        ordered = sorted(found, key=_waiting_first)
        first = (which.page - 1) * which.page_size
        page = tuple(ordered[first : first + which.page_size])
        return WorkshopPage(rows=page, total=len(found) if page else 0)

    def _row(self, workshop: Workshop) -> WorkshopRow:
        application = self._application(workshop.id)
        places = self._tables.memberships.values()
        return WorkshopRow(
            id=workshop.id,
            name=workshop.name,
            city=workshop.city,
            province=workshop.province,
            email=workshop.profile.email,
            contact_name=workshop.profile.contact_name,
            approved=workshop.approved,
            suspended_at=workshop.suspended_at,
            capacity=workshop.profile.capacity,
            members=sum(each.workshop_id == workshop.id for each in places),
            application_id=application.id if application else None,
            status=application.status if application else None,
            submitted_at=application.submitted_at if application else None,
        )

    def _application(self, workshop_id: WorkshopId) -> Application | None:
        kept = self._tables.applications.values()
        return next((each for each in kept if each.subject_id == workshop_id), None)

    def directory(self, *, text: str = "", prefix: str = "") -> tuple[DirectoryEntry, ...]:
        rows = [w for w in self._tables.workshops.values() if w.open and _serves(w, prefix)]
        found = [w for w in rows if text.lower() in f"{w.name}\n{w.city}".lower()]
        ordered = sorted(found, key=lambda each: (each.name, each.id))
        return tuple(map(self._entry, ordered[:PAGE_SIZE_MAX]))

    def _entry(self, workshop: Workshop) -> DirectoryEntry:
        places = self._tables.memberships.values()
        return DirectoryEntry(
            id=workshop.id,
            name=workshop.name,
            city=workshop.city,
            province=workshop.province,
            description=workshop.profile.description,
            website=workshop.profile.website,
            coverage=workshop.profile.coverage,
            radius_km=workshop.profile.radius_km,
            has_logo=bool(workshop.profile.logo_key),
            mechanics=sum(each.workshop_id == workshop.id and each.active for each in places),
        )


def _completed(session: Session) -> bool:
    return session.status in DONE and session.started_at is not None


def _serves(workshop: Workshop, prefix: str) -> bool:
    served = workshop.profile.coverage
    return not prefix or any(each.startswith(prefix) or prefix.startswith(each) for each in served)


def _matches(row: WorkshopRow, text: str) -> bool:
    return any(text.lower() in each.lower() for each in (row.name, row.city, row.email))


def _shown(row: WorkshopRow, shown: WorkshopsShown) -> bool:
    match shown:
        case WorkshopsShown.ALL:
            return True
        case WorkshopsShown.APPLYING:
            return row.status in OPEN
        case WorkshopsShown.OPEN:
            return row.approved and row.suspended_at is None
        case WorkshopsShown.SUSPENDED:
            return row.suspended_at is not None
        case WorkshopsShown.REJECTED:
            return row.status is ApplicationStatus.REJECTED


def _waiting_first(row: WorkshopRow) -> tuple[object, ...]:
    return (row.status not in OPEN, row.submitted_at or _NEVER, row.name, row.id)
