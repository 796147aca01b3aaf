"""A mail server in memory."""

from autodoctor.ports.mail import MailRefused, MailUnavailable
from autodoctor.ports.operations import Mail


class MemoryMailer:
    """Keeps what was sent, the same mail once; says no while it is down, and always to those
    whom it refuses."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.down = False
        self.refuses: set[str] = set()

    def send(self, mail: Mail, /) -> None:
        if self.down:
            raise MailUnavailable("down")
        if mail.recipient in self.refuses:
            raise MailRefused("550 nobody here by that name")
        if mail.id not in {known.id for known in self.sent}:
            self.sent.append(mail)

    def to(self, recipient: str) -> list[Mail]:
        return [mail for mail in self.sent if mail.recipient == recipient]
