"""Whoever is logged in guesses the password as little as anybody else, and delays nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from autodoctor.application.accounts.address import ask_address
from autodoctor.application.accounts.closing import close_account
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.guessing import FOR_LOGIN, TooManyWrongPasswords
from autodoctor.application.accounts.passkeys import remove_passkey
from autodoctor.application.accounts.password import PasswordWrong, change_password
from autodoctor.application.accounts.second_factor import new_recovery_codes, remove_app
from autodoctor.domain.shared.errors import Refusal
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import PASSWORD, logged_in, newcomer, present

WRONG: Final = "not the password"
OTHER: Final = "another fine password"
QUARTER: Final = FOR_LOGIN["quarter"]
Ask = Callable[[Town, str, str], object]


def _confirm(town: Town, token: str, password: str) -> object:
    return confirm(town.ports, present=present(town.ports, token), password=password)


def _change(town: Town, token: str, password: str) -> object:
    who = present(town.ports, token)
    return change_password(town.ports, present=who, old=password, new=OTHER)


def _move(town: Town, token: str, password: str) -> object:
    who = present(town.ports, token)
    return ask_address(town.ports, present=who, password=password, email="new@example.com")


def _close(town: Town, token: str, password: str) -> object:
    return close_account(town.ports, present=present(town.ports, token), password=password)


def _drop_app(town: Town, token: str, password: str) -> object:
    return remove_app(town.ports, present=present(town.ports, token), password=password)


def _drop_passkey(town: Town, token: str, password: str) -> object:
    who = present(town.ports, token)
    return remove_passkey(town.ports, present=who, passkey_id=UUID(int=1), password=password)


def _new_codes(town: Town, token: str, password: str) -> object:
    return new_recovery_codes(town.ports, present=present(town.ports, token), password=password)


ASKS: Final = (_confirm, _change, _move, _close, _drop_app, _drop_passkey, _new_codes)


@pytest.fixture
def town() -> Town:
    town = memory_town()
    newcomer(town)
    return town


def refused(ask: Ask, town: Town, token: str, password: str) -> type[Refusal] | None:
    try:
        ask(town, token, password)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("ask", ASKS)
def test_a_stolen_login_guesses_ten_times_wherever_it_is_asked(town: Town, ask: Ask) -> None:
    stolen = logged_in(town)

    told = [refused(ask, town, stolen, WRONG) for _ in range(QUARTER.most + 1)]

    assert told == [PasswordWrong] * QUARTER.most + [TooManyWrongPasswords]
    assert refused(ask, town, stolen, PASSWORD) is TooManyWrongPasswords


def test_all_that_ask_for_it_count_together(town: Town) -> None:
    stolen = logged_in(town)
    for number in range(QUARTER.most):
        assert refused(ASKS[number % len(ASKS)], town, stolen, WRONG) is PasswordWrong

    assert {refused(ask, town, stolen, WRONG) for ask in ASKS} == {TooManyWrongPasswords}


def test_the_owner_in_another_login_is_not_kept_waiting(town: Town) -> None:
    stolen, own = logged_in(town), logged_in(town)
    for _ in range(QUARTER.most + 1):
        refused(_confirm, town, stolen, WRONG)

    assert refused(_confirm, town, own, PASSWORD) is None
    assert logged_in(town), "nor is logging in"


def test_a_day_allows_fewer_than_its_quarters_would(town: Town) -> None:
    stolen, wrong = logged_in(town), 0
    while wrong < FOR_LOGIN["day"].most:
        assert refused(_confirm, town, stolen, WRONG) is PasswordWrong
        wrong += 1
        if wrong % QUARTER.most == 0:
            town.clock.advance(timedelta(minutes=15))

    assert refused(_confirm, town, stolen, WRONG) is TooManyWrongPasswords


def test_the_right_password_never_counts(town: Town) -> None:
    own = logged_in(town)

    told = [refused(_confirm, town, own, PASSWORD) for _ in range(3 * QUARTER.most)]

    assert set(told) == {None}
