from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import ConfirmFirst, Login, SecondFactorNotAsked, Stage
from autodoctor.domain.accounts.standing import Standing
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


HALF_WAY = [Stage.SECOND_FACTOR, Stage.SET_UP, Stage.AGREEMENTS]


@pytest.mark.parametrize("stage", HALF_WAY)
def test_one_that_is_half_way_ends_after_a_quarter_of_an_hour(stage: Stage) -> None:
    half_way = attrs.evolve(login(), stage=stage)

    assert half_way.alive(at=NOW + timedelta(minutes=15) - TICK)
    assert not half_way.alive(at=NOW + timedelta(minutes=15))


def test_one_that_was_ended_is_over_and_keeps_its_first_end() -> None:
    ended = login().end(at=NOW)

    assert not ended.alive(at=NOW)
    assert ended == attrs.evolve(login(), ended_at=NOW)
    assert ended.end(at=NOW + TICK) is ended


def test_a_step_further_it_has_a_new_token_and_begins_anew() -> None:
    later = NOW + timedelta(minutes=14)
    asked = attrs.evolve(login(), stage=Stage.SECOND_FACTOR, challenge=b"sign this")

    assert asked.go_on(Stage.COMPLETE, token_hash=b"another", at=later) == attrs.evolve(
        login(), token_hash=b"another", created_at=later, seen_at=later
    )


PERSON = Account(
    AccountId(UUID(int=2)),
    EmailAddress.parse("ada@example.com"),
    "Ada",
    "$argon2id$…",
    frozenset({Role.CUSTOMER}),
    NOW,
)


def test_it_is_good_while_its_person_is_in_good_standing_and_has_its_role() -> None:
    suspended = PERSON.stand(Standing.SUSPENDED, until=NOW + timedelta(hours=1))

    assert login().good(PERSON, at=NOW)
    assert not login("mechanic").good(PERSON, at=NOW)
    assert not login().good(PERSON, at=NOW + timedelta(hours=8))
    assert not login().good(suspended, at=NOW)
    assert login().good(suspended, at=NOW + timedelta(hours=1))


def test_who_has_confirmed_that_it_is_them_has_ten_minutes() -> None:
    confirmed = attrs.evolve(login(), confirmed_at=NOW)

    confirmed.check_confirmed(at=NOW + timedelta(minutes=10) - TICK)
    with pytest.raises(ConfirmFirst):
        confirmed.check_confirmed(at=NOW + timedelta(minutes=10))
    with pytest.raises(ConfirmFirst):
        login().check_confirmed(at=NOW)


def test_who_has_to_set_up_a_factor_has_just_shown_who_they_are() -> None:
    attrs.evolve(login(), stage=Stage.SET_UP).check_confirmed(at=NOW)


def test_its_last_use_is_kept_to_the_minute() -> None:
    fresh = login()

    assert fresh.seen(at=NOW + timedelta(minutes=1) - TICK) is fresh
    assert fresh.seen(at=NOW + timedelta(minutes=1)).seen_at == NOW + timedelta(minutes=1)


def test_its_token_is_not_shown() -> None:
    assert "secret" not in repr(login())


@pytest.mark.parametrize("stage", Stage)
def test_a_second_factor_is_asked_for_at_one_stage_alone(stage: Stage) -> None:
    at_stage = attrs.evolve(login(), stage=stage)

    if stage is Stage.SECOND_FACTOR:
        at_stage.check_asks_factor()
        return
    with pytest.raises(SecondFactorNotAsked):
        at_stage.check_asks_factor()
