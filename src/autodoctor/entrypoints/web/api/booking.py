"""Plans, intake, waiver, checkout."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.booking import OFFER, SIGN, START, WAIVER
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver, waiver_of
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.free_session import FreeSessionUsed
from autodoctor.domain.booking.intake import Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.booking.waiver import TEXT, VERSION
from autodoctor.domain.corporate.limits import (
    DepartmentBudgetReached,
    DepartmentLimitReached,
    MonthlyLimitReached,
)
from autodoctor.domain.plans.plan import PlanInactive, PlanUnknown
from autodoctor.domain.sessions.independence import OwnSession
from autodoctor.domain.sessions.policy import SessionAlreadyActive
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, IntakeId, MechanicId, PlanSlug, WorkshopId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import PlanAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

booking = Endpoints("Booking")

MONTH_FULL = (MonthlyLimitReached, DepartmentLimitReached, DepartmentBudgetReached)


@attrs.frozen
class PlansAnswer:
    plans: tuple[PlanAnswer, ...]


@booking.route("GET", "/api/plans", action=OFFER, answer=PlansAnswer)
def plans(call: Call) -> PlansAnswer:
    """The plans on offer."""
    with call.ports.transactions(SYSTEM) as tx:
        return PlansAnswer(tuple(map(PlanAnswer.of, tx.plans.listed())))


class VehicleBody(Body):
    year: int
    make: str
    model: str
    vin: str | None = None
    odometer_km: int | None = None
    plate: str | None = None


class IntakeBody(Body):
    plan: str
    concern: str
    category: ConcernCategory = ConcernCategory.DIAGNOSTIC_HELP
    vehicle: VehicleBody | None = None
    urgent: bool = False
    file_ids: tuple[UUID, ...] = ()
    city: str = ""
    province: str = ""
    country: str = ""
    postal_code: str = ""
    routing: RoutingKind = RoutingKind.BROADCAST
    workshop_id: UUID | None = None
    preferred_mechanic_id: UUID | None = None
    specialist_brand: str | None = None
    private: bool = False


@attrs.frozen(kw_only=True)
class IntakeAnswer:
    """`organization_id` is the company it is booked for as an employee; null is privately."""

    intake_id: UUID
    plan: str
    keywords: tuple[str, ...]
    created_at: datetime
    organization_id: UUID | None


def form_of(body: IntakeBody) -> IntakeForm:
    vehicle = body.vehicle
    return IntakeForm(
        plan=PlanSlug(body.plan),
        concern=body.concern,
        category=body.category,
        vehicle=Vehicle(
            vehicle.year,
            vehicle.make.strip(),
            vehicle.model.strip(),
            vehicle.vin,
            vehicle.odometer_km,
            vehicle.plate,
        )
        if vehicle
        else None,
        urgent=body.urgent,
        file_ids=tuple(map(FileId, body.file_ids)),
        place=Place(body.city, body.province, body.country, body.postal_code),
        routing=body.routing,
        workshop_id=WorkshopId(body.workshop_id) if body.workshop_id else None,
        chosen_mechanic_id=(
            MechanicId(body.preferred_mechanic_id) if body.preferred_mechanic_id else None
        ),
        specialist_brand=body.specialist_brand,
        private=body.private,
    )


@booking.route(
    "POST",
    "/api/intake/start",
    action=START,
    body=IntakeBody,
    answer=IntakeAnswer,
    status=201,
    refusals=(
        OwnSession,
        InvalidField,
        EmailUnverified,
        PlanUnknown,
        SessionAlreadyActive,
        PlanInactive,
        FreeSessionUsed,
        *MONTH_FULL,
    ),
)
def start(call: Call, *, body: IntakeBody) -> IntakeAnswer:
    """Tell what is the matter, with which vehicle, on which plan.

    An active employee books for their company, unless it is `private`.
    """
    intake = start_intake(call.ports, actor=call.who, form=form_of(body))
    return IntakeAnswer(
        intake_id=intake.id,
        plan=intake.plan,
        keywords=intake.keywords,
        created_at=intake.created_at,
        organization_id=intake.organization_id,
    )


class WaiverBody(Body):
    intake_id: UUID
    full_name: str
    adult: bool


class IntakeQuery(Body):
    intake_id: UUID


@attrs.frozen(kw_only=True)
class WaiverAnswer:
    """The text of this version, and whether and how it was signed for the intake."""

    intake_id: UUID
    version: str
    text: tuple[str, ...]
    signed: bool
    full_name: str = ""
    signed_at: datetime | None = None


@booking.route(
    "POST",
    "/api/waiver/submit",
    action=SIGN,
    body=WaiverBody,
    answer=WaiverAnswer,
    refusals=(InvalidField, Missing),
)
def submit_waiver(call: Call, *, body: WaiverBody) -> WaiverAnswer:
    """Sign the waiver of an intake; again answers with the first signature."""
    waiver = sign_waiver(
        call.ports,
        actor=call.who,
        intake_id=IntakeId(body.intake_id),
        full_name=body.full_name,
        adult=body.adult,
        address=call.address,
        agent=call.agent,
    )
    return WaiverAnswer(
        intake_id=waiver.intake_id,
        version=waiver.version,
        text=TEXT,
        signed=True,
        full_name=waiver.full_name,
        signed_at=waiver.signed_at,
    )


@booking.route(
    "GET",
    "/api/waiver/get",
    action=WAIVER,
    query=IntakeQuery,
    answer=WaiverAnswer,
    refusals=(Missing,),
)
def get_waiver(call: Call, *, query: IntakeQuery) -> WaiverAnswer:
    """The waiver's text and signature, for its signer and for admins."""
    waiver = waiver_of(call.ports, actor=call.who, intake_id=IntakeId(query.intake_id))
    if waiver is None:
        return WaiverAnswer(intake_id=query.intake_id, version=VERSION, text=TEXT, signed=False)
    return WaiverAnswer(
        intake_id=query.intake_id,
        version=waiver.version,
        text=TEXT,
        signed=True,
        full_name=waiver.full_name,
        signed_at=waiver.signed_at,
    )


@attrs.frozen
class SignedAnswer:
    signed: bool


@booking.route(
    "GET",
    "/api/waiver/check",
    action=WAIVER,
    query=IntakeQuery,
    answer=SignedAnswer,
    refusals=(Missing,),
)
def check_waiver(call: Call, *, query: IntakeQuery) -> SignedAnswer:
    """Whether the waiver of an intake is signed."""
    waiver = waiver_of(call.ports, actor=call.who, intake_id=IntakeId(query.intake_id))
    return SignedAnswer(waiver is not None)
