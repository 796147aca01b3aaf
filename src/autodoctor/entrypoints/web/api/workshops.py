"""Workshops: signing up, and where the application stands."""

from datetime import time
from typing import Annotated

import attrs
from msgspec import Meta

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.workshops import APPLY, STANDING
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.workshops.applying import (
    Standing as Stands,
)
from autodoctor.application.workshops.applying import (
    WorkshopThereAlready,
    register,
    sign_up_workshop,
    standing,
)
from autodoctor.application.workshops.details import Details
from autodoctor.application.workshops.own import WorkshopUntold
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.workshops.profile import CAPACITY_DEFAULT, RADIUS_KM_DEFAULT, Hours
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sign_ups import keep_sign_up

workshops = Endpoints("Workshops")

Weekday = Annotated[int, Meta(ge=0, le=6, description="0 is Monday")]


class HoursBody(Body):
    """Times are the shop's own, such as 08:00:00."""

    weekday: Weekday
    opens: time
    closes: time


class DetailsBody(Body):
    """`coverage` are the beginnings of postal codes, 3 to 6 characters each."""

    name: str
    contact_name: str
    email: str
    registration_number: str
    tax_id: str
    street: str
    city: str
    province: str
    postal_code: str
    coverage: tuple[str, ...]
    radius_km: int = RADIUS_KM_DEFAULT
    capacity: int = CAPACITY_DEFAULT
    phone: str = ""
    website: str = ""
    description: str = ""
    hours: tuple[HoursBody, ...] = ()

    def details(self) -> Details:
        names = {field.name for field in attrs.fields(Details)}
        values = {name: getattr(self, name) for name in names if name != "hours"}
        hours = tuple(
            Hours(each.weekday, each.opens.replace(tzinfo=None), each.closes.replace(tzinfo=None))
            for each in self.hours
        )
        return Details(**values, hours=hours)


class WorkshopSignUpBody(DetailsBody, kw_only=True):
    """The business, and its first owner's password and agreements."""

    password: str
    adult: bool
    terms: bool
    privacy: bool
    marketplace: bool
    marketing: bool = False


@workshops.route(
    "POST",
    "/api/workshop/signup",
    action=SIGN_UP,
    body=WorkshopSignUpBody,
    answer=Done,
    status=202,
    refusals=(InvalidField,),
    limit="signup",
)
def sign_up(call: Call, *, body: WorkshopSignUpBody) -> Done:
    """Apply as a workshop, with an account for its first owner.

    The answer is the same for an address that has an account already: look into the mailbox.
    """
    consents = frozenset(kind for kind in ConsentKind if getattr(body, kind.value))
    account = SignUp(
        email=body.email,
        password=body.password,
        full_name=body.contact_name,
        consents=consents,
        phone=body.phone,
    )
    keep_sign_up(sign_up_workshop(call.ports, account, body.details()))
    return Done(message="We have sent you a mail: open its link to confirm your address.")


@attrs.frozen(kw_only=True)
class StandingAnswer:
    """`status` is the application's: submitted, under_review, more_information_required,
    approved or rejected."""

    name: str
    status: str
    question: str
    answer: str
    reason: str
    approved: bool

    @classmethod
    def of(cls, found: Stands) -> "StandingAnswer":
        return cls(
            name=found.workshop.name,
            status=found.application.status,
            question=found.application.question,
            answer=found.application.answer,
            reason=found.application.reason,
            approved=found.workshop.approved,
        )


@workshops.route(
    "POST",
    "/api/workshop/register",
    action=APPLY,
    body=DetailsBody,
    answer=StandingAnswer,
    status=201,
    refusals=(InvalidField, WorkshopThereAlready),
)
def tell_of_workshop(call: Call, *, body: DetailsBody) -> StandingAnswer:
    """Apply with a workshop, for somebody whose account was there before it."""
    return StandingAnswer.of(register(call.ports, actor=call.who, details=body.details()))


@workshops.route(
    "GET",
    "/api/workshop/application",
    action=STANDING,
    answer=StandingAnswer,
    refusals=(WorkshopUntold,),
)
def where_it_stands(call: Call) -> StandingAnswer:
    """Where the application of one's own workshop stands."""
    return StandingAnswer.of(standing(call.ports, actor=call.who))
