"""RFC 6238 by pyotp, pictures by segno. Secrets are sealed (Fernet) with a key of the
installation, so that who reads the database alone can make no code."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hmac import compare_digest
from typing import Final

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from autodoctor.ports.identity import AuthenticatorUnreadable, SetUp

STEP_SECONDS: Final = 30
DRIFT_STEPS: Final = (0, -1, 1)
ISSUER: Final = "autodoctor"


def _fernet(secret_key: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"autodoctor totp").derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(key))


class PyotpCodes:
    def __init__(self, secret_key: str, *older: str) -> None:
        """What was sealed with an `older` key opens; `renewed` seals it with the present one."""
        self._newest, *rest = (_fernet(key) for key in (secret_key, *older))
        self._seal = MultiFernet([self._newest, *rest])

    def new(self) -> str:
        return self._seal.encrypt(pyotp.random_base32().encode()).decode()

    def set_up(self, sealed: str, /, *, label: str) -> SetUp:
        secret = self._open(sealed)
        uri = pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=ISSUER)
        picture = segno.make(uri, error="m").svg_inline(
            scale=4, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
        )
        grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return SetUp(grouped, uri, picture)

    def step(self, sealed: str, code: str, /, *, at: datetime) -> int | None:
        app, now = pyotp.TOTP(self._open(sealed)), int(at.timestamp()) // STEP_SECONDS
        typed = "".join(code.split())
        if not typed.isascii():
            return None
        steps = (now + drift for drift in DRIFT_STEPS)
        return next((step for step in steps if compare_digest(app.generate_otp(step), typed)), None)

    def renewed(self, sealed: str, /) -> str:
        return self._seal.encrypt(self._open(sealed).encode()).decode()

    def is_current(self, sealed: str, /) -> bool:
        self._open(sealed)
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def _open(self, sealed: str) -> str:
        try:
            return self._seal.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise AuthenticatorUnreadable() from error
