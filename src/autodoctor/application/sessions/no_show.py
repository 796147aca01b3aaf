"""The two did not meet in time."""

from typing import assert_never
from uuid import UUID

from autodoctor.application.sessions.ending import call_off, keep_ended
from autodoctor.application.sessions.keeping import keep_request, tell
from autodoctor.application.sessions.release import release_to_queue
from autodoctor.application.sessions.room import without_departed
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.no_show import Verdict, give_up, verdict
from autodoctor.domain.sessions.room import no_show_due
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def no_show(ports: Ports, session_id: UUID) -> None:
    """Does what the domain's table says; nothing when they have met, or it is not time yet."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(SessionId(session_id), lock=True)
        due = no_show_due(session)
        if due is not None and at >= due:
            session = without_departed(ports, tx, session, at=at)
            _carry_out(ports, tx, session, verdict(session, at=at))


def _carry_out(ports: Ports, tx: Transaction, session: Session, found: Verdict) -> None:
    match found:
        case Verdict.NO_MECHANIC_CAME:
            release_to_queue(ports, tx, session, by=SYSTEM, no_show=True)
        case Verdict.GIVE_UP:
            _give_up(ports, tx, session)
        case Verdict.CUSTOMER_DID_NOT_COME:
            call_off(ports, tx, session, by=SYSTEM, cause=Cause.CUSTOMER_NO_SHOW)
        case Verdict.MISSED_EACH_OTHER:
            call_off(ports, tx, session, by=SYSTEM, cause=Cause.MISSED)
        case _:
            assert_never(found)


def _give_up(ports: Ports, tx: Transaction, session: Session) -> None:
    at = ports.now()
    expired, events = give_up(session, at=at)
    request = tx.requests.current(session.id)
    assert request is not None, "it brought the mechanic"
    keep_request(tx, request.cancel(at=at))
    keep_ended(ports, tx, expired, events, by=SYSTEM)
    tell(tx, session)  # the one who is no longer in it looks again, too
