"""Programs of brands: kept by staff, applied to by mechanics and workshops."""

from uuid import uuid4

import attrs
import pytest

from autodoctor.application.access.may import SeatTooLow, WrongRole
from autodoctor.application.workshops.programs import (
    application,
    applications,
    apply_to,
    decide,
    keep_program,
    programs,
)
from autodoctor.domain.shared.actor import SYSTEM, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ProgramId
from autodoctor.domain.workshops.program import (
    AppliedAlready,
    Audience,
    Program,
    ProgramClosed,
    ProgramDecided,
    ProgramStatus,
)
from autodoctor.domain.workshops.workshop import WorkshopNotApproved
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import a_mechanic, memory_ports
from support.workshops import ADMIN, applicant, owner, with_seat


@pytest.fixture
def ports() -> Ports:
    return memory_ports()


def a_program(ports: Ports, *, title: str = "Hybrid care", **changes: object) -> Program:
    made = Program(
        id=ProgramId(uuid4()),
        brand="Honda",
        title=title,
        description="Training and parts.",
        created_at=ports.now(),
    )
    return keep_program(ports, actor=ADMIN, program=attrs.evolve(made, **changes))


def test_everybody_sees_what_is_for_them_and_open(ports: Ports) -> None:
    a_program(ports, title="Both")
    a_program(ports, title="Closed", open=False)
    a_program(ports, title="Shops", audiences=frozenset({Audience.WORKSHOPS}))

    def titles(actor: object) -> list[str]:
        return [each.title for each in programs(ports, actor=actor)]  # type: ignore[arg-type]

    assert titles(a_mechanic(ports)) == ["Both"]
    assert titles(owner(ports)) == ["Both", "Shops"]
    assert titles(ADMIN) == ["Both", "Closed", "Shops"]


def test_a_change_is_written_down_and_nobody_else_keeps_programs(ports: Ports) -> None:
    program = a_program(ports)

    keep_program(ports, actor=ADMIN, program=attrs.evolve(program, open=False))

    with ports.transactions(SYSTEM) as tx:
        deeds = [deed.action for deed in tx.audit.of_subject(program.id, most=9)]
    assert deeds == ["change program", "add program"]
    with pytest.raises(WrongRole):
        keep_program(ports, actor=owner(ports), program=program)
    with pytest.raises(InvalidField):
        a_program(ports, title="")
    with pytest.raises(InvalidField):
        a_program(ports, audiences=frozenset())


def test_one_applies_once_and_again_after_being_declined(ports: Ports) -> None:
    program, mechanic = a_program(ports), a_mechanic(ports)
    first = apply_to(ports, actor=mechanic, program_id=program.id, message="Ten years.")

    with pytest.raises(AppliedAlready):
        apply_to(ports, actor=mechanic, program_id=program.id, message="Please.")
    with pytest.raises(InvalidField):
        decide(ports, actor=ADMIN, application_id=first.id, status=ProgramStatus.DECLINED)
    decide(
        ports, actor=ADMIN, application_id=first.id, status=ProgramStatus.DECLINED, reason="Papers."
    )
    again = apply_to(ports, actor=mechanic, program_id=program.id, message="With papers.")
    decide(ports, actor=ADMIN, application_id=again.id, status=ProgramStatus.ACCEPTED)

    found = applications(ports, actor=mechanic)
    assert [each.application.status for each in found] == [ProgramStatus.ACCEPTED]
    with pytest.raises(ProgramDecided):
        decide(
            ports, actor=ADMIN, application_id=first.id, status=ProgramStatus.DECLINED, reason="No."
        )


def test_a_workshop_applies_for_all_of_its_staff(ports: Ports) -> None:
    program, boss = a_program(ports), owner(ports)
    viewer = with_seat(ports, boss, Seat.VIEWER)
    made = apply_to(ports, actor=boss, program_id=program.id, message="We know them.")

    assert application(ports, actor=viewer, application_id=made.id).name == "Axle & Sons"
    with pytest.raises(SeatTooLow):
        apply_to(ports, actor=viewer, program_id=program.id, message="Me too.")
    with pytest.raises(Missing):
        application(ports, actor=owner(ports), application_id=made.id)
    with pytest.raises(Missing):
        application(ports, actor=a_mechanic(ports), application_id=made.id)
    assert [each.name for each in applications(ports, actor=ADMIN)] == ["Axle & Sons"]


def test_what_is_closed_or_for_others_takes_nobody(ports: Ports) -> None:
    closed = a_program(ports, open=False)
    shops = a_program(ports, audiences=frozenset({Audience.WORKSHOPS}))

    for program in (closed, shops):
        with pytest.raises(ProgramClosed):
            apply_to(ports, actor=a_mechanic(ports), program_id=program.id, message="Please.")
    with pytest.raises(WorkshopNotApproved):
        apply_to(ports, actor=applicant(ports), program_id=shops.id, message="Please.")
