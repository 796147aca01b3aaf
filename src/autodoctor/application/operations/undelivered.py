"""Mail that did not go out, for those who can do something about it."""

from typing import Final

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import MAILS
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.queries import MailView

MOST: Final = 200


def undelivered(ports: Ports, *, actor: Actor) -> tuple[MailView, ...]:
    """Given up or still waiting for the server, newest first, no more than `MOST`."""
    may(actor, MAILS)
    return ports.queries.mails.troubled(most=MOST)
