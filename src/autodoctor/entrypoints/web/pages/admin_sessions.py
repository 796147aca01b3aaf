"""Sessions as staff look through them: the list, and one with everything about it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from autodoctor.application.sessions.dossier import Dossier
from autodoctor.domain.plans.plan import SessionKind
from autodoctor.domain.scheduling.wall_clock import start_of
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.admin_money import ledger_table, payment_table
from autodoctor.entrypoints.web.pages.admin_timeline import moments
from autodoctor.entrypoints.web.pages.file_views import attachment
from autodoctor.entrypoints.web.pages.mechanic_history import KIND_OPTIONS
from autodoctor.entrypoints.web.pages.mechanic_queue import plan_words
from autodoctor.entrypoints.web.pages.outcome import went_back
from autodoctor.entrypoints.web.pages.paging import Place, page_of
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import mechanic_or_nobody, sentence, talked, words
from autodoctor.entrypoints.web.parts import (
    Attachment,
    Cell,
    Column,
    Fact,
    Moment,
    Option,
    Pager,
    Table,
)
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import SessionFilter, SessionView

PATH: Final = "/admin/sessions"
MOST: Final = 50
NAMES: Final = ("state", "kind", "text", "since")
STATE_OPTIONS: Final = tuple(Option(each, words(each, Role.ADMIN).label) for each in SessionStatus)


@attrs.frozen
class ListView:
    values: Mapping[str, str]
    states: tuple[Option, ...]
    kinds: tuple[Option, ...]
    table: Table
    pager: Pager


def filter_of(values: Mapping[str, str], place: Place, when: When) -> SessionFilter:
    """A choice that there is not narrows nothing."""
    state, kind = values["state"], values["kind"]
    since = _day(values["since"])
    return SessionFilter(
        statuses=frozenset({SessionStatus(state)} if state in set(SessionStatus) else ()),
        kind=kind if kind in set(SessionKind) else "",
        text=values["text"],
        since=start_of(since, when.zone) if since else None,
        before=place.before,
        most=MOST + 1,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def list_view(
    found: tuple[SessionView, ...], values: Mapping[str, str], place: Place, when: When
) -> ListView:
    last = found[MOST - 1].created_at if len(found) > MOST else None
    shown, pager = page_of(found, place, most=MOST, path=PATH, keep=values, last=last)
    table = Table(
        caption="Sessions",
        columns=(
            Column("Session"),
            Column("Customer"),
            Column("Mechanic"),
            Column("State"),
            Column("Price", numeric=True),
        ),
        rows=tuple(_row(each, when) for each in shown),
        empty="No session is like that.",
    )
    return ListView(values, STATE_OPTIONS, KIND_OPTIONS, table, pager)


def _row(session: SessionView, when: When) -> tuple[Cell, ...]:
    state = words(session.status, Role.ADMIN)
    booked = f"{session.vehicle or 'No vehicle'}. {when.moment(session.created_at)}"
    return (
        Cell(session.plan_name, url=f"{PATH}/{session.id}", note=booked),
        Cell(session.customer_name),
        Cell(mechanic_or_nobody(session)),
        Cell(state.label, tone=state.tone),
        Cell(money_text(session.price), note=went_back(session)),
    )


@attrs.frozen(kw_only=True)
class DetailView:
    """`chat_url` shows what was said, to be read only; empty while nobody could talk."""

    reference: str
    title: str
    state: str
    tone: Tone
    sentence: str
    disputed: bool
    facts: tuple[Fact, ...]
    concern: str
    timeline: tuple[Moment, ...]
    payments: Table
    ledger: Table
    files: tuple[Attachment, ...]
    chat_url: str


def detail_view(found: Dossier, when: When) -> DetailView:
    session = found.session
    state = words(session.status, Role.ADMIN)
    return DetailView(
        reference=str(session.id)[:8].upper(),
        title=f"{session.plan_name}, {session.customer_name}",
        state=state.label,
        tone=state.tone,
        sentence=sentence(session.status, Role.ADMIN),
        disputed=found.disputed,
        facts=_facts(session, when),
        concern=session.concern,
        timeline=moments(found.timeline, found.names, when),
        payments=payment_table(found, when),
        ledger=ledger_table(found.entries, when),
        files=tuple(attachment(each, session_id=session.id) for each in found.files),
        chat_url=f"/chat/{session.id}" if session.mechanic_id else "",
    )


def _facts(session: SessionView, when: When) -> tuple[Fact, ...]:
    told = (
        ("Customer", session.customer_name),
        ("Mechanic", mechanic_or_nobody(session)),
        ("Vehicle", session.vehicle or "Not given"),
        ("Plan", plan_words(session.plan_name, session.kind, session.minutes)),
        ("Price", money_text(session.price)),
        ("Receipt number", str(session.receipt) if session.receipt else ""),
        ("Booked", when.moment(session.created_at)),
        ("Appointment", when.moment(session.scheduled_for) if session.scheduled_for else ""),
        ("Began", when.moment(session.started_at) if session.started_at else ""),
        ("Ended", when.moment(session.ended_at) if session.ended_at else ""),
        ("Talked", talked(session)),
        ("Rated", f"{session.stars} of 5" if session.stars else ""),
        ("Report", "Written" if session.report_written else ""),
    )
    return tuple(Fact(label, value) for label, value in told if value)
