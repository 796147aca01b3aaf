"""What each setting must look like. A check raises ValueError with what is wrong, and without the
value: it may be, or hold, a secret. The sentence that stops the start begins with the variable."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

Check = Callable[[str], None]

HTTP: Final = ("http", "https")
POSTGRES: Final = ("postgresql", "postgres", "postgresql+psycopg")
VALKEY: Final = ("redis", "rediss")
STRIPE_KEYS: Final = ("sk_test_", "sk_live_", "rk_test_", "rk_live_")
LEVELS: Final = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
GUARDS: Final = frozenset({"row_locks", "versions"})
_LABEL: Final = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_HOST_CHARACTERS_MAX: Final = 253


def address(text: str) -> None:
    """Of a site: scheme, host and port."""
    parts = _split(text, HTTP)
    if parts.path.strip("/"):
        raise ValueError("after the host comes a port at most, no path")


def endpoint(text: str) -> None:
    """Of a server that may be under a path."""
    _split(text, HTTP)


def database(text: str) -> None:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("this is not postgresql://user:password@host:port/database") from None
    if url.drivername not in POSTGRES:
        raise ValueError("it must begin with postgresql://")
    if url.port is not None and not 0 < url.port < 65_536:
        raise ValueError("a port is a number from 1 to 65535")
    if url.host:
        host(url.host)


def valkey(text: str) -> None:
    parts = _split(text, VALKEY, login=True)
    if not re.fullmatch(r"/?|/\d{1,5}", parts.path):
        raise ValueError("after the host come a port and the number of a database, nothing else")


def mail_server(text: str) -> None:
    from autodoctor.adapters.smtp.place import SmtpPlace

    place = SmtpPlace.parse(text)
    host(place.host)


def sender(text: str) -> None:
    from autodoctor.adapters.smtp.message import SenderInvalid, sender_address

    try:
        sender_address(text)
    except SenderInvalid:
        raise ValueError('this is not "name <name@example.com>"') from None


def storage(text: str) -> None:
    from autodoctor.adapters.storage.s3 import S3Place

    place = S3Place.parse(text)
    if place.endpoint:
        endpoint(place.endpoint)


def stripe_key(text: str) -> None:
    if not text.startswith(STRIPE_KEYS):
        raise ValueError(f"a key begins with {', '.join(STRIPE_KEYS)}")


def webhook_secret(text: str) -> None:
    if not text.startswith("whsec_"):
        raise ValueError("a webhook's secret begins with whsec_")


def private_key(text: str) -> None:
    if "-----BEGIN PRIVATE KEY-----" not in text or "-----END PRIVATE KEY-----" not in text:
        raise ValueError("this is not the whole text of a .p8 file")


def token(text: str) -> None:
    if any(not each.isprintable() or each.isspace() for each in text):
        raise ValueError("it has a space or a line break in it")


def host(text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        if len(text) > _HOST_CHARACTERS_MAX or not _HOST.fullmatch(text):
            raise ValueError("this is no name of a host, and no IP address") from None


def folder(text: str) -> None:
    if "\0" in text or (Path(text).expanduser().exists() and not Path(text).expanduser().is_dir()):
        raise ValueError("this is no folder")


def level(text: str) -> None:
    if text.upper() not in LEVELS:
        raise ValueError(f"it is one of {', '.join(sorted(LEVELS))}")


def _split(text: str, schemes: tuple[str, ...], *, login: bool = False) -> SplitResult:
    allowed = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(text)
        port, name = parts.port, parts.hostname
    except ValueError:
        raise ValueError("its host or port cannot be read") from None
    if parts.scheme not in schemes:
        raise ValueError(f"it must begin with {allowed}")
    if not name or port == 0:
        raise ValueError(f"after {allowed} comes a host")
    host(name)
    if "@" in parts.netloc and not login:
        raise ValueError("it must not have a login in it")
    if parts.fragment or (parts.query and not login):
        raise ValueError("it must not have a ? or # in it")
    return parts


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "host": host,
        "data_dir": folder,
        "public_url": address,
        "realtime_url": address,
        "secret_key": token,
        "old_secret_keys": token,
        "database_url": database,
        "database_owner_url": database,
        "redis_url": valkey,
        "smtp_url": mail_server,
        "mail_from": sender,
        "storage_url": storage,
        "stripe_secret_key": stripe_key,
        "stripe_webhook_secret": webhook_secret,
        "stripe_api_url": endpoint,
        "google_client_id": token,
        "google_client_secret": token,
        "facebook_app_id": token,
        "facebook_app_secret": token,
        "apple_client_id": token,
        "apple_team_id": token,
        "apple_key_id": token,
        "apple_private_key": private_key,
        "cron_secret": token,
        "log_level": level,
    }
)
"""Of every setting that is text; types and bounds say what others must be."""


def wrong(name: str, text: str) -> str | None:
    """A sentence that names the variable; None for what is right."""
    try:
        CHECKS[name](text)
    except ValueError as error:
        why = re.sub(rf"^{name.upper()}:? ", "", str(error))
        return f"{name.upper()}: {why}"
    return None
