"""Mailers, what came out at the other end, and the mails that tests write."""

import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import attrs

from autodoctor.adapters.embedded.mail_catcher.mailbox import CaughtMail, Mailbox
from autodoctor.adapters.memory.mail import MemoryMailer
from autodoctor.adapters.smtp.mailer import SmtpMailer
from autodoctor.ports.mail import Mailer
from autodoctor.ports.operations import Mail
from support.waiting import until

SENDER = "autodoctor <hello@autodoctor.example>"
SENT_AT = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
PROGRAM = """
import pathlib, sys
from autodoctor.adapters.embedded.mail_catcher.serve import serve
serve(host="127.0.0.1", port=int(sys.argv[1]), folder=pathlib.Path(sys.argv[2]))
"""


@attrs.frozen
class Arrived:
    recipient: str
    subject: str
    text: str
    html: str
    attachment: bytes | None


class Post(Protocol):
    """A mailer, and what came out at the other end."""

    mailer: Mailer

    def arrived(self, recipient: str) -> list[Arrived]: ...
    def go_down(self) -> None: ...


class InMemory:
    def __init__(self) -> None:
        self.mailer = MemoryMailer()

    def arrived(self, recipient: str) -> list[Arrived]:
        return [
            Arrived(mail.recipient, mail.subject, mail.text, mail.html, mail.attachment)
            for mail in self.mailer.to(recipient)
        ]

    def go_down(self) -> None:
        self.mailer.down = True


class Catcher:
    """The catching server in a process of its own, which a test may end."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        self.mailbox = Mailbox(folder)
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.port), str(folder)]
        )
        until("the mail catcher", self._answers)

    def _answers(self) -> bool:
        assert self._process.poll() is None
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(60)


class BySmtp:
    def __init__(self, catcher: Catcher) -> None:
        self.catcher = catcher
        self.mailer = mailer_at(catcher.port)

    def arrived(self, recipient: str) -> list[Arrived]:
        return [as_arrived(mail) for mail in self.catcher.mailbox.newest(to=recipient)]

    def go_down(self) -> None:
        self.mailer = mailer_at(free_port())


def as_arrived(mail: CaughtMail) -> Arrived:
    attachment = mail.attachments[0].content if mail.attachments else None
    return Arrived(mail.recipient, mail.subject, mail.text, mail.html, attachment)


def mailer_at(port: int, *, scheme: str = "smtp", seconds_max: float = 5) -> SmtpMailer:
    return SmtpMailer(
        f"{scheme}://127.0.0.1:{port}",
        sender=SENDER,
        now=lambda: SENT_AT,
        seconds_max=seconds_max,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_mail(**changes: object) -> Mail:
    mail = Mail(
        id=uuid4(),
        recipient=f"{uuid4().hex}@example.ca",
        occasion="request_accepted",
        reference="1",
        subject="Maya is ready for you",
        text="Hello Sam,\n\nJoin the session:\nhttps://autodoctor.example/chat/7\n",
        html='<p>Hello Sam,</p><p><a href="https://autodoctor.example/chat/7">Join</a></p>',
    )
    return attrs.evolve(mail, **changes)


def source(post: BySmtp, caught: CaughtMail) -> str:
    folder = post.catcher.folder
    return (folder / f"{caught.id}.eml").read_text(encoding="utf-8")
