"""The browsers that people have logged in with: a signed cookie says for which accounts.

It opens nothing. Whoever guesses elsewhere does not keep such a browser waiting.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from flask import Response, request
from itsdangerous import BadData, URLSafeSerializer

from autodoctor.application.accounts.guessing import Device, Devices, fingerprint
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.call import Call

COOKIE: Final = "autodoctor_device"
LASTS: Final = timedelta(days=365)
ACCOUNTS_MAX: Final = 5
"""Of a browser that a family shares, those used last."""


def _seal(here: Call) -> URLSafeSerializer:
    return URLSafeSerializer(here.web.config.signing_keys, salt="autodoctor.device")


def devices(here: Call) -> Devices:
    """What this browser is known as; nothing for a cookie that we did not make."""
    try:
        kept = _seal(here).loads(request.cookies.get(COOKIE, ""))
        return {AccountId(UUID(key)): Device(*told) for key, *told in kept}
    except (BadData, ValueError, TypeError):
        return {}


def remember(here: Call, response: Response, account: Account) -> None:
    """From now on this browser is known for the account, as long as its password stays."""
    before = dict(devices(here))
    known = before.pop(account.id, None)
    device = Device(known.id if known else here.ports.ids.secret()[:16], fingerprint(account))
    kept = [(account.id, device), *before.items()][:ACCOUNTS_MAX]
    told = [[str(key), each.id, each.fingerprint] for key, each in kept]
    sealed = _seal(here).dumps(told)
    response.set_cookie(
        COOKIE,
        sealed if isinstance(sealed, str) else sealed.decode("ascii"),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=here.web.config.production,
        path="/",
    )
