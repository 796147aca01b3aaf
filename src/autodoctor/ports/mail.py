"""Handing mail over to be delivered."""

from typing import Protocol

import attrs

from autodoctor.domain.shared.errors import Unavailable
from autodoctor.ports.operations import Mail


@attrs.frozen
class MailUnavailable(Unavailable):
    """The mail server does not take the message now."""

    reason: str


class Mailer(Protocol):
    def send(self, mail: Mail, /) -> None:
        """Raises MailUnavailable. The same mail always carries the same Message-ID, so that a
        copy sent after a crash is recognised."""
