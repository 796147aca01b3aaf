"""A customer's home and photo: theirs to change, and read by those it is for."""

from io import BytesIO

import attrs
import pytest

from autodoctor.application.accounts.closing import close_account
from autodoctor.application.accounts.sign_in import held, open_login
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.garage.details import (
    change_customer,
    customer_profile,
    remove_customer_photo,
    set_customer_photo,
)
from autodoctor.application.operations.due import run_timers
from autodoctor.application.room.faces import face_of_other
from autodoctor.application.room.files import announce, upload
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.booking.intake import Place
from autodoctor.domain.garage.details import CustomerDetails, Home
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, PlanSlug
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session, memory_town
from support.applicants import SCAN

HOME = Home(street="1 King St W", city="Toronto", province="ON", country="CA")
FORM = IntakeForm(plan=PlanSlug("quick-chat"), concern="It squeals.", urgent=True)


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def casey(town: Town) -> Actor:
    return a_customer(town.ports)


def picture(town: Town, actor: Actor) -> FileId:
    announced = announce(
        town.ports,
        actor=actor,
        name="me.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    return upload(town.ports, actor=actor, file_id=announced.id, content=BytesIO(SCAN)).id


def test_what_is_not_told_stays(town: Town, casey: Actor) -> None:
    change_customer(town.ports, actor=casey, home=HOME, phone="+1 416 555 0123")
    changed = change_customer(town.ports, actor=casey, full_name="Casey Rider")

    assert changed.details.home == HOME
    assert (changed.account.name, changed.account.phone) == ("Casey Rider", "+1 416 555 0123")
    assert customer_profile(town.ports, actor=casey) == changed


def test_all_of_it_is_kept_or_nothing(town: Town, casey: Actor) -> None:
    before = customer_profile(town.ports, actor=casey)

    with pytest.raises(InvalidField):
        change_customer(town.ports, actor=casey, full_name="Casey Rider", home=Home(country="XX"))
    with pytest.raises(InvalidField):
        change_customer(town.ports, actor=casey, full_name="x", home=HOME)

    assert customer_profile(town.ports, actor=casey) == before


def test_a_booking_that_names_no_place_is_matched_by_home(town: Town, casey: Actor) -> None:
    change_customer(town.ports, actor=casey, home=HOME)
    away = attrs.evolve(FORM, place=Place("Berlin", "", "DE"))

    at_home = start_intake(town.ports, actor=casey, form=FORM)
    elsewhere = start_intake(town.ports, actor=casey, form=away)

    assert at_home.place == Place("Toronto", "ON", "CA")
    assert elsewhere.place == away.place
    assert start_intake(town.ports, actor=a_customer(town.ports), form=FORM).place == Place()


def test_a_photo_replaces_the_one_before_and_goes_when_it_is_removed(
    town: Town, casey: Actor
) -> None:
    first, second = picture(town, casey), picture(town, casey)

    for file_id in (first, first, second):
        set_customer_photo(town.ports, actor=casey, file_id=file_id)
    run_timers(town.ports)

    assert customer_profile(town.ports, actor=casey).details.photo_id == second
    with town.kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.files.get(first)
    for _ in range(2):
        remove_customer_photo(town.ports, actor=casey)
    run_timers(town.ports)
    with town.kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.files.get(second)


def test_a_photo_is_ones_own_and_uploaded(town: Town, casey: Actor) -> None:
    foreign = picture(town, a_customer(town.ports))
    announced = announce(
        town.ports,
        actor=casey,
        name="a.png",
        media_type="image/png",
        size_bytes=9,
        description="",
    )

    with pytest.raises(Missing):
        set_customer_photo(town.ports, actor=casey, file_id=foreign)
    with pytest.raises(InvalidField):
        set_customer_photo(town.ports, actor=casey, file_id=announced.id)


def test_those_of_a_session_see_each_other_and_nobody_else_does(town: Town, casey: Actor) -> None:
    morgan, stranger = a_mechanic(town.ports), a_mechanic(town.ports)
    photo = picture(town, casey)
    set_customer_photo(town.ports, actor=casey, file_id=photo)
    session = a_paid_session(town, casey)
    assert face_of_other(town.ports, actor=casey, session_id=session.id) is None
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None

    accept(town.ports, actor=morgan, request_id=request.id)

    assert face_of_other(town.ports, actor=morgan, session_id=session.id) == photo
    assert face_of_other(town.ports, actor=casey, session_id=session.id) is None
    for outside in (stranger, a_customer(town.ports)):
        with pytest.raises(Missing):
            face_of_other(town.ports, actor=outside, session_id=session.id)


def test_who_leaves_takes_home_and_photo_along(town: Town, casey: Actor) -> None:
    change_customer(town.ports, actor=casey, home=HOME)
    photo = picture(town, casey)
    set_customer_photo(town.ports, actor=casey, file_id=photo)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(casey.account_id)
        account = tx.accounts.save(
            attrs.evolve(account, password_hash=town.ports.passwords.hash("a fine password"))
        )
    login = open_login(town.ports, account, role=casey.role, address="", agent="")
    with town.kept(SYSTEM) as tx:
        present = held(town.ports, tx, token=login.token)

    close_account(town.ports, present=present, password="a fine password")
    run_timers(town.ports)

    with town.kept(SYSTEM) as tx:
        assert tx.customer_details.get(casey.customer_id) == CustomerDetails(id=casey.customer_id)
        with pytest.raises(Missing):
            tx.files.get(photo)
