"""Changing one's mail address."""

from datetime import timedelta

import pytest

from autodoctor.application.accounts.address import (
    AddressLinkInvalid,
    ask_address,
    confirm_address,
)
from autodoctor.application.accounts.password import PasswordWrong
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.accounts import EmailTaken
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, letters, link, logged_in, newcomer, present

NEW = "casey@new.example"


@pytest.fixture
def town() -> Town:
    town = memory_town()
    newcomer(town)
    return town


def ask(town: Town, email: str = NEW, password: str = PASSWORD) -> None:
    who = present(town.ports, logged_in(town))
    ask_address(town.ports, present=who, password=password, email=email)


def test_the_new_address_counts_once_its_link_was_opened_and_the_old_one_is_told(
    town: Town,
) -> None:
    ask(town)
    told = letters(town)[-1].subject
    assert logged_in(town)

    account = confirm_address(town.ports, token=link(town, NEW))

    assert told == "Somebody asked to change your email address"
    assert account.email.text == NEW
    assert account.verified
    assert letters(town)[-1].subject == "Your email address was changed"
    assert logged_in(town, email=NEW)


def test_a_link_works_once_for_a_day_and_only_the_newest(town: Town) -> None:
    ask(town)
    first = link(town, NEW)
    ask(town, "casey@other.example")
    second = link(town, "casey@other.example")

    with pytest.raises(AddressLinkInvalid):
        confirm_address(town.ports, token=first)
    confirm_address(town.ports, token=second)
    with pytest.raises(AddressLinkInvalid):
        confirm_address(town.ports, token=second)


def test_a_link_is_too_old_after_a_day(town: Town) -> None:
    ask(town)
    token = link(town, NEW)

    town.clock.advance(timedelta(days=1))

    with pytest.raises(AddressLinkInvalid):
        confirm_address(town.ports, token=token)


def test_asking_needs_the_password_and_another_address(town: Town) -> None:
    with pytest.raises(PasswordWrong):
        ask(town, password="wrong")
    with pytest.raises(InvalidField):
        ask(town, email=EMAIL)


def test_an_address_of_somebody_else_is_answered_alike_and_gets_no_link(town: Town) -> None:
    newcomer(town, email="dana@example.com")
    before = len(letters(town, "dana@example.com"))

    ask(town, "dana@example.com")

    assert len(letters(town, "dana@example.com")) == before


def test_whoever_was_quicker_keeps_the_address(town: Town) -> None:
    ask(town)
    token = link(town, NEW)
    newcomer(town, email=NEW)

    with pytest.raises(EmailTaken):
        confirm_address(town.ports, token=token)
