"""Looking at logins, and logging in without a password: for admins of an installation in
development that has DEBUG_ROUTES set. To everybody else there is nothing here."""

from datetime import datetime
from uuid import UUID

import attrs
from flask import Response

from autodoctor.application.access.accounts import DEBUG
from autodoctor.application.accounts.debugging import log_in_as
from autodoctor.application.accounts.sign_in import CredentialsWrong
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.logins import entered
from autodoctor.entrypoints.web.api.views import LoginAnswer
from autodoctor.entrypoints.web.call import Call

debugging = Endpoints("Debugging")


@attrs.frozen(kw_only=True)
class AuthState:
    """Who the server takes the caller for."""

    account_id: UUID
    email: str
    role: str
    roles: tuple[str, ...]
    standing: str
    stage: str
    login_id: UUID
    created_at: datetime
    seen_at: datetime


def _state(call: Call) -> AuthState:
    present = call.inside
    return AuthState(
        account_id=present.account.id,
        email=present.account.email.text,
        role=present.actor.role,
        roles=tuple(sorted(present.account.roles)),
        standing=present.account.standing_at(call.ports.now()),
        stage=present.login.stage,
        login_id=present.login.id,
        created_at=present.login.created_at,
        seen_at=present.login.seen_at,
    )


@debugging.route("GET", "/api/admin/debug-auth", action=DEBUG, answer=AuthState)
def debug_auth(call: Call) -> AuthState:
    """Who the server takes the caller for."""
    return _state(call)


@debugging.route("GET", "/api/debug/auth-status", action=DEBUG, answer=AuthState)
def auth_status(call: Call) -> AuthState:
    """The same as debug-auth."""
    return _state(call)


class TestLoginBody(Body):
    email: str
    role: Role


@debugging.route(
    "POST",
    "/api/admin/test-login",
    action=DEBUG,
    body=TestLoginBody,
    answer=LoginAnswer,
    refusals=(CredentialsWrong,),
)
def test_login(call: Call, *, body: TestLoginBody) -> Response:
    """Log in as somebody else, without their password."""
    signed_in = log_in_as(
        call.ports,
        actor=call.inside.actor,
        email=body.email,
        role=body.role,
        address=call.address,
        agent=call.agent,
    )
    return entered(call, signed_in)
