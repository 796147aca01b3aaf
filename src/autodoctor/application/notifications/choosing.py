"""What people want to be told, and how: their own choice, in each of their roles."""

from autodoctor.application.access.accounts import NOTIFICATIONS
from autodoctor.application.access.may import may
from autodoctor.domain.notifications.choices import Choice, check_muted, choosable
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports


def choices_of(ports: Ports, *, actor: Actor) -> dict[Choice, bool]:
    """Everything one may switch off, in the order of the table, and whether it is on."""
    may(actor, NOTIFICATIONS)
    with ports.transactions(actor) as tx:
        muted = tx.choices.muted(actor.account_id, actor.role)
    return {each: each not in muted for each in choosable(actor.role)}


def choose(ports: Ports, *, actor: Actor, muted: frozenset[Choice]) -> None:
    """From now on; again changes nothing. Raises NotChoosable."""
    may(actor, NOTIFICATIONS)
    check_muted(actor.role, muted)
    with ports.transactions(actor) as tx:
        tx.accounts.get(actor.account_id, lock=True)
        tx.choices.mute(actor.account_id, actor.role, muted)
