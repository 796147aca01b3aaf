"""A key of a company: shown once, alive until something ends it, never more than its maker."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.corporate.api_key import (
    DAYS_MAX,
    MARK,
    SEEN_EVERY,
    ApiKey,
    Scope,
    Secret,
    make,
)
from autodoctor.domain.corporate.events import ApiKeyMade, ApiKeyRevoked
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, ApiKeyId, OrganizationId

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
KEY, COMPANY, MAKER = ApiKeyId(uuid4()), OrganizationId(uuid4()), AccountId(uuid4())
RANDOM = "a-random_text-of-256-bits_as-the-system-makes"


def a_key(*, scope: Scope = Scope.MANAGE, days: int | None = None, name: str = "Payroll") -> ApiKey:
    return make(
        key_id=KEY,
        organization_id=COMPANY,
        name=name,
        scope=scope,
        secret=Secret.of(RANDOM),
        secret_hash=b"hash",
        days=days,
        by=MAKER,
        at=AT,
    )[0]


def test_a_key_is_told_when_it_is_made_and_revoked() -> None:
    made, events = make(
        key_id=KEY,
        organization_id=COMPANY,
        name="  Payroll   export ",
        scope=Scope.READ,
        secret=Secret.of(RANDOM),
        secret_hash=b"hash",
        days=None,
        by=MAKER,
        at=AT,
    )
    revoked, told = made.revoke(at=AT)

    assert made == ApiKey(
        id=KEY,
        organization_id=COMPANY,
        name="Payroll export",
        scope=Scope.READ,
        prefix=Secret.of(RANDOM).prefix,
        secret_hash=b"hash",
        created_by=MAKER,
        created_at=AT,
    )
    assert events == (ApiKeyMade(KEY, COMPANY, "Payroll export"),)
    assert revoked.revoked_at == AT
    assert told == (ApiKeyRevoked(KEY, COMPANY),)
    assert revoked.revoke(at=AT + timedelta(days=1)) == (revoked, ())


@given(st.text(st.characters(codec="ascii", categories=("Ll", "Nd", "Pc")), min_size=32))
def test_what_names_a_key_is_no_part_of_its_secret(random: str) -> None:
    secret = Secret.of(random)
    mark, prefix, rest = secret.text.split("_", 2)

    assert (mark, prefix, rest) == (MARK, secret.prefix, random)
    assert secret.prefix.isalnum()
    assert secret.text not in repr(secret)


def test_a_key_does_not_show_its_hash() -> None:
    assert "hash" not in repr(a_key())


@pytest.mark.parametrize("days", [1, DAYS_MAX, None])
def test_a_key_lives_until_it_expires_or_is_revoked(days: int | None) -> None:
    key = a_key(days=days)
    end = AT + timedelta(days=days or 1)

    assert key.alive(at=end - timedelta(seconds=1))
    assert key.alive(at=end) == (days is None)
    assert not key.revoke(at=AT)[0].alive(at=AT)


@pytest.mark.parametrize("days", [0, -1, DAYS_MAX + 1])
def test_a_key_that_ends_before_it_begins_or_too_late_is_refused(days: int) -> None:
    with pytest.raises(InvalidField) as refused:
        a_key(days=days)

    reason = "From 1 to 3650 days, or none."
    assert refused.value.facts == {"field": "days", "reason": reason}


def test_a_key_has_a_name() -> None:
    with pytest.raises(InvalidField) as refused:
        a_key(name=" ")

    assert refused.value.field == "name"


@pytest.mark.parametrize("maker", Seat)
@pytest.mark.parametrize("scope", Scope)
def test_a_key_counts_for_no_more_than_its_scope_and_its_maker(scope: Scope, maker: Seat) -> None:
    seat = a_key(scope=scope).seat(maker)

    assert seat.rank == min(scope.seat.rank, maker.rank)
    assert seat is not Seat.OWNER


def test_its_use_is_written_down_once_a_minute() -> None:
    key = a_key()
    used = attrs.evolve(key, used_at=AT)

    assert key.worth_telling(at=AT)
    assert not used.worth_telling(at=AT + SEEN_EVERY - timedelta(seconds=1))
    assert used.worth_telling(at=AT + SEEN_EVERY)
