"""A refund that did not arrive: the customer is told, until they have got the money."""

from autodoctor.application.notifications.letters import dollars, payment_url
from autodoctor.application.notifications.send import Telling, tell_account, withdraw
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import RefundFailed, RefundSettled
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, RefundId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_refund_failed(ports: Ports, tx: Transaction, event: RefundFailed) -> None:
    """Filed under the refund, so that it can be withdrawn; in the place of what was told of
    earlier tries. Not when it was paid meanwhile."""
    funds = _locked_funds(tx, event.session_id, event.refund_id)
    failed = _failed_ids(funds)
    _withdraw(tx, event.customer_id, failed - {str(event.refund_id)})
    if str(event.refund_id) in failed and not funds.owed:
        return
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, _failed(event), reference=str(event.refund_id))


def tell_settled(ports: Ports, tx: Transaction, recorded: Recorded, event: RefundSettled) -> None:
    if event.refund_id is not None:
        withdraw_failures(tx, event.customer_id, event.session_id, event.refund_id)
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, _settled(event), reference=str(recorded.id))


def withdraw_failures(
    tx: Transaction, customer_id: CustomerId, session_id: SessionId | None, refund_id: RefundId
) -> None:
    """Once nothing is owed of the payment that `refund_id` is about, nothing is told of refunds
    that failed."""
    funds = _locked_funds(tx, session_id, refund_id)
    if not funds.owed:
        _withdraw(tx, customer_id, _failed_ids(funds))


def _withdraw(tx: Transaction, customer_id: CustomerId, references: set[str]) -> None:
    for each in sorted(references):
        withdraw(tx, AccountId(customer_id), Occasion.REFUND_FAILED, reference=each)


def _failed_ids(funds: Funds) -> set[str]:
    failed = (each.key for each in funds.entries if each.kind is EntryKind.REFUND_FAILED)
    return {key.removeprefix("refund-failed:") for key in failed}


def _locked_funds(tx: Transaction, session_id: SessionId | None, refund_id: RefundId) -> Funds:
    """Locked, so that of a failure and its payment the later news is told last."""
    if session_id is not None:
        tx.sessions.get(session_id, lock=True)
        return Funds.of(session_id, tx.ledger.of_session(session_id))
    checkout = tx.checkouts.get(tx.refunds.get(refund_id).checkout_id, lock=True)
    return Funds.of(SessionId(checkout.id), tx.ledger.of_checkout(checkout.id))


def _failed(event: RefundFailed) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_FAILED,
        role=Role.CUSTOMER,
        title=f"Your refund of {dollars(event.amount)} did not arrive",
        url=payment_url(event.session_id),
        letter_paragraphs=(
            f"Your bank sent back the refund of {dollars(event.amount)}. This happens when a card "
            "was closed or replaced.",
            "The money is still yours. Our staff will try again or pay you another way, and will "
            "write to you if they need anything. You can also reply to this mail.",
        ),
        action="See the payment",
    )


def _settled(event: RefundSettled) -> Telling:
    return Telling(
        occasion=Occasion.REFUND_FAILED,
        role=Role.CUSTOMER,
        title=f"Your refund of {dollars(event.amount)} was paid another way",
        url=payment_url(event.session_id),
        letter_paragraphs=(
            f"The refund of {dollars(event.amount)} that your bank sent back is settled:",
            event.note,
        ),
        action="See the payment",
    )
