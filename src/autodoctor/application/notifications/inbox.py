"""What a person was told in the app."""

from typing import Final

from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Notification

SHOWN: Final = 50


def inbox(ports: Ports, *, actor: Actor) -> tuple[Notification, ...]:
    """One's own, unread first, then newest first."""
    with ports.transactions(actor) as tx:
        return tx.notifications.of(actor.account_id, most=SHOWN)


def read_all(ports: Ports, *, actor: Actor) -> None:
    """Everything told so far is read; again changes nothing."""
    with ports.transactions(actor) as tx:
        tx.notifications.mark_read(actor.account_id, at=ports.now())
