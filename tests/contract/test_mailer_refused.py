"""What a mail server says no to: for good, or for now. A real one says it, over TCP."""

from collections.abc import Iterator

import attrs
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from autodoctor.adapters.memory.mail import MemoryMailer
from autodoctor.ports.mail import Mailer, MailRefused, MailUnavailable

from .post import a_mail, free_port, mailer_at


class Picky:
    """Answers to a recipient, or to what is written, with what the address begins with."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self.sender = "250 fine"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.sender

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        stage, _, code = address.partition("@")[0].partition("-")
        if stage == "rcpt":
            return f"{code} 5.1.1 not\x07 <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        stage, _, code = envelope.rcpt_tos[0].partition("@")[0].partition("-")
        if stage == "data":
            return f"{code} what is written is not wanted"
        self.took += envelope.rcpt_tos
        return "250 fine"


@attrs.frozen
class Server:
    handler: Picky
    mailer: Mailer


@pytest.fixture
def server() -> Iterator[Server]:
    """An old one, which knows addresses in ASCII alone."""
    handler, port = Picky(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    yield Server(handler, mailer_at(port))
    controller.stop()


@pytest.mark.parametrize("code", [550, 551, 553, 554])
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_five_hundred_is_for_good(server: Server, stage: str, code: int) -> None:
    with pytest.raises(MailRefused) as refused:
        server.mailer.send(a_mail(recipient=f"{stage}-{code}@example.ca"))

    assert refused.value.reason.startswith(f"{code} ")
    assert refused.value.reason.isprintable()
    assert server.handler.took == []


@pytest.mark.parametrize("code", [421, 450, 451, 452])
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_four_hundred_is_for_now(server: Server, stage: str, code: int) -> None:
    with pytest.raises(MailUnavailable) as failed:
        server.mailer.send(a_mail(recipient=f"{stage}-{code}@example.ca"))

    assert failed.value.reason.startswith(f"{code} ")


def test_after_a_refusal_the_next_mail_goes_out(server: Server) -> None:
    with pytest.raises(MailRefused):
        server.mailer.send(a_mail(recipient="rcpt-550@example.ca"))

    server.mailer.send(a_mail(recipient="sam@example.ca"))

    assert server.handler.took == ["sam@example.ca"]


@pytest.mark.parametrize("said", ["530 5.7.0 log in first", "550 we do not know you"])
def test_a_sender_that_is_not_liked_is_mended_in_the_settings(server: Server, said: str) -> None:
    server.handler.sender = said

    with pytest.raises(MailUnavailable) as failed:
        server.mailer.send(a_mail())

    assert failed.value.reason == said


def test_a_mail_that_is_too_large_will_not_shrink(server: Server) -> None:
    server.handler.sender = "552 too large"

    with pytest.raises(MailRefused):
        server.mailer.send(a_mail())


def test_a_server_that_cannot_write_to_such_an_address_never_will(server: Server) -> None:
    with pytest.raises(MailRefused) as refused:
        server.mailer.send(a_mail(recipient="jürgen@example.ca"))

    assert "ASCII" in refused.value.reason


def test_in_memory_somebody_can_be_refused_too() -> None:
    mailer = MemoryMailer()
    mailer.refuses.add("sam@example.ca")

    with pytest.raises(MailRefused):
        mailer.send(a_mail(recipient="sam@example.ca"))

    mailer.send(a_mail(recipient="kim@example.ca"))
    assert [mail.recipient for mail in mailer.sent] == ["kim@example.ca"]
