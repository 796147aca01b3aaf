"""Earnings as their mechanic reads them: totals, then session by session, all from the ledger."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs
from babel.dates import format_date

from autodoctor.application.mechanics.earnings import Earnings
from autodoctor.entrypoints.web.formats import LOCALE, money_text
from autodoctor.entrypoints.web.pages.mechanic_ranges import YEARS_FROM, Asked, Range, Span
from autodoctor.entrypoints.web.pages.mechanic_words import TRANSFERS
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Link, Table
from autodoctor.ports.money_views import EarningView

PATH: Final = "/mechanic/earnings"
_TABS: Final = (
    (Span.DAY, "Day"),
    (Span.WEEK, "Week"),
    (Span.MONTH, "Month"),
    (Span.YEAR, "Year"),
    (Span.CUSTOM, "Other"),
)


@attrs.frozen(kw_only=True)
class EarningsView:
    """`first` and `last` fill the form of another range, as typed; `errors` are about them, by
    field."""

    tabs: tuple[Link, ...]
    title: str
    before: str
    after: str
    custom: bool
    first: str
    last: str
    errors: Mapping[str, str]
    gross: str
    platform: str
    workshop: str
    net: str
    sessions: str
    table: Table


def earnings_view(found: Earnings, asking: Asked, when: When) -> EarningsView:
    asked = asking.range
    today = when.now.astimezone(when.zone).date()
    return EarningsView(
        tabs=tuple(
            Link(label, f"{PATH}?range={span}", current=span is asked.span) for span, label in _TABS
        ),
        title=range_title(asked, today=today),
        before=_url(asked.before) if asked.first.year > YEARS_FROM else "",
        after=_url(asked.after) if asked.last < today else "",
        custom=asked.span is Span.CUSTOM,
        first=asking.first,
        last=asking.last,
        errors={"from": "", "to": "", asking.field: asking.error},
        gross=money_text(found.gross),
        platform=money_text(found.platform),
        workshop=money_text(found.workshop),
        net=money_text(found.net),
        sessions=_sessions(len(found.rows)),
        table=_table(found, when),
    )


def _url(asked: Range) -> str:
    if asked.span is Span.CUSTOM:
        return f"{PATH}?range=custom&from={asked.first}&to={asked.last}"
    return f"{PATH}?range={asked.span}&on={asked.first}"


def range_title(asked: Range, *, today: date) -> str:
    """Today; 23 – 29 November 2026; November 2026; 2026."""
    match asked.span:
        case Span.DAY if asked.first == today:
            return "Today"
        case Span.MONTH:
            return str(format_date(asked.first, "MMMM y", locale=LOCALE))
        case Span.YEAR:
            return str(asked.first.year)
        case _:
            return _days(asked.first, asked.last)


def _days(first: date, last: date) -> str:
    whole = str(format_date(last, "d MMMM y", locale=LOCALE))
    if first == last:
        return whole
    same_year, same_month = first.year == last.year, first.month == last.month
    pattern = ("d" if same_month else "d MMMM") if same_year else "d MMMM y"
    return f"{format_date(first, pattern, locale=LOCALE)} – {whole}"


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _table(found: Earnings, when: When) -> Table:
    return Table(
        caption="Session by session",
        columns=(
            Column("Session"),
            Column("Paid by the customer", numeric=True),
            Column("Platform", numeric=True),
            Column("Workshop", numeric=True),
            Column("You", numeric=True),
            Column("Payout"),
        ),
        rows=tuple(_row(each, when) for each in found.rows),
        empty="No session of that time earned anything yet.",
    )


def _row(earned: EarningView, when: When) -> tuple[Cell, ...]:
    payout, tone = TRANSFERS[earned.transfer_status]
    return (
        Cell(
            earned.plan_name,
            url=f"/mechanic/session/{earned.session_id}/complete",
            note=f"{earned.customer_first_name}, {when.moment(earned.at)}",
        ),
        Cell(money_text(earned.gross), note=_went_back(earned)),
        Cell(money_text(earned.platform)),
        Cell(money_text(earned.workshop)),
        Cell(money_text(earned.net)),
        Cell(payout, tone=tone, note=_taken_back(earned)),
    )


def _went_back(earned: EarningView) -> str:
    told = ((earned.refunded, "refunded"), (earned.bank_returned, "taken back by their bank"))
    return ", ".join(f"{money_text(amount)} {how}" for amount, how in told if amount)


def _taken_back(earned: EarningView) -> str:
    if not earned.taken_back:
        return ""
    return f"{money_text(earned.taken_back)} of it was taken back"
