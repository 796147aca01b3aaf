from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, LoginId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TICK = timedelta(microseconds=1)
IDLE_HOURS = {"admin": 2, "mechanic": 4, "workshop": 4, "corporate": 4, "customer": 8}


def login(role: str = "customer") -> Login:
    return Login(
        id=LoginId(UUID(int=1)),
        account_id=AccountId(UUID(int=2)),
        role=Role(role),
        token_hash=b"secret",
        created_at=NOW,
        seen_at=NOW,
    )


@pytest.mark.parametrize(("role", "hours"), IDLE_HOURS.items())
def test_an_idle_login_ends_after_its_roles_time(role: str, hours: int) -> None:
    idle = timedelta(hours=hours)

    assert login(role).alive(at=NOW + idle - TICK)
    assert not login(role).alive(at=NOW + idle)


def test_every_login_ends_after_thirty_days_however_busy() -> None:
    busy = attrs.evolve(login(), seen_at=NOW + timedelta(days=30))

    assert busy.alive(at=NOW + timedelta(days=30) - TICK)
    assert not busy.alive(at=NOW + timedelta(days=30))


def test_one_that_was_ended_is_over() -> None:
    assert not attrs.evolve(login(), ended_at=NOW).alive(at=NOW)


def test_its_last_use_is_kept_to_the_minute() -> None:
    fresh = login()

    assert fresh.seen(at=NOW + timedelta(minutes=1) - TICK) is fresh
    assert fresh.seen(at=NOW + timedelta(minutes=1)).seen_at == NOW + timedelta(minutes=1)


def test_its_token_is_not_shown() -> None:
    assert "secret" not in repr(login())
