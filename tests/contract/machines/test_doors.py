"""Applications, invitations and places in a team, lived through on both stores."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from hypothesis import settings

from autodoctor.application.workshops import inviting, places
from autodoctor.domain.accounts import invitation
from autodoctor.domain.vetting import application
from autodoctor.testing.ports import Town, memory_town, town_on
from support.doors import Doors
from support.machines import BOUNDED, holds, is_found_out
from support.postgres import Cluster

NewTown = Callable[[ExitStack], Town]


@pytest.fixture(params=["memory", "postgres"])
def new_town(request: pytest.FixtureRequest) -> NewTown:
    """An empty one for each life, closed with it."""
    if request.param == "memory":
        return lambda _closing: memory_town()
    cluster: Cluster = request.getfixturevalue("cluster")

    def on_postgres(closing: ExitStack) -> Town:
        database = closing.enter_context(cluster.database())
        return town_on(database.transactions, database.queries)

    return on_postgres


def doors_of(new_town: NewTown) -> type[Doors]:
    class KeptDoors(Doors):
        def town(self) -> Town:
            self.closing = ExitStack()
            return new_town(self.closing)

        def teardown(self) -> None:
            self.closing.close()

    return KeptDoors


def test_whoever_is_in_was_let_in(new_town: NewTown) -> None:
    holds(doors_of(new_town), settings(BOUNDED, max_examples=8, stateful_step_count=40))


def no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (inviting, places):
        monkeypatch.setattr(module, "check_room", lambda _tx, _workshop: None)


def any_step(monkeypatch: pytest.MonkeyPatch) -> None:
    states = list(application.ApplicationStatus)
    every = frozenset((a, b) for a in states for b in states)
    monkeypatch.setattr(application, "STEPS", every)


def anybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        invitation.Invitation, "status", lambda _self, *, at: invitation.InvitationStatus.PENDING
    )


@pytest.mark.parametrize("guard", [no_more_room, any_step, anybodys])
def test_a_guard_taken_away_is_found_out(
    guard: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(monkeypatch)

    is_found_out(Doors, "not refused by|more than fit|another way|used twice")
