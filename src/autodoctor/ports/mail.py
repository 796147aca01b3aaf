"""Handing mail over to be delivered."""

from typing import Protocol

import attrs

from autodoctor.domain.shared.errors import Invalid, Unavailable
from autodoctor.ports.operations import Mail


@attrs.frozen
class MailUnavailable(Unavailable):
    """The mail server does not take the message now."""

    reason: str


@attrs.frozen
class MailRefused(Invalid):
    """The mail server will never take this message."""

    reason: str


class Mailer(Protocol):
    def send(self, mail: Mail, /) -> None:
        """Raises MailRefused for what no other try would change, and MailUnavailable for
        everything else, each with the server's words. The same mail always carries the same
        Message-ID, so that a copy sent after a crash is recognised."""
