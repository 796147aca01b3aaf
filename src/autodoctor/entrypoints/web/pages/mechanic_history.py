"""A mechanic's sessions as a list: filtered, newest first, a page at a time."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.domain.plans.plan import SessionKind
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.mechanic_queue import plan_words
from autodoctor.entrypoints.web.pages.outcome import mechanics_note
from autodoctor.entrypoints.web.pages.paging import Place, page_of
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import talked, words
from autodoctor.entrypoints.web.parts import Cell, Column, Option, Pager, Table
from autodoctor.ports.queries import SessionFilter, SessionView

PATH: Final = "/mechanic/sessions"
MOST: Final = 20
NAMES: Final = ("state", "kind", "text")
STATES: Final = {
    "open": frozenset({S.MATCHED, S.SCHEDULED, S.LIVE, S.RECONNECTING}),
    "done": frozenset({S.COMPLETED, S.ESCALATED, S.ARCHIVED}),
    "off": frozenset({S.CANCELLED, S.EXPIRED, S.REFUNDED}),
}
STATE_OPTIONS: Final = (
    Option("open", "Under way or ahead"),
    Option("done", "Took place"),
    Option("off", "Did not take place"),
)
KIND_OPTIONS: Final = (Option(SessionKind.CHAT, "Chat"), Option(SessionKind.VIDEO, "Video"))
ROOM: Final = STATES["open"]


@attrs.frozen
class HistoryView:
    values: Mapping[str, str]
    states: tuple[Option, ...]
    kinds: tuple[Option, ...]
    table: Table
    pager: Pager


def filter_of(values: Mapping[str, str], place: Place) -> SessionFilter:
    """A choice that there is not narrows nothing."""
    return SessionFilter(
        statuses=STATES.get(values["state"], frozenset()),
        kind=values["kind"] if values["kind"] in set(SessionKind) else "",
        text=values["text"],
        before=place.before,
        most=MOST + 1,
    )


def history_view(
    found: tuple[SessionView, ...], values: Mapping[str, str], place: Place, when: When
) -> HistoryView:
    last = found[MOST - 1].created_at if len(found) > MOST else None
    shown, pager = page_of(found, place, most=MOST, path=PATH, keep=values, last=last)
    return HistoryView(values, STATE_OPTIONS, KIND_OPTIONS, session_table(shown, when), pager)


def session_table(
    found: tuple[SessionView, ...],
    when: When,
    *,
    caption: str = "Your sessions",
    empty: str = "No session is like that.",
) -> Table:
    return Table(
        caption=caption,
        columns=(Column("Session"), Column("Customer"), Column("State"), Column("Talked")),
        rows=tuple(_row(each, when) for each in found),
        empty=empty,
    )


def session_url(session: SessionView) -> str:
    """Where its mechanic goes on with it: the room, or the report."""
    if session.status in ROOM:
        return f"/chat/{session.id}"
    return f"/mechanic/session/{session.id}/complete"


def first_name(session: SessionView) -> str:
    """A mechanic sees no more of a customer's name."""
    return session.customer_name.split(" ")[0]


def _row(session: SessionView, when: When) -> tuple[Cell, ...]:
    state = words(session.status, Role.MECHANIC)
    at = session.scheduled_for or session.started_at or session.created_at
    plan = plan_words(session.plan_name, session.kind, session.minutes)
    return (
        Cell(session.vehicle or plan, url=session_url(session), note=f"{plan}. {when.moment(at)}"),
        Cell(first_name(session), note=_stars(session.stars)),
        Cell(state.label, tone=state.tone, note=_note(session)),
        Cell(talked(session) or "–"),
    )


def _stars(stars: int | None) -> str:
    if stars is None:
        return ""
    return "Rated 1 star" if stars == 1 else f"Rated {stars} stars"


def _note(session: SessionView) -> str:
    return " · ".join(filter(None, (mechanics_note(session), _report(session))))


def _report(session: SessionView) -> str:
    if session.report_written:
        return "Report written"
    return "Report to write" if session.status in (S.COMPLETED, S.ESCALATED) else ""
