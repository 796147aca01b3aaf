"""Signing up; one's own profile."""

from msgspec import UNSET, UnsetType

from autodoctor.application.access.accounts import ASK_CONFIRMATION, PROFILE, SIGN_UP
from autodoctor.application.accounts.profile import profile, update_profile
from autodoctor.application.accounts.sign_up import SignUp, ask_verification, sign_up_customer
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done, ProfileAnswer
from autodoctor.entrypoints.web.call import Call

accounts = Endpoints("Accounts")


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
