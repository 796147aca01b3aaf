"""Hashing passwords: with argon2 at its cheapest, and the quick one that tests use."""

import pytest

from autodoctor.adapters.argon2.passwords import CHEAPEST, Argon2Passwords
from autodoctor.adapters.memory.passwords import QuickPasswords
from autodoctor.domain.accounts.account import PASSWORD_LENGTH_MIN, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.accounts import Passwords


@pytest.fixture(params=["argon2", "memory"])
def passwords(request: pytest.FixtureRequest) -> Passwords:
    return Argon2Passwords(CHEAPEST) if request.param == "argon2" else QuickPasswords()


def test_the_password_that_was_hashed_matches_and_no_other(passwords: Passwords) -> None:
    hashed = passwords.hash("grüße aus Québec 7")

    assert passwords.matches(hashed, "grüße aus Québec 7")
    assert not passwords.matches(hashed, "grüße aus Québec 8")
    assert not passwords.matches(hashed, "")


def test_without_a_hash_nothing_matches(passwords: Passwords) -> None:
    assert not passwords.matches(None, "")
    assert not passwords.matches(None, "there is nobody with this password")


def test_what_is_no_hash_matches_nothing(passwords: Passwords) -> None:
    assert not passwords.matches("rubbish", "rubbish")


def test_a_hash_does_not_hold_the_password(passwords: Passwords) -> None:
    assert "grinding noise" not in passwords.hash("grinding noise")


def test_common_passwords_are_in_lower_case(passwords: Passwords) -> None:
    assert passwords.common
    assert all(password == password.lower() for password in passwords.common)


def test_a_password_is_the_same_however_its_characters_are_typed(passwords: Passwords) -> None:
    composed, decomposed = "café au lait 7", "cafe\u0301 au lait 7"

    assert passwords.matches(passwords.hash(composed), decomposed)
    assert passwords.matches(passwords.hash(decomposed), composed)
    assert passwords.matches(passwords.hash("pass１２３４ word"), "pass1234 word")


def test_a_hash_of_before_matches_what_was_typed_then() -> None:
    typed = "cafe\u0301 au lait 7"
    older = CHEAPEST.hash(typed)

    assert Argon2Passwords(CHEAPEST).matches(older, typed)
    assert not Argon2Passwords(CHEAPEST).matches(older, "another password 7")


@pytest.mark.parametrize("password", ["qwertyuiop", "1q2w3e4r5t", "usuckballz1", "password123"])
def test_the_most_common_ones_of_a_published_list_are_known(password: str) -> None:
    assert password in Argon2Passwords(CHEAPEST).common


def test_thousands_that_fit_the_length_are_refused() -> None:
    known = Argon2Passwords(CHEAPEST).common
    email = EmailAddress("casey@example.com")

    assert len(known) >= 5000
    assert all(len(password) >= PASSWORD_LENGTH_MIN for password in known)
    assert not any(password.startswith("#") for password in known)
    for password in ("Qwertyuiop", "ｑｗｅｒｔｙｕｉｏｐ"):
        with pytest.raises(InvalidField):
            check_password(password, common=known, email=email)
    assert check_password("a squeal when braking", common=known, email=email)
