from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.accounts.account import (
    Account,
    EmailUnverified,
    check_name,
    check_password,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import AccountNotActive, Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ADA = EmailAddress.parse("ada@example.com")
COMMON = frozenset({"password123", "qwertyuiop"})
ACCOUNT = Account(
    AccountId(UUID(int=1)), ADA, "Ada", "$argon2id$…", frozenset({Role.CUSTOMER}), NOW
)


def test_an_active_account_may_come_in() -> None:
    ACCOUNT.check_active(at=NOW)


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.BANNED])
def test_a_suspended_or_banned_one_may_not(standing: Standing) -> None:
    with pytest.raises(AccountNotActive) as refused:
        ACCOUNT.stand(standing, reason="Rude to a customer.").check_active(at=NOW)

    assert refused.value.standing is standing
    assert refused.value.reason == "Rude to a customer."
    assert refused.value.until is None


def test_a_suspension_with_an_end_is_over_by_itself() -> None:
    until = NOW + timedelta(days=7)
    suspended = ACCOUNT.stand(Standing.SUSPENDED, reason="Cooling down.", until=until)

    assert suspended.standing_at(until - timedelta(seconds=1)) is Standing.SUSPENDED
    assert suspended.standing_at(until) is Standing.ACTIVE
    suspended.check_active(at=until)
    with pytest.raises(AccountNotActive) as refused:
        suspended.check_active(at=until - timedelta(seconds=1))

    assert refused.value.until == until


def test_back_in_good_standing_there_is_neither_a_reason_nor_an_end() -> None:
    suspended = ACCOUNT.stand(Standing.SUSPENDED, reason="Cooling down.", until=NOW)

    assert suspended.stand(Standing.ACTIVE) == ACCOUNT


def test_a_ban_ends_at_no_time() -> None:
    banned = attrs.evolve(ACCOUNT.stand(Standing.BANNED, reason="Fraud."), suspended_until=NOW)

    assert banned.standing_at(NOW + timedelta(days=1)) is Standing.BANNED


def test_an_address_is_verified_once_and_keeps_its_first_time() -> None:
    verified = ACCOUNT.verify(at=NOW)

    verified.check_verified()
    assert verified.verified_at == NOW
    assert verified.verify(at=NOW + timedelta(days=1)) is verified


def test_an_unverified_account_is_told_to_confirm() -> None:
    with pytest.raises(EmailUnverified):
        ACCOUNT.check_verified()


def test_a_password_hash_is_not_shown_with_its_account() -> None:
    assert "argon2" not in repr(ACCOUNT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Jo", "Jo"), ("  Ada \t Byron\n", "Ada Byron"), ("x" * 120, "x" * 120), ("Zoé", "Zoé")],
)
def test_a_name_is_kept_with_single_spaces(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "A", "x" * 121, "A\x00B", "A\x1b[31m"])
def test_what_is_no_name_is_refused_under_its_fields_name(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_name(typed)
    with pytest.raises(InvalidField) as elsewhere:
        check_name(typed, field="company")

    assert (refused.value.field, elsewhere.value.field) == ("full_name", "company")
    assert refused.value.reason == "Enter a name of 2 to 120 characters."


LENGTH = "Use 10 to 128 characters."
EASY = "This password is too easy to guess; choose another."


@pytest.mark.parametrize("password", ["x" * 10, "x" * 128, "correct horse", "пароль пароль"])
def test_a_password_of_ten_to_128_characters_is_taken_as_it_is(password: str) -> None:
    assert check_password(password, common=COMMON, email=ADA) == password


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("x" * 9, LENGTH),
        ("x" * 129, LENGTH),
        ("", LENGTH),
        ("password123", EASY),
        ("PassWord123", EASY),
        ("ada@example.com", EASY),
        ("ADA@example.com", EASY),
        ("  Ada@Example.com ", EASY),
        ("ａｄａ@example.com", EASY),
        ("ada       ", EASY),
        ("p a s s w o r d 1 2 3", EASY),
        (" " * 10, EASY),
        ("\u00a0" * 10, EASY),
        ("\u200b" * 10, EASY),
        ("\t \n" * 10, EASY),
    ],
)
def test_one_too_short_too_long_or_easy_to_guess_is_refused(password: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_password(password, common=COMMON, email=ADA)

    assert refused.value.facts == {"field": "password", "reason": reason}


@pytest.mark.parametrize("password", ["casey.driver", "CASEY.driver", "casey.driver+cars"])
def test_what_stands_before_the_at_of_the_own_address_is_refused(password: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_password(password, common=COMMON, email=EmailAddress("casey.driver+cars@example.com"))

    assert refused.value.facts == {"field": "password", "reason": EASY}
    assert check_password(password, common=COMMON, email=ADA) == password


def test_spaces_and_case_stay_part_of_a_password_that_is_taken() -> None:
    typed = " Ada drives a blue car "

    assert check_password(typed, common=COMMON, email=ADA) == typed
