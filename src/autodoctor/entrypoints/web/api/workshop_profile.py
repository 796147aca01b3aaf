"""A workshop's profile and payouts; the directory for everybody."""

from typing import Annotated
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.operations import LOOK
from autodoctor.application.access.workshops import EDIT, PAYOUTS, PROFILE
from autodoctor.application.workshops.payouts import begin_payouts
from autodoctor.application.workshops.profile import (
    change_logo,
    change_profile,
    directory,
    profile,
)
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId
from autodoctor.domain.workshops.profile import Profile
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.workshop_team import CLOSED
from autodoctor.entrypoints.web.api.workshops import DetailsBody
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.payment_refusals import PaymentRefused, PaymentsUnavailable
from autodoctor.ports.stores import Missing
from autodoctor.ports.workshop_queries import DirectoryEntry

workshop_profile = Endpoints("Workshops")


@attrs.frozen(kw_only=True)
class WorkshopAnswer:
    id: UUID
    name: str
    city: str
    province: str
    profile: Profile
    payouts_ready: bool

    @classmethod
    def of(cls, workshop: Workshop) -> "WorkshopAnswer":
        return cls(
            id=workshop.id,
            name=workshop.name,
            city=workshop.city,
            province=workshop.province,
            profile=workshop.profile,
            payouts_ready=workshop.payouts_ready,
        )


@workshop_profile.route(
    "GET", "/api/workshop/profile", action=PROFILE, answer=WorkshopAnswer, refusals=CLOSED
)
def show(call: Call) -> WorkshopAnswer:
    """One's own workshop."""
    return WorkshopAnswer.of(profile(call.ports, actor=call.who))


@workshop_profile.route(
    "POST",
    "/api/workshop/profile",
    action=EDIT,
    body=DetailsBody,
    answer=WorkshopAnswer,
    refusals=(*CLOSED, InvalidField),
)
def change(call: Call, *, body: DetailsBody) -> WorkshopAnswer:
    """Change what a workshop tells of itself."""
    return WorkshopAnswer.of(change_profile(call.ports, actor=call.who, details=body.details()))


class LogoBody(Body):
    """A picture uploaded before."""

    file_id: UUID


@workshop_profile.route(
    "POST",
    "/api/workshop/logo",
    action=EDIT,
    body=LogoBody,
    answer=WorkshopAnswer,
    refusals=(*CLOSED, Missing, InvalidField),
)
def show_logo(call: Call, *, body: LogoBody) -> WorkshopAnswer:
    """Show another logo."""
    done = change_logo(call.ports, actor=call.who, file_id=FileId(body.file_id))
    return WorkshopAnswer.of(done)


@attrs.frozen
class OnboardingAnswer:
    """Open it in the browser: it is good for minutes, and for its owner alone."""

    url: str


@workshop_profile.route(
    "POST",
    "/api/workshop/stripe/onboard",
    action=PAYOUTS,
    answer=OnboardingAnswer,
    refusals=(*CLOSED, EmailUnverified, PaymentRefused, PaymentsUnavailable),
    keyed=False,
)
def onboard(call: Call) -> OnboardingAnswer:
    """Set up payouts at the payment provider, or go on with it."""
    return OnboardingAnswer(url=begin_payouts(call.ports, actor=call.who))


class DirectoryQuery(Body):
    """`postal_code` may be the beginning of one."""

    search: Annotated[str, Meta(max_length=200)] = ""
    postal_code: Annotated[str, Meta(max_length=10)] = ""


@attrs.frozen
class DirectoryAnswer:
    workshops: tuple[DirectoryEntry, ...]


@workshop_profile.route(
    "GET",
    "/api/workshops/directory",
    action=LOOK,
    query=DirectoryQuery,
    answer=DirectoryAnswer,
)
def listed(call: Call, *, query: DirectoryQuery) -> DirectoryAnswer:
    """Workshops that are open, by name."""
    found = directory(call.ports, text=query.search, postal_code=query.postal_code)
    return DirectoryAnswer(found)
