"""What does not agree about a payment within our own books, whatever the provider says."""

from collections.abc import Iterable, Iterator
from typing import Final

from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.money_check import Difference, DifferenceKind
from autodoctor.domain.revenue.movements import MovementStatus, Refund
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money

CALLED_OFF: Final = (SessionStatus.CANCELLED, SessionStatus.EXPIRED)


def own_differences(
    checkout: Checkout, session: Session | None, funds: Funds, refunds: Iterable[Refund]
) -> Iterator[Difference]:
    charges = (each for each in funds.entries if each.kind is EntryKind.CHARGE)
    charged = sum(each.amount_on(Account.processor()).minor for each in charges)
    if charged != checkout.amount.minor:
        text = f"{charged} charged by the ledger, {checkout.amount.minor} paid"
        yield Difference(DifferenceKind.CHARGE_DIFFERS, str(checkout.id), text)
    if session is None:
        return
    if session.ended and funds.held and not funds.disputed:
        text = f"{told(funds.held)} are still held"
        yield Difference(DifferenceKind.HELD_AFTER_END, str(session.id), text)
    yield from _status(session, tuple(refunds))


def _status(session: Session, refunds: tuple[Refund, ...]) -> Iterator[Difference]:
    """A session is refunded once its whole price arrived at the customer, and not before. A refund
    that their bank sent back afterwards is an issue of its own and changes no status."""
    price = session.terms.price
    arrived = sum(each.amount.minor for each in refunds if each.status is MovementStatus.DONE)
    sent_back = any(each.status is MovementStatus.FAILED for each in refunds)
    whole = bool(price) and arrived >= price.minor
    refunded = session.status is SessionStatus.REFUNDED
    if (refunded and not whole and not sent_back) or (whole and session.status in CALLED_OFF):
        text = f"{session.status} with {arrived} of {told(price)} refunded"
        yield Difference(DifferenceKind.STATUS_DIFFERS, str(session.id), text)


def told(amount: Money) -> str:
    return f"{amount.minor} {amount.currency}"
