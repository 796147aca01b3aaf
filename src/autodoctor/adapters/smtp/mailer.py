"""Mail by SMTP: one connection for each, so that an idle one is never found dead."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Final

from autodoctor.adapters import trust
from autodoctor.adapters.smtp.message import SEVEN_BIT, compose, sender_address
from autodoctor.adapters.smtp.place import Security, SmtpPlace
from autodoctor.ports.mail import MailRefused, MailUnavailable
from autodoctor.ports.operations import Mail

SECONDS_MAX: Final = 15.0
"""For connecting, and for each answer of the server."""

FOR_GOOD: Final = 500
TOO_LARGE: Final = 552
WORDS_MAX: Final = 300


def _now() -> datetime:
    return datetime.now(UTC)


class SmtpMailer:
    """`url` is smtp://, smtp+starttls:// or smtps://; `tls` is for servers whose certificate
    only a private authority knows. Raises SmtpUrlInvalid and SenderInvalid."""

    def __init__(
        self,
        url: str,
        *,
        sender: str,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = _now,
        seconds_max: float = SECONDS_MAX,
        choices_url: str = "",
    ) -> None:
        self._place = SmtpPlace.parse(url)
        self._sender = sender_address(sender)
        self._tls = tls
        self._now = now
        self._seconds_max = seconds_max
        self._choices_url = choices_url

    def send(self, mail: Mail, /) -> None:
        message = compose(mail, sender=self._sender, at=self._now(), choices_url=self._choices_url)
        recipient: str = message["To"].addresses[0].addr_spec
        international = not recipient.isascii()
        # Not by smtplib's send_message, which writes ">From" where a line begins with "From".
        content = message.as_bytes(policy=SEVEN_BIT.clone(utf8=international))
        options = ("SMTPUTF8",) if international else ()
        with _translated(), self._connected() as server, _judged():
            server.sendmail(self._sender.addr_spec, [recipient], content, options)

    def _connected(self) -> SMTP:
        """Introduced by the sender's domain: asking the network for our own name can hang."""
        place = self._place
        if place.security is Security.TLS:
            server: SMTP = SMTP_SSL(
                place.host,
                place.port,
                local_hostname=self._sender.domain,
                timeout=self._seconds_max,
                context=self._trusted(),
            )
        else:
            server = SMTP(
                place.host,
                place.port,
                local_hostname=self._sender.domain,
                timeout=self._seconds_max,
            )
        try:
            if place.security is Security.STARTTLS:
                server.starttls(context=self._trusted())
            if place.username:
                server.login(place.username, place.password)
        except BaseException:
            server.close()
            raise
        return server

    def _trusted(self) -> ssl.SSLContext:
        return self._tls or trust.for_smtp()


@contextmanager
def _judged() -> Iterator[None]:
    """What the server says about this one mail. A sender it does not like is our settings'
    fault, which somebody can mend, and no mail's; only its size is the mail's own."""
    try:
        yield
    except SMTPRecipientsRefused as fault:
        (told,) = fault.recipients.values()
        raise _verdict(*told) from fault
    except SMTPDataError as fault:
        raise _verdict(fault.smtp_code, fault.smtp_error) from fault
    except SMTPSenderRefused as fault:
        if fault.smtp_code == TOO_LARGE:
            raise _verdict(fault.smtp_code, fault.smtp_error) from fault
        raise
    except SMTPNotSupportedError as fault:
        raise MailRefused("the server knows only addresses in ASCII") from fault


def _verdict(code: int, text: bytes | str) -> MailRefused | MailUnavailable:
    words = _words(code, text)
    return MailRefused(words) if code >= FOR_GOOD else MailUnavailable(words)


def _words(code: int, text: bytes | str) -> str:
    """In one line, and no more than people read."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    plain = "".join(c if c.isprintable() else " " for c in said)
    return f"{code} {' '.join(plain.split())}"[:WORDS_MAX]


@contextmanager
def _translated() -> Iterator[None]:
    """smtplib's own faults are OSErrors, as those of the network and of TLS."""
    try:
        yield
    except SMTPResponseException as fault:
        raise MailUnavailable(_words(fault.smtp_code, fault.smtp_error)) from fault
    except OSError as fault:
        raise MailUnavailable(type(fault).__name__) from fault
