"""Who is logged in and was refused: recorded, with the route and not with what was sent to it."""

from typing import Final

from flask import request

from autodoctor.application.accounts.password import PasswordWrong
from autodoctor.application.accounts.providers import AddressUnverified, NoSuchHat
from autodoctor.application.accounts.sign_in import CredentialsWrong, LoginGone, OtherRole
from autodoctor.application.accounts.sign_up import SignUpPasswordWrong
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.application.operations.security import record_denied
from autodoctor.application.workshops.own import WorkshopUntold
from autodoctor.domain.accounts.claim import AddressCodeWrong
from autodoctor.domain.accounts.factor import CodeWrong
from autodoctor.domain.accounts.login import ConfirmFirst
from autodoctor.domain.shared.errors import Forbidden, Refusal
from autodoctor.entrypoints.web.call import LoginUnfinished, call
from autodoctor.ports.identity import IdentityRefused

A_STEP_IS_MISSING: Final = (ConfirmFirst, LoginUnfinished, WorkshopUntold, CompanyUntold)
A_TRY_FAILED: Final = (
    AddressCodeWrong,
    AddressUnverified,
    CodeWrong,
    CredentialsWrong,
    IdentityRefused,
    LoginGone,
    NoSuchHat,
    OtherRole,
    PasswordWrong,
    SignUpPasswordWrong,
)
"""Recorded where it was tried, by what it was."""
NOT_DENIED: Final = (*A_STEP_IS_MISSING, *A_TRY_FAILED)


def note_denied(refusal: Refusal) -> None:
    """Raises what the store raises: nobody is refused without an entry."""
    if not isinstance(refusal, Forbidden) or isinstance(refusal, NOT_DENIED):
        return
    here = call()
    if here.actor is not None:
        route = f"{request.method} {request.url_rule}" if request.url_rule else ""
        record_denied(here.ports, actor=here.actor, refusal=refusal, route=route)
