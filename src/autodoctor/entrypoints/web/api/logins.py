"""Logging in and out, a door for each role; the second step; one's own logins."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import attrs
from flask import Response
from msgspec.json import encode

from autodoctor.application.access.accounts import FINISH, LOG_IN, LOG_OUT, SECURITY
from autodoctor.application.accounts.code_guessing import TooManyWrongCodes
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.guessing import TooManyGuesses
from autodoctor.application.accounts.logins import end_login, end_other_logins
from autodoctor.application.accounts.logins import logins as logins_of
from autodoctor.application.accounts.password import PASSWORD_REFUSED
from autodoctor.application.accounts.second_factor import give_code
from autodoctor.application.accounts.sign_in import (
    CredentialsWrong,
    LoginGone,
    OtherRole,
    SignedIn,
    refresh,
    sign_in,
    sign_out,
)
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong
from autodoctor.domain.accounts.login import SecondFactorNotAsked, Stage
from autodoctor.domain.accounts.standing import AccountNotActive
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import LoginId
from autodoctor.domain.workshops.workshop import WorkshopSuspended
from autodoctor.entrypoints.web.api.declare import Body, Endpoints, Handler
from autodoctor.entrypoints.web.api.views import LoginAnswer
from autodoctor.entrypoints.web.call import COOKIE, Call
from autodoctor.entrypoints.web.devices import devices, remember
from autodoctor.entrypoints.web.places import home_of
from autodoctor.ports.accounts import PasswordsBusy
from autodoctor.ports.identity import AuthenticatorUnreadable
from autodoctor.ports.stores import Missing

CODE_REFUSED: Final = (TooManyWrongCodes, CodeWrong, CodeUsed, AuthenticatorUnreadable)

logins = Endpoints("Logins")


class LoginBody(Body):
    email: str
    password: str


def _login(call: Call, body: LoginBody, role: Role | None) -> Response:
    signed_in = sign_in(
        call.ports,
        email=body.email,
        password=body.password,
        role=role,
        address=call.address,
        agent=call.agent,
        devices=devices(call),
    )
    return entered(call, signed_in)


def entered(call: Call, signed_in: SignedIn) -> Response:
    answer = LoginAnswer(
        account_id=signed_in.account.id,
        role=signed_in.actor.role,
        name=signed_in.account.name,
        email_verified=signed_in.account.verified,
        home=home_of(signed_in),
        stage=signed_in.stage,
    )
    return with_cookie(call, Response(encode(answer), content_type="application/json"), signed_in)


def with_cookie(call: Call, response: Response, signed_in: SignedIn) -> Response:
    """The login's cookie: out of reach of scripts, and of other sites' forms."""
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=timedelta(days=30),
        httponly=True,
        samesite="Lax",
        secure=call.web.config.production,
        path="/",
    )
    if signed_in.stage is Stage.COMPLETE:
        remember(call, response, signed_in.account)
    return response


def without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _door(path: str) -> Callable[[Handler], Handler]:
    return logins.route(
        "POST",
        path,
        action=LOG_IN,
        body=LoginBody,
        answer=LoginAnswer,
        refusals=(
            TooManyGuesses,
            PasswordsBusy,
            CredentialsWrong,
            OtherRole,
            AccountNotActive,
            WorkshopSuspended,
        ),
    )


@_door("/api/auth/login")
def anybody_login(call: Call, *, body: LoginBody) -> Response:
    """Log in, whatever your role.

    Who has several comes in with the one used last; the other doors choose one. `stage` says
    whether something is still to be done before the login opens anything.
    """
    return _login(call, body, None)


@_door("/api/customer/login")
def customer_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as a customer.

    `stage` says whether something is still to be done before the login opens anything.
    """
    return _login(call, body, Role.CUSTOMER)


@_door("/api/mechanic/login")
def mechanic_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as a mechanic."""
    return _login(call, body, Role.MECHANIC)


@_door("/api/workshop/login")
def workshop_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as workshop staff."""
    return _login(call, body, Role.WORKSHOP)


@_door("/api/corporate/login")
def corporate_login(call: Call, *, body: LoginBody) -> Response:
    """Log in for a company."""
    return _login(call, body, Role.CORPORATE)


@_door("/api/admin/login")
def admin_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as an admin."""
    return _login(call, body, Role.ADMIN)


class CodeBody(Body):
    """Six digits of the authenticator app, or a recovery code."""

    code: str


@logins.route(
    "POST",
    "/api/auth/second-factor",
    action=FINISH,
    body=CodeBody,
    answer=LoginAnswer,
    refusals=(LoginGone, SecondFactorNotAsked, *CODE_REFUSED),
)
def second_factor(call: Call, *, body: CodeBody) -> Response:
    """The second step of a login. Each code works once."""
    signed_in = give_code(
        call.ports,
        token=call.token,
        code=body.code,
        address=call.address,
        devices=devices(call),
    )
    return entered(call, signed_in)


class ConfirmBody(Body):
    """One of the two: the password, or six digits of the authenticator app or a recovery code."""

    password: str = ""
    code: str = ""


@logins.route(
    "POST",
    "/api/auth/confirm",
    action=SECURITY,
    body=ConfirmBody,
    refusals=(InvalidField, *PASSWORD_REFUSED, *CODE_REFUSED),
)
def confirm_login(call: Call, *, body: ConfirmBody) -> None:
    """Show once more that it is you; for ten minutes ways to log in may be added."""
    confirm(call.ports, present=call.inside, password=body.password, code=body.code)


@logins.route(
    "POST",
    "/api/mechanics/refresh",
    action=SECURITY.by(Role.MECHANIC),
    answer=LoginAnswer,
    refusals=(LoginGone,),
)
def mechanic_refresh(call: Call) -> Response:
    """The same login under a new token; the old one is dead at once."""
    return entered(call, refresh(call.ports, token=call.token))


def _logout(call: Call) -> Response:
    if call.token:
        sign_out(call.ports, token=call.token)
    return without_cookie(Response(status=204))


@logins.route("POST", "/api/auth/logout", action=LOG_OUT)
def logout(call: Call) -> Response:
    """Log out: the cookie is dead at once. Without a login nothing happens."""
    return _logout(call)


@logins.route("POST", "/api/mechanics/logout", action=LOG_OUT)
def mechanic_logout(call: Call) -> Response:
    """Log out a mechanic; the same as for everybody."""
    return _logout(call)


@logins.route("POST", "/api/workshop/logout", action=LOG_OUT)
def workshop_logout(call: Call) -> Response:
    """Log out workshop staff; the same as for everybody."""
    return _logout(call)


@logins.route("POST", "/api/admin/logout", action=LOG_OUT)
def admin_logout(call: Call) -> Response:
    """Log out an admin; the same as for everybody."""
    return _logout(call)


@attrs.frozen(kw_only=True)
class LoginRow:
    """`this` is the login that asks."""

    id: UUID
    role: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    this: bool


@attrs.frozen(kw_only=True)
class LoginList:
    logins: tuple[LoginRow, ...]


@logins.route("GET", "/api/auth/logins", action=SECURITY, answer=LoginList)
def my_logins(call: Call) -> LoginList:
    """One's own logins, last used first."""
    rows = (
        LoginRow(
            id=each.id,
            role=each.role,
            created_at=each.created_at,
            seen_at=each.seen_at,
            address=each.address,
            agent=each.agent,
            this=each.id == call.inside.login.id,
        )
        for each in logins_of(call.ports, present=call.inside)
    )
    return LoginList(logins=tuple(rows))


@logins.route("DELETE", "/api/auth/logins/{login_id}", action=SECURITY, refusals=(Missing,))
def end_one(call: Call, *, login_id: UUID) -> None:
    """End one of one's own logins; its pages are out within seconds."""
    end_login(call.ports, present=call.inside, login_id=LoginId(login_id))


@logins.route("DELETE", "/api/auth/logins", action=SECURITY)
def end_others(call: Call) -> None:
    """End all of one's own logins but this one."""
    end_other_logins(call.ports, present=call.inside)
