"""Signing up; one's own profile."""

from typing import TypeVar
from uuid import UUID

from msgspec import UNSET, UnsetType, structs

from autodoctor.application.access.accounts import ASK_CONFIRMATION, PROFILE, SIGN_UP
from autodoctor.application.accounts.sign_up import SignUp, ask_verification, sign_up_customer
from autodoctor.application.garage.details import (
    change_customer,
    customer_profile,
    remove_customer_photo,
    set_customer_photo,
)
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.garage.details import Home
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done, ProfileAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sign_ups import keep_sign_up
from autodoctor.ports.stores import Missing

accounts = Endpoints("Accounts")

T = TypeVar("T")


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
    keep_sign_up(sign_up_customer(call.ports, form))
    return Done(message="We have sent you a mail: open its link to confirm your address.")


@accounts.route(
    "GET", "/api/customer/profile", action=PROFILE.by(Role.CUSTOMER), answer=ProfileAnswer
)
def get_profile(call: Call) -> ProfileAnswer:
    """One's own profile."""
    return ProfileAnswer.of(customer_profile(call.ports, actor=call.who))


class HomeBody(Body):
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    country: str = ""


class ProfileBody(Body):
    """What is left out stays as it is; `home` is told as a whole."""

    full_name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    home: HomeBody | UnsetType = UNSET


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
    home = _set(body.home)
    changed = change_customer(
        call.ports,
        actor=call.who,
        full_name=_set(body.full_name),
        phone=_set(body.phone),
        time_zone=_set(body.time_zone),
        language=_set(body.language),
        home=Home(**structs.asdict(home)) if home else None,
    )
    return ProfileAnswer.of(changed)


class PhotoBody(Body):
    file_id: UUID


@accounts.route(
    "PUT",
    "/api/customer/profile/photo",
    action=PROFILE.by(Role.CUSTOMER),
    body=PhotoBody,
    refusals=(Missing, InvalidField),
)
def put_photo(call: Call, *, body: PhotoBody) -> None:
    """An uploaded picture becomes one's photo; the one before is thrown away."""
    set_customer_photo(call.ports, actor=call.who, file_id=FileId(body.file_id))


@accounts.route("DELETE", "/api/customer/profile/photo", action=PROFILE.by(Role.CUSTOMER))
def delete_photo(call: Call) -> None:
    """Without a photo, initials stand in."""
    remove_customer_photo(call.ports, actor=call.who)


def _set(value: T | UnsetType) -> T | None:
    return None if isinstance(value, UnsetType) else value


@accounts.route(
    "POST", "/api/customer/verification", action=ASK_CONFIRMATION.by(Role.CUSTOMER), answer=Done
)
def resend_verification(call: Call) -> Done:
    """Ask for another verification mail."""
    ask_verification(call.ports, actor=call.who)
    return Done(message="We have sent you a new link.")
