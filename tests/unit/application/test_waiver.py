"""Signing the waiver: by the one who books, once, and shown to nobody else."""

from uuid import uuid4

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver, waiver_of
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.booking.waiver import VERSION, Waiver
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, IntakeId, PlanSlug
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_mechanic
from support.refusing import in_the_way


def unsigned(town: Town, customer: Actor) -> Intake:
    form = IntakeForm(
        plan=PlanSlug("quick-chat"),
        concern="It squeals when I brake.",
        vehicle=Vehicle(2015, "Honda", "Civic"),
    )
    return start_intake(town.ports, actor=customer, form=form)


def sign(
    town: Town, who: Actor, intake_id: IntakeId, *, name: str = "Casey Driver", adult: bool = True
) -> Waiver:
    return sign_waiver(
        town.ports,
        actor=who,
        intake_id=intake_id,
        full_name=name,
        adult=adult,
        address="203.0.113.7",
        agent="tests",
    )


def test_what_was_signed_is_kept_with_its_version_time_and_address(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = unsigned(town, customer)

    waiver = sign(town, customer, intake.id, name="  Casey   Driver ")

    assert (waiver.full_name, waiver.version) == ("Casey Driver", VERSION)
    assert (waiver.signed_at, waiver.address) == (town.clock.now(), "203.0.113.7")
    assert waiver_of(town.ports, actor=customer, intake_id=intake.id) == waiver


def test_signing_again_answers_with_what_was_signed_first(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = unsigned(town, customer)
    first = sign(town, customer, intake.id)

    again = sign(town, customer, intake.id, name="Somebody Else", adult=False)

    assert again == first


def test_refusals_come_in_their_order(town: Town) -> None:
    customer = a_customer(town.ports)
    asked = {
        "who": a_mechanic(town.ports),
        "intake_id": IntakeId(uuid4()),
        "name": "",
        "adult": False,
    }
    intake = unsigned(town, customer)

    met = in_the_way(
        lambda: sign(town, **asked),  # type: ignore[arg-type]
        lambda: asked.update(who=a_customer(town.ports)),
        lambda: asked.update(intake_id=intake.id),
        lambda: asked.update(who=customer),
        lambda: asked.update(name="Casey Driver"),
        lambda: asked.update(adult=True),
    )

    assert met == [WrongRole, Missing, Missing, InvalidField, InvalidField, None]


def test_only_its_signer_and_admins_see_it(town: Town) -> None:
    customer = a_customer(town.ports)
    intake = unsigned(town, customer)
    waiver = sign(town, customer, intake.id)
    admin = Actor(AccountId(uuid4()), Role.ADMIN)

    assert waiver_of(town.ports, actor=admin, intake_id=intake.id) == waiver
    with pytest.raises(Missing):
        waiver_of(town.ports, actor=a_customer(town.ports), intake_id=intake.id)
    with pytest.raises(WrongRole):
        waiver_of(town.ports, actor=a_mechanic(town.ports), intake_id=intake.id)
