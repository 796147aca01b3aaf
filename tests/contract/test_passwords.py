"""Hashing passwords: with argon2 at its cheapest, and the quick one that tests use."""

import pytest
from argon2 import PasswordHasher

from autodoctor.adapters.argon2.passwords import CHEAPEST, Argon2Passwords
from autodoctor.adapters.memory.passwords import QuickPasswords
from autodoctor.domain.accounts.account import PASSWORD_LENGTH_MIN, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.accounts import Passwords

STRONGER = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)


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


CASEY = EmailAddress("casey@example.com")


def test_everybody_with_one_address_is_found_by_one_hash(passwords: Passwords) -> None:
    kept = [passwords.hashes_for(CASEY, each)[0] for each in ("the first one", "the second one")]

    assert passwords.hashes_for(CASEY, "the first one") == (kept[0],)
    assert passwords.hashes_for(CASEY, "the second one") == (kept[1],)
    assert passwords.hashes_for(CASEY, "the third one")[0] not in kept
    assert passwords.matches(kept[0], "the first one")
    assert not passwords.matches(kept[0], "the second one")


def test_who_signs_up_beside_an_owner_is_found_with_them(passwords: Passwords) -> None:
    owner = passwords.hash("the owner's own")
    other = passwords.hashes_for(CASEY, "somebody else's", beside=owner)[0]
    renewed = passwords.hash_for(CASEY, "the owner's new one", beside=owner)

    assert passwords.hashes_for(CASEY, "the owner's own", beside=owner) == (owner,)
    assert passwords.hashes_for(CASEY, "somebody else's", beside=owner) == (other,)
    assert passwords.hashes_for(CASEY, "somebody else's", beside=renewed) == (other,)
    assert passwords.hashes_for(CASEY, "the owner's new one", beside=renewed) == (renewed,)
    assert passwords.matches(renewed, "the owner's new one")


@pytest.mark.parametrize("beside", ["", "!", "rubbish", "$argon2id$v=19$m=8,t=1,p=1$?$?"])
def test_without_a_hash_beside_it_the_salt_is_the_address(
    passwords: Passwords, beside: str
) -> None:
    of_address = passwords.hashes_for(CASEY, "a fine password")

    assert passwords.hashes_for(CASEY, "a fine password", beside=beside) == of_address
    assert passwords.hash_for(CASEY, "a fine password", beside=beside) == of_address[0]


def test_what_is_typed_otherwise_is_looked_for_both_ways(passwords: Passwords) -> None:
    composed, decomposed = "café au lait 7", "cafe\u0301 au lait 7"

    both = passwords.hashes_for(CASEY, decomposed)

    assert (
        both[0] == passwords.hashes_for(CASEY, composed)[0] == passwords.hash_for(CASEY, composed)
    )
    assert len(set(both)) == 2
    assert len(passwords.hashes_for(CASEY, composed)) == 1


def test_other_addresses_and_other_installations_have_other_salts() -> None:
    here, there = (Argon2Passwords(CHEAPEST, salt_key=key) for key in ("here", "there"))
    again = Argon2Passwords(CHEAPEST, salt_key="here")
    drew = EmailAddress("drew@example.com")

    of_casey = here.hash_for(CASEY, "a fine password")

    assert of_casey == again.hash_for(CASEY, "a fine password")
    assert of_casey != here.hash_for(drew, "a fine password")
    assert of_casey != there.hash_for(CASEY, "a fine password")


def test_a_sign_up_is_found_after_the_key_was_changed_as_long_as_the_old_one_is_given() -> None:
    """And the work is the same beside an owner: how many keys there are depends on nobody."""
    before = Argon2Passwords(CHEAPEST, salt_key="old")
    during = Argon2Passwords(CHEAPEST, salt_key="new", old_salt_keys=("old",))
    after = Argon2Passwords(CHEAPEST, salt_key="new")
    kept = before.hash_for(CASEY, "a fine password")
    owner = before.hash("the owner's own")

    assert kept in during.hashes_for(CASEY, "a fine password")
    newest = during.hashes_for(CASEY, "a fine password")[0]
    assert newest == after.hash_for(CASEY, "a fine password")
    assert kept not in after.hashes_for(CASEY, "a fine password")
    assert len(during.hashes_for(CASEY, "a fine password", beside=owner)) == 2


def test_an_owner_of_before_is_found_as_they_were_hashed_and_renewed_at_todays_strength() -> None:
    """So is whoever signs up with their address: one hash is enough for both."""
    before, today = Argon2Passwords(CHEAPEST), Argon2Passwords(STRONGER)
    owner = before.hash("a fine password")
    other = today.hashes_for(CASEY, "somebody else's", beside=owner)[0]

    assert today.hashes_for(CASEY, "a fine password", beside=owner) == (owner,)
    assert today.hashes_for(CASEY, "somebody else's", beside=owner) == (other,)
    assert not STRONGER.check_needs_rehash(today.hash_for(CASEY, "an even finer one", beside=owner))


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
