"""Staying logged in, and being out."""

from datetime import timedelta

import pytest

from autodoctor.application.accounts.logins import end_login, end_other_logins, logins
from autodoctor.application.accounts.sign_in import LoginGone, authenticate, look, refresh
from autodoctor.domain.accounts.account import IDLE_LOGOUT
from autodoctor.domain.shared.actor import Role
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import logged_in, newcomer, present, with_role

PEOPLE = [role for role in Role if role is not Role.SYSTEM]


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_is_out_after_its_own_idle_time(town: Town, role: Role) -> None:
    with_role(town, role)
    token = logged_in(town, role=role)

    town.clock.advance(IDLE_LOGOUT[role] - timedelta(seconds=1))
    assert authenticate(town.ports, token=token) is not None
    town.clock.advance(IDLE_LOGOUT[role] - timedelta(seconds=1))
    assert authenticate(town.ports, token=token) is not None

    town.clock.advance(IDLE_LOGOUT[role])
    assert authenticate(town.ports, token=token) is None


def test_one_sees_ones_own_logins_and_which_is_this(town: Town) -> None:
    newcomer(town)
    newcomer(town, email="dana@example.com")
    first = logged_in(town)
    town.clock.advance(timedelta(minutes=5))
    here = present(town.ports, logged_in(town))
    logged_in(town, email="dana@example.com")

    mine = logins(town.ports, present=here)

    assert [login.address for login in mine] == ["192.0.2.7", "192.0.2.7"]
    assert mine[0].id == here.login.id
    assert mine[1].id == present(town.ports, first).login.id


def test_ending_one_ends_that_one(town: Town) -> None:
    newcomer(town)
    here, other, third = (logged_in(town) for _ in range(3))
    ended = present(town.ports, other).login.id

    end_login(town.ports, present=present(town.ports, here), login_id=ended)

    assert look(town.ports, token=other) is None
    assert look(town.ports, token=here)
    assert look(town.ports, token=third)
    assert any(told.kind == "logins" for told in town.kept.tables.live.values())


def test_ending_somebody_elses_is_refused_like_one_that_is_not(town: Town) -> None:
    newcomer(town)
    newcomer(town, email="dana@example.com")
    theirs = present(town.ports, logged_in(town, email="dana@example.com")).login.id

    with pytest.raises(Missing):
        end_login(town.ports, present=present(town.ports, logged_in(town)), login_id=theirs)


def test_ending_all_others_keeps_this_one(town: Town) -> None:
    newcomer(town)
    here, *others = (logged_in(town) for _ in range(3))

    end_other_logins(town.ports, present=present(town.ports, here))

    assert look(town.ports, token=here)
    assert [look(town.ports, token=each) for each in others] == [None, None]


def test_refreshing_rotates_the_token_of_the_same_login(town: Town) -> None:
    with_role(town, Role.MECHANIC)
    old = logged_in(town, role=Role.MECHANIC)
    before = present(town.ports, old).login

    new = refresh(town.ports, token=old).token

    assert look(town.ports, token=old) is None
    assert present(town.ports, new).login.id == before.id
    assert present(town.ports, new).login.created_at == before.created_at
    with pytest.raises(LoginGone):
        refresh(town.ports, token=old)
