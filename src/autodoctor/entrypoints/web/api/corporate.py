"""Companies: signing up, where the application stands, and what a company tells of itself."""

from typing import Literal
from uuid import UUID

import attrs

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.corporate import APPLY, EDIT, PROFILE, STANDING
from autodoctor.application.accounts.sign_up import SignUp
from autodoctor.application.corporate.applying import (
    CompanyThereAlready,
    register,
    sign_up_company,
    standing,
)
from autodoctor.application.corporate.applying import Standing as Stands
from autodoctor.application.corporate.company_details import CompanyDetails
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.application.corporate.profile import change_profile, profile
from autodoctor.domain.accounts.consent import ConsentKind
from autodoctor.domain.corporate.organization import Organization, Profile
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.corporate_keys import CLOSED
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sign_ups import keep_sign_up

companies = Endpoints("Companies")

BusinessName = Literal["fleet", "dealership", "repair", "rental", "taxi", "trucking", "other"]
TierName = Literal["starter", "professional", "enterprise"]


class CompanyProfileBody(Body):
    """`fleet_size` counts vehicles."""

    name: str
    contact_name: str
    email: str
    business_type: BusinessName
    registration_number: str = ""
    tax_id: str = ""
    industry: str = ""
    fleet_size: int = 0
    phone: str = ""
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""

    def details(self) -> CompanyDetails:
        names = (field.name for field in attrs.fields(CompanyDetails))
        return CompanyDetails(
            **{name: getattr(self, name) for name in names if hasattr(self, name)}
        )


class CompanyBody(CompanyProfileBody, kw_only=True):
    """`tier` is how many seats for employees it wants: 10, 50, or what is agreed."""

    tier: TierName = "starter"


class CompanySignUpBody(CompanyBody, kw_only=True):
    """The company, and its first owner's password and agreements."""

    password: str
    adult: bool
    terms: bool
    privacy: bool
    marketplace: bool
    marketing: bool = False


@companies.route(
    "POST",
    "/api/corporate/signup",
    action=SIGN_UP,
    body=CompanySignUpBody,
    answer=Done,
    status=202,
    refusals=(InvalidField,),
    limit="signup",
)
def sign_up(call: Call, *, body: CompanySignUpBody) -> Done:
    """Apply as a company, with an account for its first owner.

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
    keep_sign_up(sign_up_company(call.ports, account, body.details()))
    return Done(message="We have sent you a mail: open its link to confirm your address.")


@attrs.frozen(kw_only=True)
class CompanyStanding:
    """`status` is the application's: submitted, under_review, more_information_required,
    approved or rejected."""

    name: str
    status: str
    question: str
    answer: str
    reason: str
    approved: bool

    @classmethod
    def of(cls, found: Stands) -> "CompanyStanding":
        return cls(
            name=found.organization.name,
            status=found.application.status,
            question=found.application.question,
            answer=found.application.answer,
            reason=found.application.reason,
            approved=found.organization.approved,
        )


@companies.route(
    "POST",
    "/api/corporate/register",
    action=APPLY,
    body=CompanyBody,
    answer=CompanyStanding,
    status=201,
    refusals=(InvalidField, CompanyThereAlready),
)
def tell_of_company(call: Call, *, body: CompanyBody) -> CompanyStanding:
    """Apply with a company, for somebody whose account was there before it."""
    return CompanyStanding.of(register(call.ports, actor=call.who, details=body.details()))


@companies.route(
    "GET",
    "/api/corporate/application",
    action=STANDING,
    answer=CompanyStanding,
    refusals=(CompanyUntold,),
)
def where_it_stands(call: Call) -> CompanyStanding:
    """Where the application of one's own company stands."""
    return CompanyStanding.of(standing(call.ports, actor=call.who))


@attrs.frozen(kw_only=True)
class CompanyAnswer:
    """`seats` is how many active employees there is room for; `monthly_price` is null for an
    enterprise with which none is agreed yet."""

    id: UUID
    name: str
    business_type: str
    tier: str
    seats: int
    monthly_price: Money | None
    approved: bool
    time_zone: str
    profile: Profile

    @classmethod
    def of(cls, company: Organization) -> "CompanyAnswer":
        return cls(
            id=company.id,
            name=company.name,
            business_type=company.business_type,
            tier=company.tier,
            seats=company.seats,
            monthly_price=company.monthly_price,
            approved=company.approved,
            time_zone=company.time_zone,
            profile=company.profile,
        )


@companies.route(
    "GET",
    "/api/corporate/profile",
    action=PROFILE,
    answer=CompanyAnswer,
    refusals=(CompanyUntold,),
)
def show(call: Call) -> CompanyAnswer:
    """One's own company."""
    return CompanyAnswer.of(profile(call.ports, actor=call.who))


@companies.route(
    "PUT",
    "/api/corporate/profile",
    action=EDIT,
    body=CompanyProfileBody,
    answer=CompanyAnswer,
    refusals=(*CLOSED, InvalidField),
)
def change(call: Call, *, body: CompanyProfileBody) -> CompanyAnswer:
    """Change what a company tells of itself; its tier stays."""
    return CompanyAnswer.of(change_profile(call.ports, actor=call.who, details=body.details()))
