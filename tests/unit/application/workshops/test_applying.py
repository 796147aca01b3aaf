"""Workshops apply, are decided upon, and are put out and let back in."""

from datetime import time

import pytest

from autodoctor.application.access.may import SeatTooLow, WrongRole
from autodoctor.application.accounts.sign_in import actor_of, look
from autodoctor.application.accounts.sign_up import SignUp, verify_email
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.workshops.applying import (
    WorkshopThereAlready,
    apply_again,
    register,
    sign_up_workshop,
    standing,
)
from autodoctor.application.workshops.details import details_mistakes
from autodoctor.application.workshops.overseeing import (
    approve_workshop,
    dossier,
    reactivate_workshop,
    reject_workshop,
    suspend_workshop,
    workshops,
)
from autodoctor.application.workshops.own import WorkshopUntold
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.standing import Standing as AccountStanding
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, PlanSlug, WorkshopId
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.domain.workshops.profile import Hours
from autodoctor.domain.workshops.workshop import WorkshopNeverApproved, WorkshopSuspended
from autodoctor.ports.bundle import Ports
from autodoctor.ports.workshop_queries import WorkshopFilter, WorkshopsShown
from autodoctor.testing.ports import Town, a_customer, memory_town
from support.newcomers import letters, link
from support.workshops import (
    ADMIN,
    an_account,
    applicant,
    details,
    logged_in,
    own,
    owner,
    with_seat,
)

EMAIL = "garage@test.example"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def ports(town: Town) -> Ports:
    return town.ports


def sign_up_form(password: str = "a fine old password") -> SignUp:
    return SignUp(
        email=EMAIL, password=password, full_name="Andie Axle", consents=frozenset(REQUIRED)
    )


def account_of(ports: Ports, account_id: AccountId) -> Account:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.get(account_id)


def known_to_staff(ports: Ports) -> int:
    return workshops(ports, actor=ADMIN, which=WorkshopFilter()).total


def test_signing_up_opens_an_account_that_owns_a_workshop_which_waits(town: Town) -> None:
    key = sign_up_workshop(town.ports, sign_up_form(), details(coverage=("m5v ", "M6J", "m5v")))

    account = account_of(town.ports, key)
    actor = actor_of(account, Role.WORKSHOP)
    found = standing(town.ports, actor=actor)
    assert (account.roles, actor.seat) == ({Role.WORKSHOP}, Seat.OWNER)
    assert found.application.status is ApplicationStatus.DRAFT
    assert not found.workshop.open
    assert found.workshop.profile.coverage == ("M5V", "M6J")
    assert found.workshop.profile.capacity == 10
    assert found.workshop.profile.radius_km == 25


def test_staff_see_a_workshop_once_its_owner_has_verified_their_address(town: Town) -> None:
    key = sign_up_workshop(town.ports, sign_up_form(), details())
    before = known_to_staff(town.ports)

    verify_email(town.ports, token=link(town, EMAIL), holder=key)

    actor = actor_of(account_of(town.ports, key), Role.WORKSHOP)
    found = standing(town.ports, actor=actor)
    assert found.application.status is ApplicationStatus.SUBMITTED
    assert (before, known_to_staff(town.ports)) == (0, 1)


def test_each_sign_up_has_a_workshop_of_its_own_and_one_is_handed_in(town: Town) -> None:
    stranger = sign_up_workshop(town.ports, sign_up_form("a strangers password"), details())
    owner = sign_up_workshop(town.ports, sign_up_form(), details(name="Second"))
    seen = standing(town.ports, actor=actor_of(account_of(town.ports, stranger), Role.WORKSHOP))

    verify_email(town.ports, token=link(town, EMAIL), holder=owner)

    found = standing(town.ports, actor=actor_of(account_of(town.ports, owner), Role.WORKSHOP))
    assert (seen.workshop.name, found.workshop.name) == (details().name, "Second")
    assert account_of(town.ports, stranger).standing is AccountStanding.CLOSED
    assert account_of(town.ports, stranger).workshop_id is None
    rows = workshops(town.ports, actor=ADMIN, which=WorkshopFilter()).rows
    assert [row.name for row in rows] == ["Second"]


def test_an_address_that_is_confirmed_is_asked_whether_it_wants_the_role(town: Town) -> None:
    owner = an_account(town.ports, Role.CUSTOMER, email=EMAIL)

    sign_up_workshop(town.ports, sign_up_form(), details())

    assert account_of(town.ports, owner.id) == owner
    assert [mail.subject for mail in letters(town, EMAIL)] == ["Use your account as a workshop too"]
    assert known_to_staff(town.ports) == 0


def test_somebody_with_the_role_tells_of_their_workshop_once(ports: Ports) -> None:
    account = an_account(ports, Role.WORKSHOP)
    actor = Actor(account.id, Role.WORKSHOP)

    with pytest.raises(WorkshopUntold):
        standing(ports, actor=actor)
    register(ports, actor=actor, details=details())
    with pytest.raises(WorkshopThereAlready):
        register(ports, actor=actor, details=details())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x"),
        ("registration_number", ""),
        ("tax_id", " "),
        ("email", "nobody"),
        ("province", "XX"),
        ("postal_code", "12345"),
        ("coverage", ()),
        ("coverage", ("M5",)),
        ("coverage", ("M5V2T6X",)),
        ("radius_km", 0),
        ("capacity", 501),
        ("website", "not a site"),
        ("website", "javascript:alert(1)"),
        ("description", "x" * 2001),
        ("hours", (Hours(0, time(9), time(9)),)),
        ("hours", (Hours(0, time(9), time(12)), Hours(0, time(13), time(17)))),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(ports: Ports, field: str, value: object) -> None:
    wrong = details(**{field: value})

    assert list(details_mistakes(wrong)) == [field]
    with pytest.raises(InvalidField) as refused:
        sign_up_workshop(ports, sign_up_form(), wrong)
    assert refused.value.field == field


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert list(details_mistakes(details(name="", capacity=0, tax_id=""))) == [
        *("name", "tax_id", "capacity")
    ]


def test_a_rejected_workshop_hands_in_again_and_an_approved_one_does_not(ports: Ports) -> None:
    actor = applicant(ports)
    reject_workshop(ports, actor=ADMIN, workshop_id=own(actor), reason="No registration.")

    again = apply_again(ports, actor=actor, details=details(registration_number="BN 2"))
    approve_workshop(ports, actor=ADMIN, workshop_id=own(actor))

    assert again.application.status is ApplicationStatus.SUBMITTED
    assert standing(ports, actor=actor).workshop.open
    with pytest.raises(ApplicationElsewhere):
        apply_again(ports, actor=actor, details=details())


def test_a_viewer_applies_for_nothing(ports: Ports) -> None:
    viewer = with_seat(ports, applicant(ports), Seat.VIEWER)

    with pytest.raises(SeatTooLow):
        apply_again(ports, actor=viewer, details=details())
    assert standing(ports, actor=viewer).workshop.name == "Axle & Sons"


def test_a_suspended_workshops_staff_are_out_and_it_is_written_down(ports: Ports) -> None:
    actor = owner(ports)
    person = logged_in(ports, actor)

    suspend_workshop(ports, actor=ADMIN, workshop_id=own(actor), reason="Complaints.")
    suspend_workshop(ports, actor=ADMIN, workshop_id=own(actor), reason="Again.")

    assert look(ports, token=person.token) is None
    found = dossier(ports, actor=ADMIN, workshop_id=own(actor))
    assert found.workshop.suspension_reason == "Complaints."
    assert [deed.action for deed in found.deeds] == [
        *("suspend workshop", "approve workshop application")
    ]

    reactivate_workshop(ports, actor=ADMIN, workshop_id=own(actor), reason="Settled.")
    assert standing(ports, actor=actor).workshop.open


def test_a_workshop_that_was_never_approved_cannot_be_suspended(ports: Ports) -> None:
    with pytest.raises(WorkshopNeverApproved):
        suspend_workshop(ports, actor=ADMIN, workshop_id=own(applicant(ports)), reason="No.")


def booked(ports: Ports, customer: Actor, workshop_id: WorkshopId) -> object:
    form = IntakeForm(
        plan=PlanSlug("free"),
        concern="It squeals when I brake.",
        workshop_id=workshop_id,
        routing=RoutingKind.WORKSHOP_ONLY,
    )
    intake = start_intake(ports, actor=customer, form=form)
    sign_waiver(
        ports,
        actor=customer,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    return intake.id


@pytest.mark.parametrize("asked_before", [True, False])
def test_what_waits_for_a_suspended_workshop_goes_to_everybody(
    ports: Ports, asked_before: bool
) -> None:
    workshop, customer = owner(ports), a_customer(ports)
    intake_id = booked(ports, customer, own(workshop))

    if asked_before:
        following = check_out(ports, actor=customer, intake_id=intake_id)  # type: ignore[arg-type]
    suspend_workshop(ports, actor=ADMIN, workshop_id=own(workshop), reason="Complaints.")
    if not asked_before:
        following = check_out(ports, actor=customer, intake_id=intake_id)  # type: ignore[arg-type]

    assert following.session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(following.session_id)
    assert request is not None
    assert request.routing.kind is RoutingKind.BROADCAST
    with pytest.raises(WorkshopSuspended):
        booked(ports, a_customer(ports), own(workshop))


def test_lists_show_who_waits_first(ports: Ports) -> None:
    open_one = owner(ports, name="Beta")
    waiting = applicant(ports, name="Gamma", city="Hamilton")

    def names(**which: object) -> list[str]:
        found = workshops(ports, actor=ADMIN, which=WorkshopFilter(**which))  # type: ignore[arg-type]
        return [row.name for row in found.rows]

    assert names() == ["Gamma", "Beta"]
    assert names(shown=WorkshopsShown.APPLYING) == ["Gamma"]
    assert names(shown=WorkshopsShown.OPEN) == ["Beta"]
    assert names(text="hamil") == ["Gamma"]
    with pytest.raises(InvalidField):
        names(page_size=201)
    with pytest.raises(WrongRole):
        workshops(ports, actor=waiting, which=WorkshopFilter())
    assert open_one.workshop_id != waiting.workshop_id
