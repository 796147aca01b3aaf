"""The list of a customer's sessions: groups, search, pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.domain.sessions.states import CUSTOMER_BLOCKING, SessionStatus
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.outcome import customers_words, went_back, without_money
from autodoctor.entrypoints.web.pages.unfinished_view import UnfinishedView
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import mechanic_or_nobody
from autodoctor.entrypoints.web.parts import Cell, Column, Link, Pager, Table
from autodoctor.ports.queries import SessionFilter, SessionView

PAGE: Final = 20
ALL: Final = "all"
S = SessionStatus
GROUPS: Final[Mapping[str, tuple[str, frozenset[SessionStatus]]]] = {
    ALL: ("All", frozenset()),
    "current": ("Under way", CUSTOMER_BLOCKING | {S.SCHEDULED}),
    "done": ("Completed", frozenset({S.COMPLETED, S.ESCALATED, S.ARCHIVED})),
    "off": ("Did not take place", frozenset({S.CANCELLED, S.EXPIRED, S.REFUNDED})),
}


@attrs.frozen
class Wish:
    """Which part of the list: a group, words to look for, and where a page begins."""

    group: str = ALL
    text: str = ""
    before: datetime | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """From an address; what makes no sense there is left out."""
        group = given.get("show", "")
        text = given.get("q", "").strip()[:100]
        return cls(group if group in GROUPS else ALL, text, _instant(given.get("before", "")))

    @property
    def filter(self) -> SessionFilter:
        """One more than a page shows, to know whether there is another."""
        statuses = GROUPS[self.group][1]
        return SessionFilter(statuses=statuses, text=self.text, before=self.before, most=PAGE + 1)

    def url(self, **changes: object) -> str:
        wish = attrs.evolve(self, **changes)  # type: ignore[arg-type]
        parts = {"show": "" if wish.group == ALL else wish.group, "q": wish.text}
        if wish.before is not None:
            parts["before"] = wish.before.isoformat()
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"/customer/sessions?{query}" if query else "/customer/sessions"


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


@attrs.frozen
class HistoryView:
    tabs: tuple[Link, ...]
    group: str
    text: str
    table: Table
    pager: Pager | None
    unfinished: UnfinishedView | None


def history_view(
    found: tuple[SessionView, ...],
    wish: Wish,
    when: When,
    *,
    unfinished: UnfinishedView | None = None,
) -> HistoryView:
    shown = found[:PAGE]
    searched = bool(wish.text) or wish.group != ALL
    empty = "Nothing fits. Try other words, or show all." if searched else "None yet."
    return HistoryView(
        tabs=tuple(
            Link(label, wish.url(group=group, before=None), current=group == wish.group)
            for group, (label, _) in GROUPS.items()
        ),
        group="" if wish.group == ALL else wish.group,
        text=wish.text,
        table=session_table(shown, when, caption="Your sessions", empty=empty),
        pager=_pager(wish, shown, more=len(found) > PAGE),
        unfinished=unfinished,
    )


def _pager(wish: Wish, shown: tuple[SessionView, ...], *, more: bool) -> Pager | None:
    if wish.before is None and not more:
        return None
    older = wish.url(before=shown[-1].created_at) if more else ""
    newest = wish.url(before=None) if wish.before is not None else ""
    return Pager("Newest first", previous_url=newest, next_url=older)


def session_table(
    sessions: tuple[SessionView, ...], when: When, *, caption: str, empty: str
) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column("Session"),
            Column("Mechanic"),
            Column("State"),
            Column("Rating"),
            Column("Paid", numeric=True),
        ),
        rows=tuple(_row(each, when) for each in sessions),
        empty=empty,
    )


def _row(view: SessionView, when: When) -> tuple[Cell, ...]:
    told = customers_words(view)
    under_way = view.ended_at is None
    url = f"/session/{view.id}" if under_way else f"/customer/sessions/{view.id}"
    return (
        Cell(view.plan_name, url=url, note=when.moment(view.created_at)),
        Cell(mechanic_or_nobody(view)),
        Cell(told.label, tone=told.tone, note=without_money(view)),
        Cell(f"{view.stars} of 5" if view.stars else "–"),
        Cell(money_text(view.price) if view.price else "Free", note=went_back(view)),
    )
