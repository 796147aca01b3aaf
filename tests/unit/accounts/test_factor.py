"""The second factor: a code works once, a passkey counts its uses."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.accounts.factor import CodeWrong, Passkey, Totp, check_passkey_name
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
ACCOUNT = AccountId(UUID(int=1))
APP = Totp(ACCOUNT, "sealed", last_step=100)


def test_the_first_code_confirms_the_app_and_later_ones_keep_that_time() -> None:
    confirmed = APP.use(101, at=NOW)

    assert not APP.confirmed
    assert confirmed == attrs.evolve(APP, last_step=101, confirmed_at=NOW)
    assert confirmed.use(102, at=LATER) == attrs.evolve(confirmed, last_step=102)


@pytest.mark.parametrize("step", [None, 99, 100])
def test_a_code_that_fits_no_step_or_one_that_was_used_is_wrong(step: int | None) -> None:
    with pytest.raises(CodeWrong):
        APP.use(step, at=NOW)


def test_a_passkey_keeps_its_count_and_its_last_use() -> None:
    passkey = Passkey(UUID(int=2), ACCOUNT, b"credential", b"key", 4, "Phone", NOW)

    assert passkey.use(9, at=LATER) == attrs.evolve(passkey, sign_count=9, used_at=LATER)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  My \t phone\x00 ", "My phone"),
        ("", "Passkey"),
        (" \x00 ", "Passkey"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_passkey_has_a_name_whatever_is_typed(typed: str, kept: str) -> None:
    assert check_passkey_name(typed) == kept


@pytest.mark.parametrize("typed", ["x" * 61, "My\x07phone"])
def test_a_name_too_long_or_not_printable_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_passkey_name(typed)

    assert refused.value.facts == {"field": "name", "reason": "Up to 60 characters."}
