"""The mechanic's notes, and the report the customer keeps. A report, or an amendment, that comes
after the end is told; during the conversation it is told with its end."""

from datetime import datetime
from uuid import UUID

from autodoctor.application.access.may import Action, may
from autodoctor.application.access.room import NOTES, REPORT, WRITE_REPORT
from autodoctor.application.access.whose import of_session
from autodoctor.application.operations.security import record_staff_read
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.room.report import Amendment, Notes, Report, check_part
from autodoctor.domain.sessions.events import ReportPublished
from autodoctor.domain.sessions.reporting import check_amendable, check_reportable
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.documents import ReportDocument
from autodoctor.ports.operations import person
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def _own(
    tx: Transaction, actor: Actor, action: Action, session_id: SessionId, *, lock: bool = False
) -> Session:
    may(actor, action)
    session = tx.sessions.get(session_id, lock=lock)
    may(actor, action, of_session(session))
    return session


def save_notes(ports: Ports, *, actor: Actor, session_id: SessionId, text: str) -> Notes:
    """Seen by the mechanic alone; saved as they type."""
    notes = Notes(
        session_id=session_id,
        mechanic_id=actor.mechanic_id,
        text=check_part("text", text, required=False),
        saved_at=ports.now(),
    )
    with ports.transactions(actor) as tx:
        _own(tx, actor, NOTES, session_id)
        tx.write_ups.save_notes(notes)
    return notes


def notes_of(ports: Ports, *, actor: Actor, session_id: SessionId) -> Notes | None:
    with ports.transactions(actor) as tx:
        _own(tx, actor, NOTES, session_id)
        return tx.write_ups.notes(session_id)


def write_report(
    ports: Ports,
    *,
    actor: Actor,
    session_id: SessionId,
    findings: str,
    steps_taken: str,
    next_steps: str,
    parts_needed: str,
) -> Report:
    """Once; afterwards there are amendments. Refusals: Missing, InvalidField, IllegalTransition
    before the conversation began, ReportTooEarly while it does not count, ReportWritten."""
    report = Report(
        session_id=session_id,
        mechanic_id=actor.mechanic_id,
        findings=check_part("findings", findings),
        steps_taken=check_part("steps_taken", steps_taken),
        next_steps=check_part("next_steps", next_steps),
        parts_needed=check_part("parts_needed", parts_needed, required=False),
        written_at=ports.now(),
    )
    with ports.transactions(actor) as tx:
        session = _own(tx, actor, WRITE_REPORT, session_id, lock=True)
        check_reportable(session, at=report.written_at)
        tx.write_ups.add_report(report)
        _show(tx, session)
        if session.ended:
            _publish(tx, session, report, by=actor, at=report.written_at, amended=False)
    return report


def _show(tx: Transaction, session: Session) -> None:
    """The customer's open page looks again."""
    tx.live.tell(person(session.customer_id), "report", {"session_id": session.id})


def _publish(
    tx: Transaction, session: Session, report: Report, *, by: Actor, at: datetime, amended: bool
) -> None:
    published = ReportPublished(session.id, session.customer_id, report.mechanic_id, amended)
    tx.outbox.record(published, by=by, at=at)


def amend_report(ports: Ports, *, actor: Actor, session_id: SessionId, text: str) -> None:
    """Refusals: InvalidField, Missing, IllegalTransition for a session that was called off,
    ReportTooEarly, TooManyAmendments."""
    amendment = Amendment(check_part("text", text), ports.now())
    with ports.transactions(actor) as tx:
        session = _own(tx, actor, WRITE_REPORT, session_id, lock=True)
        report = tx.write_ups.report(session_id)
        if report is None:
            raise Missing("report")
        check_amendable(session, at=amendment.written_at)
        report.check_amendable()
        tx.write_ups.amend(session_id, amendment)
        _show(tx, session)
        _announce(tx, session, report, by=actor, at=amendment.written_at)


def _announce(
    tx: Transaction, session: Session, report: Report, *, by: Actor, at: datetime
) -> None:
    """Now or later; what was added during the conversation is told with its end."""
    if session.ended_at is None:
        return
    due = report.news_at(at, ended_at=session.ended_at)
    if due > at:
        tx.timers.set(Timer.REPORT_NEWS, session.id, due_at=due)
    else:
        _publish(tx, session, report, by=by, at=at, amended=True)


def tell_of_amendments(ports: Ports, session_id: UUID) -> None:
    """What was added in the last minutes is news now, once."""
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(SessionId(session_id), lock=True)
        report = tx.write_ups.report(session.id)
        assert report is not None, "it was amended"
        tx.timers.replace(session.id, {Timer.REPORT_NEWS: None})
        _publish(tx, session, report, by=SYSTEM, at=ports.now(), amended=True)


def report_of(ports: Ports, *, actor: Actor, session_id: SessionId) -> Report | None:
    """For the parties, and for admins, which is recorded."""
    with ports.transactions(actor) as tx:
        may(actor, REPORT, of_session(tx.sessions.get(session_id)))
        of = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.REPORT_READ, by=actor, about=of)
        return tx.write_ups.report(session_id)


def report_pdf(ports: Ports, *, actor: Actor, session_id: SessionId) -> bytes:
    """The report as a PDF, to a mechanic with the customer's first name only. Raises Missing while
    there is none."""
    report = report_of(ports, actor=actor, session_id=session_id)
    if report is None:
        raise Missing("report")
    view = ports.queries.sessions.one(session_id)
    first_name = view.customer_name.split(" ", maxsplit=1)[0]
    return ports.documents.report(
        ReportDocument(
            reference=str(session_id)[:8].upper(),
            customer=first_name if actor.role is Role.MECHANIC else view.customer_name,
            mechanic=view.mechanic_name,
            vehicle=view.vehicle or "Not given",
            plan=view.plan_name,
            concern=view.concern,
            minutes=view.minutes_used,
            held_at=view.started_at or view.created_at,
            findings=report.findings,
            steps_taken=report.steps_taken,
            next_steps=report.next_steps,
            parts_needed=report.parts_needed,
            amendments=tuple((each.written_at, each.text) for each in report.amendments),
        )
    )
