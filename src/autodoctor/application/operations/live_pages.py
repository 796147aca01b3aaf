"""Open pages that look again when something changes that is no step of a session."""

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, CustomerId
from autodoctor.ports.operations import person
from autodoctor.ports.transactions import Transaction


def tell_changed(tx: Transaction, customer_id: CustomerId) -> None:
    """Money or a booking of this customer has changed."""
    tx.live.tell(person(AccountId(customer_id)), "changed", {})


def tell_money_changed(tx: Transaction, event: Event) -> None:
    """To the customer whose money it is about, if it is a customer's."""
    customer_id: CustomerId | None = getattr(event, "customer_id", None)
    if customer_id is not None:
        tell_changed(tx, customer_id)
