"""Which session a letter is about, in words: whose it is, and its plan."""

from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import AccountId, CustomerId, SessionId
from autodoctor.ports.transactions import Transaction


def session_of(tx: Transaction, session_id: SessionId) -> str:
    """For staff: "Dana Whitfield's Quick Chat"."""
    session = tx.sessions.get(session_id)
    return f"{_name(tx, session)}'s {_plan(tx, session)}"


def session_of_first_name(tx: Transaction, session_id: SessionId) -> str:
    """For a mechanic or workshop, who see no more of a customer: "Dana's Quick Chat"."""
    session = tx.sessions.get(session_id)
    return f"{_name(tx, session).split(' ')[0]}'s {_plan(tx, session)}"


def for_whom(
    tx: Transaction, session_id: SessionId | None, customer_id: CustomerId | None = None
) -> str:
    """After an amount, for staff: " for Dana Whitfield's Quick Chat"; empty if nobody is known."""
    if session_id is not None:
        return f" for {session_of(tx, session_id)}"
    if customer_id is not None:
        return f" by {tx.accounts.get(AccountId(customer_id)).name}"
    return ""


def _name(tx: Transaction, session: Session) -> str:
    return tx.accounts.get(AccountId(session.customer_id)).name


def _plan(tx: Transaction, session: Session) -> str:
    return tx.plans.get(session.terms.plan).name
