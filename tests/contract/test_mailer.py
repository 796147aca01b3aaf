"""Handing mail over: in memory, and by SMTP to the catching server over TCP."""

import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import attrs
import pytest

from autodoctor.ports.mail import MailRefused, MailUnavailable

from .post import (
    SENDER,
    SENT_AT,
    BySmtp,
    Catcher,
    InMemory,
    Post,
    a_mail,
    mailer_at,
    source,
)


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

    with pytest.raises(MailRefused):
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
