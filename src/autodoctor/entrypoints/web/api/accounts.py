"""Signing up, in and out; one's own profile."""

from datetime import timedelta

from flask import Response
from msgspec import UNSET, UnsetType
from msgspec.json import encode

from autodoctor.application.access.accounts import (
    ASK_CONFIRMATION,
    LOG_IN,
    LOG_OUT,
    PROFILE,
    SIGN_UP,
)
from autodoctor.application.accounts.profile import profile, update_profile
from autodoctor.application.accounts.sign_in import CredentialsWrong, SignedIn, sign_in, sign_out
from autodoctor.application.accounts.sign_up import SignUp, ask_verification, sign_up_customer
from autodoctor.domain.accounts.account import AccountNotActive
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done, LoginAnswer, ProfileAnswer
from autodoctor.entrypoints.web.call import COOKIE, Call

accounts = Endpoints("Accounts")

HOME = {
    Role.CUSTOMER: "/customer/dashboard",
    Role.MECHANIC: "/mechanic/dashboard",
    Role.ADMIN: "/admin/dashboard",
    Role.WORKSHOP: "/workshop/dashboard",
}


class SignUpBody(Body):
    email: str
    password: str
    full_name: str
    adult: bool
    terms: bool
    privacy: bool
    marketplace: bool
    marketing: bool = False
    phone: str = ""
    language: str = "en"
    time_zone: str = "America/Toronto"


def consents_of(body: SignUpBody) -> frozenset[ConsentKind]:
    return frozenset(kind for kind in ConsentKind if getattr(body, kind.value))


@accounts.route(
    "POST",
    "/api/customer/signup",
    action=SIGN_UP,
    body=SignUpBody,
    answer=Done,
    status=202,
    refusals=(InvalidField,),
    limit="signup",
)
def sign_up(call: Call, *, body: SignUpBody) -> Done:
    """Open a customer account.

    The answer is the same for an address that has one already: look into the mailbox.
    """
    form = SignUp(
        email=body.email,
        password=body.password,
        full_name=body.full_name,
        consents=consents_of(body),
        phone=body.phone,
        language=body.language,
        time_zone=body.time_zone,
    )
    sign_up_customer(call.ports, form)
    return Done(message="We have sent you a mail: open its link to confirm your address.")


class LoginBody(Body):
    email: str
    password: str


def _login(call: Call, body: LoginBody, role: Role) -> Response:
    signed_in = sign_in(
        call.ports,
        email=body.email,
        password=body.password,
        role=role,
        address=call.address,
        agent=call.agent,
    )
    answer = LoginAnswer(
        account_id=signed_in.account.id,
        role=role,
        name=signed_in.account.name,
        email_verified=signed_in.account.verified,
        home=HOME[role],
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
    return response


def without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return response


LOGIN_REFUSALS = (CredentialsWrong, AccountNotActive)


@accounts.route(
    "POST",
    "/api/customer/login",
    action=LOG_IN,
    body=LoginBody,
    answer=LoginAnswer,
    refusals=LOGIN_REFUSALS,
    limit="login",
)
def customer_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as a customer."""
    return _login(call, body, Role.CUSTOMER)


@accounts.route(
    "POST",
    "/api/mechanic/login",
    action=LOG_IN,
    body=LoginBody,
    answer=LoginAnswer,
    refusals=LOGIN_REFUSALS,
    limit="login",
)
def mechanic_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as a mechanic."""
    return _login(call, body, Role.MECHANIC)


@accounts.route(
    "POST",
    "/api/admin/login",
    action=LOG_IN,
    body=LoginBody,
    answer=LoginAnswer,
    refusals=LOGIN_REFUSALS,
    limit="login",
)
def admin_login(call: Call, *, body: LoginBody) -> Response:
    """Log in as an admin."""
    return _login(call, body, Role.ADMIN)


def _logout(call: Call) -> Response:
    if call.token:
        sign_out(call.ports, token=call.token)
    return without_cookie(Response(status=204))


@accounts.route("POST", "/api/auth/logout", action=LOG_OUT)
def logout(call: Call) -> Response:
    """Log out: the cookie is dead at once. Without a login nothing happens."""
    return _logout(call)


@accounts.route("POST", "/api/mechanics/logout", action=LOG_OUT)
def mechanic_logout(call: Call) -> Response:
    """Log out a mechanic; the same as for everybody."""
    return _logout(call)


@accounts.route("POST", "/api/admin/logout", action=LOG_OUT)
def admin_logout(call: Call) -> Response:
    """Log out an admin; the same as for everybody."""
    return _logout(call)


@accounts.route(
    "GET", "/api/customer/profile", action=PROFILE.by(Role.CUSTOMER), answer=ProfileAnswer
)
def get_profile(call: Call) -> ProfileAnswer:
    """One's own profile."""
    return ProfileAnswer.of(profile(call.ports, actor=call.who))


class ProfileBody(Body):
    """What is left out stays as it is."""

    full_name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    language: str | UnsetType = UNSET


@accounts.route(
    "POST",
    "/api/customer/profile",
    action=PROFILE.by(Role.CUSTOMER),
    body=ProfileBody,
    answer=ProfileAnswer,
    refusals=(InvalidField,),
)
def change_profile(call: Call, *, body: ProfileBody) -> ProfileAnswer:
    """Change one's own profile."""
    account = update_profile(
        call.ports,
        actor=call.who,
        full_name=_set(body.full_name),
        phone=_set(body.phone),
        time_zone=_set(body.time_zone),
        language=_set(body.language),
    )
    return ProfileAnswer.of(account)


def _set(value: str | UnsetType) -> str | None:
    return None if isinstance(value, UnsetType) else value


@accounts.route(
    "POST", "/api/customer/verification", action=ASK_CONFIRMATION.by(Role.CUSTOMER), answer=Done
)
def resend_verification(call: Call) -> Done:
    """Ask for another verification mail."""
    ask_verification(call.ports, actor=call.who)
    return Done(message="We have sent you a new link.")
