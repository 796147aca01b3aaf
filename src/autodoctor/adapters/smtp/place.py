"""Where the mail server is, and how it is spoken to."""

from enum import StrEnum
from typing import Final, Self
from urllib.parse import unquote, urlsplit

import attrs


class SmtpUrlInvalid(ValueError):
    """SMTP_URL is not smtp://, smtp+starttls:// or smtps:// [user:password@] host [:port]."""


class Security(StrEnum):
    """By scheme. With TLS, the server's certificate must be right; nothing is sent without."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS: Final = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@attrs.frozen(kw_only=True)
class SmtpPlace:
    host: str
    port: int
    security: Security
    username: str = ""
    password: str = attrs.field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises SmtpUrlInvalid, whose text never holds the password."""
        try:
            parts = urlsplit(url)
            security, port = Security(parts.scheme), parts.port
        except ValueError:
            raise _invalid("it begins with smtp://, smtp+starttls:// or smtps://") from None
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise _invalid("after the scheme come a host and a port, nothing else")
        username, password = unquote(parts.username or ""), unquote(parts.password or "")
        if bool(username) != bool(password) or not (username + password).isascii():
            raise _invalid("a login has a name and a password, percent-encoded")
        if username and security is Security.NONE:
            raise _invalid("a password needs smtp+starttls:// or smtps://")
        return cls(
            host=parts.hostname,
            port=port or _PORTS[security],
            security=security,
            username=username,
            password=password,
        )


def _invalid(why: str) -> SmtpUrlInvalid:
    return SmtpUrlInvalid(f"SMTP_URL: {why}")
