"""Mail by SMTP: one connection for each, so that an idle one is never found dead."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from smtplib import SMTP, SMTP_SSL, SMTPResponseException
from typing import Final

from autodoctor.adapters.smtp.message import SEVEN_BIT, compose, sender_address
from autodoctor.adapters.smtp.place import Security, SmtpPlace
from autodoctor.ports.mail import MailUnavailable
from autodoctor.ports.operations import Mail

SECONDS_MAX: Final = 15.0
"""For connecting, and for each answer of the server."""


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
    ) -> None:
        self._place = SmtpPlace.parse(url)
        self._sender = sender_address(sender)
        self._tls = tls
        self._now = now
        self._seconds_max = seconds_max

    def send(self, mail: Mail, /) -> None:
        message = compose(mail, sender=self._sender, at=self._now())
        recipient: str = message["To"].addresses[0].addr_spec
        international = not recipient.isascii()
        # Not by smtplib's send_message, which writes ">From" where a line begins with "From".
        content = message.as_bytes(policy=SEVEN_BIT.clone(utf8=international))
        options = ("SMTPUTF8",) if international else ()
        with _translated(), self._connected() as server:
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
        return self._tls or ssl.create_default_context()


@contextmanager
def _translated() -> Iterator[None]:
    """smtplib's own faults are OSErrors, as those of the network and of TLS."""
    try:
        yield
    except SMTPResponseException as fault:
        raise MailUnavailable(f"the server said {fault.smtp_code}") from fault
    except OSError as fault:
        raise MailUnavailable(type(fault).__name__) from fault
