"""The list of mechanics' applications, with a tab for each thing to do about them."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.vetting.applications import Listed
from autodoctor.domain.vetting.application import ApplicationStatus as S
from autodoctor.entrypoints.web.pages.numbered import SIZE, Turn, pager
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Link, Pager, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.people_queries import ApplicationFilter, ApplicationView

PATH: Final = "/admin/mechanics"
NAMES: Final = ("show", "text")
TABS: Final[dict[str, tuple[str, tuple[S, ...]]]] = {
    "waiting": ("To decide", (S.SUBMITTED, S.UNDER_REVIEW)),
    "asked": ("Asked", (S.MORE_INFORMATION_REQUIRED,)),
    "approved": ("Approved", (S.APPROVED,)),
    "rejected": ("Rejected", (S.REJECTED,)),
    "drafts": ("Not handed in", (S.DRAFT,)),
}
FIRST: Final = "waiting"
STATES: Final[dict[S, tuple[str, Tone]]] = {
    S.DRAFT: ("Not handed in", Tone.NEUTRAL),
    S.SUBMITTED: ("Waiting for us", Tone.WARN),
    S.UNDER_REVIEW: ("Being reviewed", Tone.INFO),
    S.MORE_INFORMATION_REQUIRED: ("Asked for more", Tone.INFO),
    S.APPROVED: ("Approved", Tone.OK),
    S.REJECTED: ("Rejected", Tone.BAD),
}
COLUMNS: Final = (
    Column("Mechanic"),
    Column("City"),
    Column("Handed in"),
    Column("Documents"),
    Column("State"),
)


@attrs.frozen
class ApplicationsView:
    values: Mapping[str, str]
    tabs: tuple[Link, ...]
    table: Table
    pager: Pager


def filter_of(values: Mapping[str, str], turn: Turn) -> ApplicationFilter:
    _, statuses = TABS.get(values["show"], TABS[FIRST])
    return ApplicationFilter(
        statuses=frozenset(statuses), text=values["text"], skip=turn.skip, most=SIZE
    )


def list_view(found: Listed, values: Mapping[str, str], turn: Turn, when: When) -> ApplicationsView:
    shown = values["show"] if values["show"] in TABS else FIRST
    rows = tuple(_row(each, when) for each in found.rows)
    table = Table("Applications", COLUMNS, rows, "No application is like that.")
    place = pager(turn, shown=len(rows), total=found.total, path=PATH, keep=values)
    return ApplicationsView({**values, "show": shown}, tabs(found, shown), table, place)


def tabs(found: Listed, shown: str) -> tuple[Link, ...]:
    states = tuple(
        Link(
            label,
            f"{PATH}?show={name}",
            current=name == shown,
            count=str(sum(found.by_status.get(each, 0) for each in statuses)),
        )
        for name, (label, statuses) in TABS.items()
    )
    return (*states, Link("All mechanics", "/admin/users?role=mechanic"))


def _row(view: ApplicationView, when: When) -> tuple[Cell, ...]:
    label, tone = STATES[view.status]
    handed_in = when.moment(view.submitted_at) if view.submitted_at else "Not yet"
    pending = f"{view.papers_pending} to look at" if view.papers_pending else ""
    return (
        Cell(view.name, url=f"{PATH}/{view.subject_id}", note=view.email),
        Cell(view.city or "Not told"),
        Cell(handed_in, note=when.ago(view.submitted_at) if view.submitted_at else ""),
        Cell(str(view.papers), note=pending),
        Cell(label, tone=tone),
    )
