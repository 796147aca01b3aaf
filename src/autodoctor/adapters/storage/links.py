"""Signed links, with itsdangerous."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from autodoctor.ports.files import LinkInvalid

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


class SignedLinks:
    """A token holds its subject and its end, readable but not changeable. The purpose is
    part of the key: a link to upload never downloads."""

    def __init__(self, secret: str, *older: str) -> None:
        """What was signed with an `older` secret counts until its end."""
        if not secret:
            raise ValueError("signed links need a secret")
        self._secrets = [*reversed(older), secret]

    def sign(self, purpose: str, subject: str, /, *, expires_at: datetime) -> str:
        signed = self._serializer(purpose).dumps([subject, _ticks(expires_at)])
        return signed if isinstance(signed, str) else signed.decode("ascii")

    def check(self, purpose: str, token: str, /, *, at: datetime) -> str:
        if not token.isascii():
            raise LinkInvalid()
        try:
            content = self._serializer(purpose).loads(token)
        except BadData:
            raise LinkInvalid() from None
        match content:
            case [str(subject), int(end)] if _ticks(at) < end:
                return subject
        raise LinkInvalid()

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._secrets,
            salt=f"autodoctor.link.{purpose}",
            signer_kwargs={"digest_method": sha256},
        )


def _ticks(instant: datetime) -> int:
    return (instant - _EPOCH) // _TICK
