"""Signing up with an address that is not one's own, and coming after somebody who did."""

import pytest

from autodoctor.application.accounts.sign_in import CredentialsWrong, look
from autodoctor.application.accounts.sign_up import (
    SignUp,
    VerificationLinkInvalid,
    sign_up_customer,
    verify_email,
)
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, letters, link, logged_in, newcomer, present


@pytest.fixture
def town() -> Town:
    return memory_town()


def sign_up(town: Town, *, password: str, name: str) -> None:
    form = SignUp(email=EMAIL, password=password, full_name=name, consents=frozenset(REQUIRED))
    sign_up_customer(town.ports, form)


def test_whoever_was_there_before_the_owner_is_out(town: Town) -> None:
    sign_up(town, password="the password of an intruder", name="Intruder")
    first = link(town)
    inside = logged_in(town, password="the password of an intruder")

    sign_up(town, password=PASSWORD, name="Casey Driver")
    second = link(town)

    assert look(town.ports, token=inside) is None
    with pytest.raises(VerificationLinkInvalid):
        verify_email(town.ports, token=first)
    verify_email(town.ports, token=second)
    with pytest.raises(CredentialsWrong):
        logged_in(town, password="the password of an intruder")
    assert present(town.ports, logged_in(town)).account.name == "Casey Driver"


def test_a_confirmed_account_is_changed_by_nobody_who_signs_up(town: Town) -> None:
    newcomer(town)
    before = logged_in(town)

    sign_up(town, password="the password of an intruder", name="Intruder")

    assert look(town.ports, token=before) is not None
    assert present(town.ports, logged_in(town)).account.name == "Casey Driver"
    assert letters(town)[-1].subject == "You already have an account"
