"""Programs of brands: for mechanics, for workshops, and for staff who keep them."""

from typing import Literal
from uuid import UUID

from autodoctor.application.access.workshops import (
    APPLY_TO_PROGRAM,
    KEEP_PROGRAMS,
    PROGRAM_APPLICATIONS,
    PROGRAMS,
)
from autodoctor.application.workshops.programs import (
    application,
    applications,
    apply_to,
    decide,
    keep_program,
    programs,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ProgramApplicationId, ProgramId
from autodoctor.domain.workshops.program import (
    AppliedAlready,
    Audience,
    Program,
    ProgramApplication,
    ProgramClosed,
    ProgramDecided,
    ProgramStatus,
)
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.program_views import (
    ProgramAnswer,
    ProgramApplicationAnswer,
    ProgramApplications,
    ProgramList,
)
from autodoctor.entrypoints.web.api.workshop_team import CLOSED
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing, Stale

program_endpoints = Endpoints("Programs")


def _programs(call: Call) -> ProgramList:
    found = programs(call.ports, actor=call.who)
    return ProgramList(tuple(map(ProgramAnswer.of, found)))


def _applications(call: Call) -> ProgramApplications:
    found = applications(call.ports, actor=call.who)
    return ProgramApplications(tuple(map(ProgramApplicationAnswer.of, found)))


class ApplyBody(Body):
    """Why this program, in 1 to 2000 characters."""

    program_id: UUID
    message: str


def _apply(call: Call, body: ApplyBody) -> ProgramApplicationAnswer:
    made = apply_to(
        call.ports, actor=call.who, program_id=ProgramId(body.program_id), message=body.message
    )
    return _one(call, made)


def _one(call: Call, made: ProgramApplication) -> ProgramApplicationAnswer:
    found = application(call.ports, actor=call.who, application_id=made.id)
    return ProgramApplicationAnswer.of(found)


APPLYING = (*CLOSED, Missing, InvalidField, ProgramClosed, AppliedAlready)
_WORKSHOPS, _MECHANICS = "/api/workshops", "/api/mechanics/partnerships"


@program_endpoints.route(
    "GET",
    f"{_WORKSHOPS}/programs",
    action=PROGRAMS.by(Role.WORKSHOP),
    answer=ProgramList,
    refusals=CLOSED,
)
def workshop_programs(call: Call) -> ProgramList:
    """Programs that take workshops."""
    return _programs(call)


@program_endpoints.route(
    "GET",
    f"{_WORKSHOPS}/applications",
    action=PROGRAM_APPLICATIONS.by(Role.WORKSHOP),
    answer=ProgramApplications,
    refusals=CLOSED,
)
def workshop_applications(call: Call) -> ProgramApplications:
    """One's own workshop's applications to programs, newest first."""
    return _applications(call)


@program_endpoints.route(
    "POST",
    f"{_WORKSHOPS}/applications",
    action=APPLY_TO_PROGRAM.by(Role.WORKSHOP),
    body=ApplyBody,
    answer=ProgramApplicationAnswer,
    status=201,
    refusals=APPLYING,
)
def workshop_apply(call: Call, *, body: ApplyBody) -> ProgramApplicationAnswer:
    """Apply to a program as a workshop."""
    return _apply(call, body)


@program_endpoints.route(
    "GET",
    f"{_WORKSHOPS}/applications/{{application_id}}",
    action=PROGRAM_APPLICATIONS.by(Role.WORKSHOP),
    answer=ProgramApplicationAnswer,
    refusals=(*CLOSED, Missing),
)
def workshop_application(call: Call, *, application_id: UUID) -> ProgramApplicationAnswer:
    """One of one's own workshop's applications."""
    key = ProgramApplicationId(application_id)
    return ProgramApplicationAnswer.of(application(call.ports, actor=call.who, application_id=key))


@program_endpoints.route(
    "GET", f"{_MECHANICS}/programs", action=PROGRAMS.by(Role.MECHANIC), answer=ProgramList
)
def mechanic_programs(call: Call) -> ProgramList:
    """Programs that take mechanics."""
    return _programs(call)


@program_endpoints.route(
    "GET",
    f"{_MECHANICS}/applications",
    action=PROGRAM_APPLICATIONS.by(Role.MECHANIC),
    answer=ProgramApplications,
)
def mechanic_applications(call: Call) -> ProgramApplications:
    """One's own applications to programs, newest first."""
    return _applications(call)


@program_endpoints.route(
    "POST",
    f"{_MECHANICS}/applications",
    action=APPLY_TO_PROGRAM.by(Role.MECHANIC),
    body=ApplyBody,
    answer=ProgramApplicationAnswer,
    status=201,
    refusals=(Missing, InvalidField, ProgramClosed, AppliedAlready),
)
def mechanic_apply(call: Call, *, body: ApplyBody) -> ProgramApplicationAnswer:
    """Apply to a program as a mechanic."""
    return _apply(call, body)


class ProgramBody(Body):
    """With the `id` of one that is there, it is changed."""

    brand: str
    title: str
    description: str
    requirements: str = ""
    perks: tuple[str, ...] = ()
    audiences: tuple[Literal["mechanics", "workshops"], ...] = ("mechanics", "workshops")
    open: bool = True
    id: UUID | None = None


@program_endpoints.route(
    "GET", "/api/admin/programs", action=PROGRAMS.by(Role.ADMIN), answer=ProgramList
)
def all_programs(call: Call) -> ProgramList:
    """All programs, by brand."""
    return _programs(call)


@program_endpoints.route(
    "POST",
    "/api/admin/programs",
    action=KEEP_PROGRAMS,
    body=ProgramBody,
    answer=ProgramAnswer,
    refusals=(InvalidField, Missing, Stale),
)
def keep(call: Call, *, body: ProgramBody) -> ProgramAnswer:
    """Add a program, or change one."""
    known = {each.id: each for each in programs(call.ports, actor=call.who)}
    before = known.get(ProgramId(body.id)) if body.id else None
    if body.id is not None and before is None:
        raise Missing("program")
    made = Program(
        id=before.id if before else ProgramId(call.ports.ids.new()),
        brand=body.brand,
        title=body.title,
        description=body.description,
        created_at=before.created_at if before else call.ports.now(),
        requirements=body.requirements,
        perks=body.perks,
        audiences=frozenset(map(Audience, body.audiences)),
        open=body.open,
        version=before.version if before else 0,
    )
    return ProgramAnswer.of(keep_program(call.ports, actor=call.who, program=made))


@program_endpoints.route(
    "GET",
    "/api/admin/programs/applications",
    action=PROGRAM_APPLICATIONS.by(Role.ADMIN),
    answer=ProgramApplications,
)
def all_applications(call: Call) -> ProgramApplications:
    """The newest applications of everybody."""
    return _applications(call)


class ProgramDecisionBody(Body):
    """Declining needs a reason."""

    status: Literal["accepted", "declined"]
    reason: str = ""


@program_endpoints.route(
    "POST",
    "/api/admin/programs/applications/{application_id}",
    action=KEEP_PROGRAMS,
    body=ProgramDecisionBody,
    answer=ProgramApplicationAnswer,
    refusals=(Missing, InvalidField, ProgramDecided),
)
def decide_one(
    call: Call, *, application_id: UUID, body: ProgramDecisionBody
) -> ProgramApplicationAnswer:
    """Accept or decline an application to a program."""
    made = decide(
        call.ports,
        actor=call.who,
        application_id=ProgramApplicationId(application_id),
        status=ProgramStatus(body.status),
        reason=body.reason,
    )
    return _one(call, made)
