"""Workshops as ready strings for staff."""

from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.application.workshops.overseeing import Dossier
from autodoctor.domain.vetting.application import OPEN, Application, ApplicationStatus
from autodoctor.domain.vetting.document import Document
from autodoctor.domain.workshops.profile import Hours
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.workshop_form import WEEK
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Link, Moment, Pager, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.workshop_queries import (
    WorkshopFilter,
    WorkshopPage,
    WorkshopRow,
    WorkshopsShown,
)

TABS: Final = {
    WorkshopsShown.ALL: "All",
    WorkshopsShown.APPLYING: "Waiting for us",
    WorkshopsShown.OPEN: "Open",
    WorkshopsShown.SUSPENDED: "Suspended",
    WorkshopsShown.REJECTED: "Turned down",
}
COLUMNS: Final = (
    Column("Workshop"),
    Column("Where"),
    Column("State"),
    Column("Mechanics", numeric=True),
    Column("Handed in"),
)
STATUS: Final = {
    ApplicationStatus.DRAFT: ("Not handed in", Tone.NEUTRAL),
    ApplicationStatus.SUBMITTED: ("Waiting for us", Tone.WARN),
    ApplicationStatus.UNDER_REVIEW: ("Being looked at", Tone.INFO),
    ApplicationStatus.MORE_INFORMATION_REQUIRED: ("Waiting for an answer", Tone.INFO),
    ApplicationStatus.APPROVED: ("Open", Tone.OK),
    ApplicationStatus.REJECTED: ("Turned down", Tone.BAD),
}


@attrs.frozen
class ListedView:
    tabs: tuple[Link, ...]
    search: str
    shown: str
    table: Table
    pager: Pager


def shown_of(text: str) -> WorkshopsShown:
    return WorkshopsShown(text) if text in set(WorkshopsShown) else WorkshopsShown.ALL


def listed_view(found: WorkshopPage, which: WorkshopFilter, when: When, *, path: str) -> ListedView:
    rows = tuple(_row(each, when) for each in found.rows)
    return ListedView(
        tabs=tuple(Link(label, _tab(each), each is which.shown) for each, label in TABS.items()),
        search=which.text,
        shown=which.shown,
        table=Table("Workshops", COLUMNS, rows, "No workshop fits."),
        pager=_pager(found, which, path),
    )


def _tab(shown: WorkshopsShown) -> str:
    if shown is WorkshopsShown.APPLYING:
        return "/admin/workshops/applications"
    return f"/admin/workshops?shown={shown}"


def _pager(found: WorkshopPage, which: WorkshopFilter, path: str) -> Pager:
    first = (which.page - 1) * which.page_size + 1
    last = first + len(found.rows) - 1
    text = f"{first}–{last} of {found.total}" if found.rows else "Nothing on this page"

    def url(page: int) -> str:
        asked = {"shown": which.shown.value, "search": which.text, "page": str(page)}
        return f"{path}?{urlencode(asked)}"

    return Pager(
        text,
        previous_url=url(which.page - 1) if which.page > 1 else "",
        next_url=url(which.page + 1) if last < found.total else "",
    )


def _row(row: WorkshopRow, when: When) -> tuple[Cell, ...]:
    label, tone = business_state(
        row.status, approved=row.approved, suspended=bool(row.suspended_at)
    )
    return (
        Cell(row.name, url=f"/admin/workshops/{row.id}", note=row.contact_name),
        Cell(f"{row.city}, {row.province}"),
        Cell(label, tone=tone),
        Cell(f"{row.members} of {row.capacity}"),
        Cell(when.moment(row.submitted_at) if row.submitted_at else "—"),
    )


def business_state(
    status: ApplicationStatus | None, *, approved: bool, suspended: bool
) -> tuple[str, Tone]:
    if suspended:
        return "Suspended", Tone.BAD
    if status is None:
        return ("Open", Tone.OK) if approved else ("Never applied", Tone.NEUTRAL)
    return STATUS[status]


@attrs.frozen(kw_only=True)
class DossierView:
    id: str
    name: str
    state: str
    tone: Tone
    error: str
    facts: tuple[Fact, ...]
    description: str
    suspended: str
    question: str
    answer: str
    reason: str
    papers: tuple[Link, ...]
    deeds: tuple[Moment, ...]
    undecided: bool
    open: bool


def dossier_view(
    found: Dossier, papers: tuple[Document, ...], when: When, error: str
) -> DossierView:
    workshop, application = found.workshop, found.application
    status = application.status if application else None
    suspended = workshop.suspended_at is not None
    state, tone = business_state(status, approved=workshop.approved, suspended=suspended)
    return DossierView(
        id=str(workshop.id),
        name=workshop.name,
        state=state,
        tone=tone,
        error=error,
        facts=_facts(workshop, application, when),
        description=workshop.profile.description,
        suspended=workshop.suspension_reason,
        question=application.question if application else "",
        answer=application.answer if application else "",
        reason=application.reason if application else "",
        papers=tuple(
            Link(
                f"{each.kind.value.capitalize()}, sent {when.within(each.uploaded_at)}",
                f"/admin/workshops/{workshop.id}/papers/{each.id}",
            )
            for each in papers
        ),
        deeds=tuple(
            Moment(deed.action, deed.at.isoformat(), when.moment(deed.at), deed.reason)
            for deed in found.deeds
        ),
        undecided=status in OPEN,
        open=workshop.open,
    )


def _facts(workshop: Workshop, application: Application | None, when: When) -> tuple[Fact, ...]:
    told = workshop.profile
    handed_in = application.submitted_at if application else None
    pairs = (
        ("Contact", told.contact_name),
        ("Mail", told.email),
        ("Phone", told.phone),
        ("Registration number", told.registration_number),
        ("Tax number", told.tax_id),
        ("Address", f"{told.street}, {workshop.city} {workshop.province} {told.postal_code}"),
        ("Serves", f"{', '.join(told.coverage)} and {told.radius_km} km around"),
        ("Room for", "1 mechanic" if told.capacity == 1 else f"{told.capacity} mechanics"),
        ("Website", told.website),
        ("Open", "; ".join(map(_day, told.hours))),
        ("Handed in", when.moment(handed_in) if handed_in else ""),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)


def _day(hours: Hours) -> str:
    return f"{WEEK[hours.weekday]} {hours.opens:%H:%M}–{hours.closes:%H:%M}"
