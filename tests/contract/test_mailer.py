"""Handing mail over: in memory, and by SMTP to the catching server over TCP."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import attrs
import pytest

from autodoctor.adapters.embedded.mail_catcher.mailbox import CaughtMail, Mailbox
from autodoctor.adapters.memory.mail import MemoryMailer
from autodoctor.adapters.smtp.mailer import SmtpMailer
from autodoctor.ports.mail import Mailer, MailUnavailable
from autodoctor.ports.operations import Mail

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
        patience = time.monotonic() + 20
        while not self._answers():
            assert self._process.poll() is None
            assert time.monotonic() < patience
            time.sleep(0.02)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)


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


@pytest.fixture(scope="module")
def catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    running = Catcher(tmp_path_factory.mktemp("mailbox"))
    yield running
    running.stop()


@pytest.fixture(params=["memory", "smtp"])
def post(request: pytest.FixtureRequest) -> Post:
    if request.param == "memory":
        return InMemory()
    return BySmtp(request.getfixturevalue("catcher"))


@pytest.fixture
def by_smtp(catcher: Catcher) -> BySmtp:
    return BySmtp(catcher)


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


def test_a_mail_arrives_as_it_was_written(post: Post) -> None:
    mail = a_mail()

    post.mailer.send(mail)

    (arrived,) = post.arrived(mail.recipient)
    assert arrived.recipient == mail.recipient
    assert arrived.subject == mail.subject
    assert arrived.text.strip() == mail.text.strip()
    assert arrived.html.strip() == mail.html.strip()
    assert arrived.attachment is None


def test_letters_of_every_script_arrive(post: Post) -> None:
    mail = a_mail(
        subject="Zoë wäscht 日本 🚗, und das ist ein ziemlich langer Betreff mit 82 Zeichen",
        text="Zoë, 日本 🚗\n" + "long line " * 200 + "\n.\n..\nFrom here\n",
        html="<p>Zoë, 日本 🚗</p>",
    )

    post.mailer.send(mail)

    (arrived,) = post.arrived(mail.recipient)
    assert arrived.subject == mail.subject
    assert arrived.text == mail.text
    assert arrived.html.strip() == mail.html


def test_an_attachment_arrives_unchanged(post: Post) -> None:
    content = bytes(range(256)) * 400
    mail = a_mail(attachment=content, attachment_name="report.pdf")

    post.mailer.send(mail)

    (arrived,) = post.arrived(mail.recipient)
    assert arrived.attachment == content


def test_a_mail_sent_again_after_a_crash_is_recognised(post: Post) -> None:
    mail = a_mail()

    post.mailer.send(mail)
    post.mailer.send(mail)

    assert len(post.arrived(mail.recipient)) == 1


def test_two_mails_to_one_person_both_arrive(post: Post) -> None:
    first = a_mail(subject="First")
    second = attrs.evolve(first, id=uuid4(), subject="Second")

    post.mailer.send(first)
    post.mailer.send(second)

    assert sorted(each.subject for each in post.arrived(first.recipient)) == ["First", "Second"]


def test_a_server_that_is_down_is_said_to_be_unavailable(post: Post) -> None:
    post.go_down()

    with pytest.raises(MailUnavailable):
        post.mailer.send(a_mail())


def test_its_headers_name_it_for_ever(by_smtp: BySmtp) -> None:
    mail = a_mail(id=UUID("01900000-0000-7000-8000-000000000001"))

    by_smtp.mailer.send(mail)

    (caught,) = by_smtp.catcher.mailbox.newest(to=mail.recipient)
    raw = source(by_smtp, caught)
    assert f"Message-ID: <{mail.id}@autodoctor.example>" in raw
    assert "Auto-Submitted: auto-generated" in raw
    assert "Content-Type: multipart/alternative" in raw
    assert caught.sender == SENDER
    assert caught.at == SENT_AT


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.pdf", "application/pdf"),
        ("session.ics", "text/calendar"),
        ("no kind", "application/octet-stream"),
    ],
)
def test_an_attachment_says_what_it_is(by_smtp: BySmtp, name: str, kind: str) -> None:
    mail = a_mail(attachment=b"BEGIN", attachment_name=name)

    by_smtp.mailer.send(mail)

    (caught,) = by_smtp.catcher.mailbox.newest(to=mail.recipient)
    (attachment,) = caught.attachments
    assert (attachment.name, attachment.media_type) == (name, kind)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\0"])
def test_a_subject_cannot_begin_a_header_of_its_own(by_smtp: BySmtp, line_end: str) -> None:
    mail = a_mail(subject=f"Eve{line_end}Bcc: everybody@example.ca{line_end}{line_end}Boo")

    by_smtp.mailer.send(mail)

    (caught,) = by_smtp.catcher.mailbox.newest(to=mail.recipient)
    assert caught.subject == "Eve Bcc: everybody@example.ca Boo"
    assert "\nBcc" not in source(by_smtp, caught)
    assert caught.text.strip() == mail.text.strip()


def test_an_attachment_name_cannot_begin_a_header_of_its_own(by_smtp: BySmtp) -> None:
    mail = a_mail(attachment=b"x", attachment_name='../a"\r\nX-Evil: yes\r\n.pdf')

    by_smtp.mailer.send(mail)

    (caught,) = by_smtp.catcher.mailbox.newest(to=mail.recipient)
    assert "\nX-Evil" not in source(by_smtp, caught)
    assert "/" not in caught.attachments[0].name


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "nobody",
        "@example.ca",
        "sam@",
        "sam@example.ca\r\nBcc: eve@example.ca",
        "sam@example.ca,eve@example.ca",
        "Sam <sam@example.ca>",
        "sam @example.ca",
        "sam@" + "a" * 70 + ".ca",
        "sam@example..ca",
    ],
)
def test_what_is_no_address_gets_nothing(by_smtp: BySmtp, recipient: str) -> None:
    before = by_smtp.catcher.mailbox.newest()

    with pytest.raises(MailUnavailable):
        by_smtp.mailer.send(a_mail(recipient=recipient))

    assert by_smtp.catcher.mailbox.newest() == before


def test_a_domain_of_any_script_is_reached(by_smtp: BySmtp) -> None:
    name = uuid4().hex

    by_smtp.mailer.send(a_mail(recipient=f"{name}@bücher.example"))

    (caught,) = by_smtp.catcher.mailbox.newest(to=name)
    assert caught.recipient == f"{name}@xn--bcher-kva.example"


def test_a_name_of_any_script_is_reached_where_the_server_knows_how(by_smtp: BySmtp) -> None:
    name = f"jürgen.{uuid4().hex}"

    by_smtp.mailer.send(a_mail(recipient=f"{name}@example.ca", subject="Grüße"))

    (caught,) = by_smtp.catcher.mailbox.newest(to=name)
    assert (caught.recipient, caught.subject) == (f"{name}@example.ca", "Grüße")


def test_to_an_ascii_address_every_byte_is_ascii(by_smtp: BySmtp) -> None:
    mail = a_mail(subject="Grüße", text="Grüße 🚗", attachment=b"\xff\0", attachment_name="ü.pdf")

    by_smtp.mailer.send(mail)

    (caught,) = by_smtp.catcher.mailbox.newest(to=mail.recipient)
    assert source(by_smtp, caught).isascii()
    assert caught.attachments[0].name == "ü.pdf"


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_without_the_encryption_that_was_asked_for_nothing_is_sent(
    catcher: Catcher, scheme: str
) -> None:
    mail = a_mail()

    with pytest.raises(MailUnavailable):
        mailer_at(catcher.port, scheme=scheme).send(mail)

    assert catcher.mailbox.newest(to=mail.recipient) == ()


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailer = mailer_at(silent.getsockname()[1], seconds_max=0.2)

        with pytest.raises(MailUnavailable):
            mailer.send(a_mail())


def test_the_catcher_ends_when_it_is_told_to_and_keeps_what_it_caught(tmp_path: Path) -> None:
    own = Catcher(tmp_path / "box")
    mail = a_mail()
    mailer_at(own.port).send(mail)

    assert own.stop() == 0

    assert len(own.mailbox.newest(to=mail.recipient)) == 1
    assert [path.suffix for path in (tmp_path / "box").iterdir()] == [".eml"]


def source(post: BySmtp, caught: CaughtMail) -> str:
    folder = post.catcher.folder
    return (folder / f"{caught.id}.eml").read_text(encoding="utf-8")
