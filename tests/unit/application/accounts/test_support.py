"""What staff do for people: helped, written to, noted, and all of it in the log."""

from collections.abc import Callable
from uuid import uuid4

import attrs
import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.accounts.people import export_people, people, person
from autodoctor.application.accounts.standing import AccountLeft
from autodoctor.application.accounts.support import (
    add_note,
    correct_rating,
    grant_free_session,
    mail_reset,
    verify_email,
    write_to,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.mechanics.reputation import NotRated, Reputation
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.operations import Mail
from autodoctor.ports.people_queries import PersonFilter
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, memory_town
from support.newcomers import letters

STAFF = Actor(AccountId(uuid4()), Role.ADMIN)
WHY = "They called and asked."


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def customer(town: Town) -> Actor:
    return a_customer(town.ports)


def letters_to(town: Town, who: Actor) -> list[Mail]:
    with town.kept(SYSTEM) as tx:
        email = tx.accounts.get(who.account_id).email.text
    return letters(town, email)


def deeds(town: Town, who: Actor) -> list[tuple[str, str]]:
    """Newest first."""
    with town.kept(SYSTEM) as tx:
        return [(d.action, d.reason) for d in tx.audit.of_subject(who.account_id, most=9)]


def test_an_address_is_taken_as_confirmed_once(town: Town, customer: Actor) -> None:
    with town.kept(SYSTEM) as tx:
        before = tx.accounts.get(customer.account_id, lock=True)
        tx.accounts.save(attrs.evolve(before, verified_at=None))

    for _ in range(2):
        after = verify_email(town.ports, actor=STAFF, account_id=customer.account_id, reason=WHY)

    assert after.verified
    assert deeds(town, customer) == [("confirm address", WHY)]


def test_a_new_password_is_theirs_to_set(town: Town, customer: Actor) -> None:
    mail_reset(town.ports, actor=STAFF, account_id=customer.account_id, reason=WHY)

    (letter,) = letters_to(town, customer)
    assert "/reset?token=" in letter.text
    assert deeds(town, customer) == [("mail password link", WHY)]


def test_people_are_written_to_by_mail_and_behind_their_bell(town: Town, customer: Actor) -> None:
    write_to(
        town.ports,
        actor=STAFF,
        account_id=customer.account_id,
        subject="Your  session of Monday",
        message="We looked into it.\n\nAll is well. <3",
    )

    (letter,) = letters_to(town, customer)
    assert letter.subject == "Your session of Monday"
    assert "We looked into it.\n\nAll is well. <3" in letter.text
    assert "<p>We looked into it.</p><p>All is well. &lt;3</p>" in letter.html
    with town.kept(SYSTEM) as tx:
        (told,) = tx.notifications.of(customer.account_id, most=9)
    assert told.title == "Your session of Monday"
    assert deeds(town, customer) == [("write to person", "We looked into it.\n\nAll is well. <3")]


@pytest.mark.parametrize("subject", ["", " ", "a\x00b", "x" * 121])
def test_a_letter_has_a_subject_of_one_line(town: Town, customer: Actor, subject: str) -> None:
    with pytest.raises(InvalidField) as refused:
        write_to(
            town.ports,
            actor=STAFF,
            account_id=customer.account_id,
            subject=subject,
            message="Hello.",
        )

    assert refused.value.field == "subject"
    assert letters_to(town, customer) == []


def test_a_note_stays_and_tells_its_person_nothing(town: Town, customer: Actor) -> None:
    add_note(town.ports, actor=STAFF, account_id=customer.account_id, text="Calls often.")

    found = person(town.ports, actor=STAFF, account_id=customer.account_id)

    assert [(d.action, d.reason, d.actor_id) for d in found.deeds] == [
        ("note", "Calls often.", STAFF.account_id)
    ]
    assert letters_to(town, customer) == []


def test_each_grant_is_exactly_one_more_free_session(town: Town, customer: Actor) -> None:
    a_paid_session(town, customer)

    book = grant_free_session(town.ports, actor=STAFF, account_id=customer.account_id, reason=WHY)

    assert (book.granted, book.left) == (2, 2)
    assert deeds(town, customer) == [("grant free session", WHY)]


def test_only_customers_are_granted_free_sessions(town: Town) -> None:
    mechanic = a_mechanic(town.ports)

    with pytest.raises(Missing):
        grant_free_session(town.ports, actor=STAFF, account_id=mechanic.account_id, reason=WHY)


def rated(town: Town, stars: int, count: int) -> Actor:
    actor = a_mechanic(town.ports)
    with town.kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(mechanic, reputation=Reputation(stars, count)))
    return actor


def test_a_correction_moves_the_average_and_says_by_how_much(town: Town) -> None:
    mechanic = rated(town, stars=30, count=10)

    after = correct_rating(
        town.ports, actor=STAFF, mechanic_id=mechanic.mechanic_id, tenths=45, reason=WHY
    )

    assert (after.reputation.told, after.reputation.count) == ("4.5", 10)
    with town.kept(SYSTEM) as tx:
        (deed,) = tx.audit.of_subject(mechanic.account_id, most=9)
    assert deed.facts == {"before": "3.0", "after": "4.5", "stars_added": 15, "ratings": 10}


def test_there_is_nothing_to_correct_before_the_first_rating(town: Town) -> None:
    mechanic = a_mechanic(town.ports)

    with pytest.raises(NotRated):
        correct_rating(
            town.ports, actor=STAFF, mechanic_id=mechanic.mechanic_id, tenths=45, reason=WHY
        )
    assert deeds(town, mechanic) == []


@pytest.mark.parametrize(("tenths", "count"), [(10, 1), (50, 3), (33, 7), (49, 2)])
def test_a_corrected_average_is_one_that_stars_can_give(tenths: int, count: int) -> None:
    after = Reputation(3 * count, count).corrected(tenths)

    assert count <= after.stars <= 5 * count
    assert abs(10 * after.stars - tenths * count) <= 5


@pytest.mark.parametrize("tenths", [9, 51])
def test_averages_are_of_one_to_five_stars(tenths: int) -> None:
    with pytest.raises(InvalidField):
        Reputation(5, 1).corrected(tenths)


def test_a_person_is_told_with_their_money(town: Town, customer: Actor) -> None:
    a_paid_session(town, customer)

    found = person(town.ports, actor=STAFF, account_id=customer.account_id)

    assert (found.paid, found.returned, found.earned) == (Money(4999), Money(0), Money(0))
    assert len(found.sessions) == 1
    assert found.mechanic is None


def test_taking_the_list_along_is_written_down(town: Town, customer: Actor) -> None:
    which = PersonFilter(at=town.clock.now(), role=Role.CUSTOMER)

    rows = export_people(town.ports, actor=STAFF, which=which)

    assert [row.id for row in rows] == [customer.account_id]
    assert deeds(town, STAFF) == [("export people", "")]


def helping(town: Town, actor: Actor, who: Actor) -> tuple[Callable[[], object], ...]:
    asked = {"actor": actor, "account_id": who.account_id}
    ports = town.ports
    return (
        lambda: verify_email(ports, **asked, reason=WHY),  # type: ignore[arg-type]
        lambda: mail_reset(ports, **asked, reason=WHY),  # type: ignore[arg-type]
        lambda: write_to(ports, **asked, subject="Hello", message="You."),  # type: ignore[arg-type]
        lambda: grant_free_session(ports, **asked, reason=WHY),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.MECHANIC, Role.WORKSHOP, Role.CORPORATE])
def test_only_staff_look_people_up_and_help_them(town: Town, customer: Actor, role: Role) -> None:
    who = Actor(customer.account_id, role)
    which = PersonFilter(at=town.clock.now())

    for step in (
        *helping(town, who, customer),
        lambda: add_note(town.ports, actor=who, account_id=who.account_id, text="Fine."),
        lambda: people(town.ports, actor=who, which=which),
        lambda: person(town.ports, actor=who, account_id=who.account_id),
        lambda: export_people(town.ports, actor=who, which=which),
    ):
        with pytest.raises(WrongRole):
            step()


def test_nothing_is_done_for_who_has_left(town: Town, customer: Actor) -> None:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(customer.account_id, lock=True)
        gone = EmailAddress(f"{uuid4().hex}@gone.example")
        tx.accounts.save(attrs.evolve(account.stand(Standing.CLOSED), email=gone))

    for step in helping(town, STAFF, customer):
        with pytest.raises(AccountLeft):
            step()
    assert letters_to(town, customer) == []
