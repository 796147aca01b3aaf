"""The end of a session as its mechanic writes it down: findings, steps, what comes next."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.domain.room.report import FIELD_LENGTH_MAX, Notes, Report, check_part
from autodoctor.domain.sessions.reporting import REPORTABLE
from autodoctor.domain.sessions.states import IN_ROOM, JOINABLE
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.forms import FormView, form_view, wrong_with
from autodoctor.entrypoints.web.pages.mechanic_history import first_name
from autodoctor.entrypoints.web.pages.mechanic_queue import plan_words
from autodoctor.entrypoints.web.pages.outcome import mechanics_sentence
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import refunded_in_full, sentence, talked, words
from autodoctor.entrypoints.web.parts import Fact, Moment
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import SessionView

FIELDS: Final = ("findings", "steps_taken", "next_steps", "parts_needed")
REQUIRED: Final = FIELDS[:3]
AMENDMENT: Final = "text"


@attrs.frozen
class Written:
    """A report as it stands; `lines` keep the writer's paragraphs."""

    label: str
    lines: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ReportView:
    """What the page offers: `writable` the form, `written` the report and an amendment,
    neither of them a sentence only."""

    title: str
    crumb: str
    state: str
    tone: Tone
    sentence: str
    customer: str
    facts: tuple[Fact, ...]
    concern: str
    notes: str
    url: str
    end_url: str
    amend_url: str
    pdf_url: str
    room_url: str
    room_label: str
    running: bool
    rule: str
    writable: bool
    form: FormView
    written: tuple[Written, ...]
    written_when: str
    amendments: tuple[Moment, ...]
    amendment: FormView
    length_max: int = FIELD_LENGTH_MAX


def mistakes(values: Mapping[str, str]) -> dict[str, str]:
    """Everything that is wrong with the report at once, by field."""
    found: dict[str, str] = {}
    for name in FIELDS:
        found |= wrong_with(
            lambda name=name: check_part(name, values[name], required=name in REQUIRED)  # type: ignore[misc]
        )
    return found


def report_view(
    session: SessionView,
    report: Report | None,
    notes: Notes | None,
    when: When,
    *,
    form: FormView | None = None,
    amendment: FormView | None = None,
) -> ReportView:
    state, customer = words(session.status, Role.MECHANIC), first_name(session)
    own = f"/mechanic/session/{session.id}"
    writable = report is None and session.status in REPORTABLE and not refunded_in_full(session)
    return ReportView(
        title=f"Report for {customer}" if writable or report else f"Session with {customer}",
        crumb=session.vehicle or session.plan_name,
        state=state.label,
        tone=state.tone,
        sentence=_no_report(session, report)
        or sentence(session.status, Role.MECHANIC, other=customer),
        customer=customer,
        facts=_facts(session, when),
        concern=session.concern,
        notes=notes.text if notes else "",
        url=f"{own}/complete",
        end_url=f"{own}/end",
        amend_url=f"{own}/amend",
        pdf_url=f"/api/sessions/{session.id}/report.pdf",
        room_url=f"/chat/{session.id}",
        room_label="Back to the room" if session.status in JOINABLE else "Read the conversation",
        running=session.status in IN_ROOM,
        rule=_rule(session),
        writable=writable,
        form=form or form_view(FIELDS),
        written=_written(report),
        written_when=when.moment(report.written_at) if report else "",
        amendments=_amendments(report, when),
        amendment=amendment or form_view((AMENDMENT,)),
    )


def _rule(session: SessionView) -> str:
    back = ", and the price is refunded" if session.price else ""
    return f"Sending the report ends it. Under a minute of talk it does not count{back}."


def _no_report(session: SessionView, report: Report | None) -> str:
    """Why there is nothing to write; empty when there is, or it is written."""
    if report is None and session.status in REPORTABLE and refunded_in_full(session):
        return f"{first_name(session)} got the whole price back, so no report is needed."
    return too_short(session)


def too_short(session: SessionView) -> str:
    """Why there is nothing to report of a session that was ended within a minute, or by a refund;
    empty for every other one."""
    return mechanics_sentence(session, first_name(session))


def _facts(session: SessionView, when: When) -> tuple[Fact, ...]:
    told = (
        ("Customer", first_name(session)),
        ("Vehicle", session.vehicle or "Not given"),
        ("Plan", plan_words(session.plan_name, session.kind, session.minutes)),
        ("Began", when.moment(session.started_at) if session.started_at else ""),
        ("Talked", talked(session)),
    )
    return tuple(Fact(label, value) for label, value in told if value)


def _written(report: Report | None) -> tuple[Written, ...]:
    if report is None:
        return ()
    told = (
        ("Findings", report.findings),
        ("Steps taken", report.steps_taken),
        ("Next steps", report.next_steps),
        ("Parts needed", report.parts_needed),
    )
    return tuple(Written(label, tuple(text.splitlines())) for label, text in told if text)


def _amendments(report: Report | None, when: When) -> tuple[Moment, ...]:
    return tuple(
        Moment(each.text, each.written_at.isoformat(), when.moment(each.written_at))
        for each in (report.amendments if report else ())
    )
