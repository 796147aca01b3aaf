"""The sign-up that a browser has made: its link is opened there without the password."""

from typing import Final
from uuid import UUID

from flask import session

from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.call import Call

_KEY: Final = "sign_up"
"""In the signed cookie of forms, out of reach of scripts."""


def keep_sign_up(account_id: AccountId) -> None:
    session[_KEY] = str(account_id)


def held_sign_up(here: Call) -> AccountId | None:
    """Of whoever is logged in to it, else the one this browser made last."""
    if here.account is not None and not here.account.verified:
        return here.account.id
    kept = session.get(_KEY)
    return AccountId(UUID(kept)) if kept else None


def forget_sign_up() -> None:
    session.pop(_KEY, None)
