"""Telling a customer that a mechanic has accepted: when to come, and what happens otherwise."""

from datetime import datetime

from autodoctor.application.notifications.letters import dollars, moment
from autodoctor.application.notifications.released import accepted_by
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.cancellation import CancellationTable
from autodoctor.domain.sessions.events import RequestAccepted
from autodoctor.domain.sessions.room import no_show_due
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import JOINABLE, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def tell_accepted(ports: Ports, tx: Transaction, event: RequestAccepted) -> None:
    """Not when they have given it back, or it is over: that is news of its own."""
    session = tx.sessions.get(event.session_id, lock=True)
    if session.mechanic_id != event.mechanic_id or session.status not in JOINABLE:
        return
    account = tx.accounts.get(AccountId(event.customer_id))
    telling = _telling(
        session,
        name=tx.mechanics.get(event.mechanic_id).name,
        zone=account.time_zone,
        table=ports.rules.cancellation,
    )
    reference = accepted_by(event.session_id, event.mechanic_id)
    tell_account(ports, tx, account.id, telling, reference=reference)


def _telling(session: Session, *, name: str, zone: str, table: CancellationTable) -> Telling:
    accepted = f"{name} has accepted your request. Open the room to meet."
    later = session.scheduled_for if session.status is SessionStatus.SCHEDULED else None
    if later:
        accepted = (
            f"{name} has accepted your request for {moment(later, zone=zone)}. "
            "The room opens ten minutes before."
        )
    due = no_show_due(session)
    terms = (_terms(session, due, zone=zone, table=table),) if due else ()
    return Telling(
        occasion=Occasion.REQUEST_ACCEPTED,
        role=Role.CUSTOMER,
        title=f"{name} has accepted your appointment" if later else f"{name} is ready for you",
        url=f"/customer/sessions/{session.id}" if later else f"/chat/{session.id}",
        letter_paragraphs=(accepted, *terms),
        action="See your session" if later else "Join the session",
        other_action="Cancel it before it starts",
        other_url=f"/session/{session.id}/cancel",
    )


def _terms(session: Session, due: datetime, *, zone: str, table: CancellationTable) -> str:
    refund = table.refund_if_absent(
        session.terms.price, status=session.status, scheduled_for=session.scheduled_for
    )
    if not session.terms.price:
        money = "and your free session stays yours"
    elif refund == session.terms.price:
        money = "and you get a full refund"
    elif refund:
        money = f"and {dollars(refund)} of the {dollars(session.terms.price)} is refunded"
    else:
        money = f"and the {dollars(session.terms.price)} you paid is not refunded"
    return (
        f"Come to the room by {moment(due, zone=zone)}. If you do not, and your mechanic is "
        f"there, the session is called off {money}. If your mechanic is not there by then, we "
        "look for another one."
    )
