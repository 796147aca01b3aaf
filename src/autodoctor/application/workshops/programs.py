"""Programs of brands: staff keep and decide, mechanics and workshops apply."""

from uuid import UUID

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.workshops import (
    APPLY_TO_PROGRAM,
    KEEP_PROGRAMS,
    PROGRAM_APPLICATIONS,
    PROGRAMS,
)
from autodoctor.application.operations.audit import write_down
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import (
    MechanicId,
    ProgramApplicationId,
    ProgramId,
    WorkshopId,
)
from autodoctor.domain.shared.texts import check_text
from autodoctor.domain.workshops.program import (
    Audience,
    Program,
    ProgramApplication,
    ProgramStatus,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class Applied:
    """An application with its program and the name of whoever applies."""

    application: ProgramApplication
    program: Program
    name: str


def keep_program(ports: Ports, *, actor: Actor, program: Program) -> Program:
    """A new one, or a change of one that is there. Raises InvalidField, Stale."""
    may(actor, KEEP_PROGRAMS)
    good = program.checked()
    with ports.transactions(actor) as tx:
        known = any(each.id == good.id for each in tx.programs.listed())
        done = "change program" if known else "add program"
        write_down(ports, tx, done, by=actor, on=good.id, kind="program", title=good.title)
        if known:
            return tx.programs.save(good)
        tx.programs.add(good)
        return good


def programs(ports: Ports, *, actor: Actor) -> tuple[Program, ...]:
    """By brand and title: staff see all, others those that are for them and open."""
    may(actor, PROGRAMS)
    with ports.transactions(actor) as tx:
        _subject(tx, actor)
        found = tx.programs.listed()
    if actor.role is Role.ADMIN:
        return found
    return tuple(each for each in found if each.open and _audience(actor) in each.audiences)


def program(ports: Ports, *, actor: Actor, program_id: ProgramId) -> Program:
    """Raises Missing."""
    may(actor, PROGRAMS)
    with ports.transactions(actor) as tx:
        return tx.programs.get(program_id)


def apply_to(
    ports: Ports, *, actor: Actor, program_id: ProgramId, message: str
) -> ProgramApplication:
    """Refusals: Missing, InvalidField, ProgramClosed, AppliedAlready; declined ones may try
    again."""
    may(actor, APPLY_TO_PROGRAM)
    told, at = check_text("message", message), ports.now()
    with ports.transactions(actor) as tx:
        subject = _subject(tx, actor)
        tx.programs.get(program_id, lock=True).takes(_audience(actor))
        before = tx.program_applications.of(program_id, subject)
        if before is not None:
            again = before.again(told, by=actor.account_id, at=at)
            return tx.program_applications.save(again)
        made = ProgramApplication(
            id=ProgramApplicationId(ports.ids.new()),
            program_id=program_id,
            audience=_audience(actor),
            subject_id=subject,
            applicant_id=actor.account_id,
            message=told,
            created_at=at,
        )
        tx.program_applications.add(made)
        return made


def applications(ports: Ports, *, actor: Actor) -> tuple[Applied, ...]:
    """Newest first: one's own, and for staff everybody's."""
    may(actor, PROGRAM_APPLICATIONS)
    with ports.transactions(actor) as tx:
        if actor.role is Role.ADMIN:
            found = tx.program_applications.all()
        else:
            found = tx.program_applications.of_subject(_subject(tx, actor))
        return tuple(_applied(tx, each) for each in found)


def application(ports: Ports, *, actor: Actor, application_id: ProgramApplicationId) -> Applied:
    """Raises Missing."""
    may(actor, PROGRAM_APPLICATIONS)
    with ports.transactions(actor) as tx:
        _subject(tx, actor)
        found = tx.program_applications.get(application_id)
        may(actor, PROGRAM_APPLICATIONS, _whose(found))
        return _applied(tx, found)


def decide(
    ports: Ports,
    *,
    actor: Actor,
    application_id: ProgramApplicationId,
    status: ProgramStatus,
    reason: str = "",
) -> ProgramApplication:
    """Refusals: Missing, ProgramDecided, InvalidField."""
    may(actor, KEEP_PROGRAMS)
    with ports.transactions(actor) as tx:
        before = tx.program_applications.get(application_id, lock=True)
        after = before.decide(status, reason=reason, by=actor.account_id, at=ports.now())
        if after is before:
            return before
        write_down(
            ports,
            tx,
            f"{status} program application",
            by=actor,
            on=before.subject_id,
            kind=before.audience,
            reason=after.reason,
        )
        return tx.program_applications.save(after)


def _audience(actor: Actor) -> Audience:
    return Audience.WORKSHOPS if actor.role is Role.WORKSHOP else Audience.MECHANICS


def _subject(tx: Transaction, actor: Actor) -> UUID:
    """The workshop, which has to be open, or the person."""
    if actor.role is Role.WORKSHOP:
        return open_workshop(tx, actor).id
    return actor.account_id


def _whose(found: ProgramApplication) -> Whose:
    if found.audience is Audience.WORKSHOPS:
        return Whose(workshop_id=WorkshopId(found.subject_id))
    return Whose(mechanic_id=MechanicId(found.subject_id))


def _applied(tx: Transaction, found: ProgramApplication) -> Applied:
    if found.audience is Audience.WORKSHOPS:
        name = tx.workshops.get(WorkshopId(found.subject_id)).name
    else:
        name = tx.mechanics.get(MechanicId(found.subject_id)).name
    return Applied(found, tx.programs.get(found.program_id), name)
