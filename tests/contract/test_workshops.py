"""Workshops, the places in them, and their lists, as they are kept."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Role, Seat
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.vetting.application import ApplicationKind
from autodoctor.domain.workshops.membership import Membership, MembershipStatus
from autodoctor.domain.workshops.profile import Hours, Profile
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.queries import Queries
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from autodoctor.ports.workshop_queries import WorkshopFilter, WorkshopsShown
from support.postgres import Database
from support.scenery import AT, a_mechanic, a_session, new_account, new_workshop
from support.vetting import new_application

PROFILE = Profile(
    contact_name="Andie Axle",
    email="garage@test.example",
    phone="+1 416 555 0100",
    registration_number="BN 1",
    tax_id="RT 1",
    street="12 Queen Street West",
    postal_code="M5V 2T6",
    coverage=("M5V", "M6J"),
    radius_km=40,
    capacity=3,
    website="https://garage.example",
    description="Brakes and more.",
    hours=(Hours(0, time(8), time(17, 30)), Hours(5, time(9), time(12))),
    logo_key="logos/1.webp",
)


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return PostgresQueries(database.app)


def a_workshop(kept: Transactions, **changes: Any) -> Workshop:
    given = {"profile": PROFILE, "approved": True} | changes
    workshop = attrs.evolve(new_workshop(), **given)
    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
    return workshop


def a_place(kept: Transactions, workshop: Workshop, **changes: Any) -> Membership:
    mechanic_id = a_mechanic(kept).mechanic_id
    place = Membership(id=mechanic_id, workshop_id=workshop.id, asked_at=AT, **changes)
    with kept(SYSTEM) as tx:
        tx.memberships.add(place)
    return place


ACTIVE = {"status": MembershipStatus.ACTIVE, "admitted_at": AT}


def test_all_that_a_workshop_told_comes_back(kept: Transactions) -> None:
    workshop = a_workshop(kept, suspended_at=AT, suspension_reason="Complaints.")

    with kept(SYSTEM) as tx:
        assert tx.workshops.get(workshop.id) == workshop


def test_a_place_comes_back_and_nobody_has_two(kept: Transactions) -> None:
    place = a_place(kept, a_workshop(kept), areas=("M5V",), **ACTIVE)

    with kept(SYSTEM) as tx:
        assert tx.memberships.of_mechanic(place.id) == place
        assert tx.memberships.of_mechanic(MechanicId(uuid4())) is None
    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.memberships.add(attrs.evolve(place, areas=()))


def test_places_are_counted_until_they_are_given_up(kept: Transactions) -> None:
    workshop = a_workshop(kept)
    place, _other = a_place(kept, workshop), a_place(kept, workshop, **ACTIVE)

    with kept(SYSTEM) as tx:
        before = tx.memberships.count(workshop.id)
        tx.memberships.remove(place.id)
        tx.memberships.remove(place.id)
        after = tx.memberships.count(workshop.id)

    assert (before, after) == (2, 1)
    with kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.memberships.get(place.id)


def test_a_workshops_staff_are_found_by_name_with_their_seats(kept: Transactions) -> None:
    workshop = a_workshop(kept)
    own = {"workshop_id": workshop.id}
    zoe = attrs.evolve(new_account(Role.WORKSHOP), name="Zoe", workshop_seat=Seat.OWNER, **own)
    abe = attrs.evolve(new_account(Role.WORKSHOP), name="Abe", workshop_seat=Seat.VIEWER, **own)
    with kept(SYSTEM) as tx:
        for each in (zoe, abe, new_account(Role.WORKSHOP)):
            tx.accounts.add(each)

    with kept(SYSTEM) as tx:
        assert tx.accounts.of_workshop(workshop.id) == (abe, zoe)


def test_a_team_is_listed_with_what_it_did_for_the_workshop(
    kept: Transactions, queries: Queries
) -> None:
    workshop = a_workshop(kept)
    place = a_place(kept, workshop, areas=("M5V",), **ACTIVE)
    waiting = a_place(kept, workshop)
    a_place(kept, a_workshop(kept))
    done = a_session(kept, status=SessionStatus.COMPLETED, mechanic=place.id)
    own = attrs.evolve(done, workshop_id=workshop.id)
    elsewhere = a_session(kept, status=SessionStatus.COMPLETED, mechanic=place.id)
    with kept(SYSTEM) as tx:
        tx.sessions.add(own)
        tx.sessions.add(attrs.evolve(elsewhere, workshop_id=None))

    team = {each.mechanic_id: each for each in queries.workshops.team(workshop.id)}

    assert set(team) == {place.id, waiting.id}
    assert (team[place.id].sessions, team[place.id].areas) == (1, ("M5V",))
    assert (team[waiting.id].sessions, team[waiting.id].status) == (0, MembershipStatus.PENDING)


def test_figures_count_the_workshops_own_sessions(kept: Transactions, queries: Queries) -> None:
    workshop = a_workshop(kept)
    done = a_session(kept, status=SessionStatus.COMPLETED)
    live = a_session(kept, status=SessionStatus.LIVE)
    lost = a_session(kept, status=SessionStatus.EXPIRED)
    ended_at = done.ended_at
    assert ended_at is not None
    with kept(SYSTEM) as tx:
        for each in (done, live, lost):
            tx.sessions.add(attrs.evolve(each, workshop_id=workshop.id))

    later = ended_at + timedelta(seconds=1)
    found = queries.workshops.figures(workshop.id, today=later, week=ended_at, month=AT)
    nobody = queries.workshops.figures(WorkshopId(uuid4()), today=AT, week=AT, month=AT)

    assert attrs.astuple(found) == (1, 0, 1, 1)
    assert attrs.astuple(nobody) == (0, 0, 0, 0)


@pytest.fixture
def listed(queries: Queries) -> Callable[..., list[str]]:
    def names(**which: Any) -> list[str]:
        return [row.name for row in queries.workshops.listed(WorkshopFilter(**which)).rows]

    return names


def test_lists_are_searched_and_paged_and_say_how_many(
    kept: Transactions, queries: Queries, listed: Callable[..., list[str]]
) -> None:
    mark = uuid4().hex
    a_workshop(kept, name=f"A {mark}")
    a_workshop(kept, name=f"B {mark}", suspended_at=AT, suspension_reason="Why.")
    waits = a_workshop(kept, name=f"C {mark}", approved=False)
    draft = new_application(kept, kind=ApplicationKind.WORKSHOP, subject_id=waits.id)
    with kept(SYSTEM) as tx:
        tx.applications.add(draft)
        tx.applications.save(draft.submit(at=AT)[0])

    assert listed(text=mark.upper()) == [f"C {mark}", f"A {mark}", f"B {mark}"]
    assert listed(text=mark, shown=WorkshopsShown.APPLYING) == [f"C {mark}"]
    assert listed(text=mark, shown=WorkshopsShown.OPEN) == [f"A {mark}"]
    assert listed(text=mark, shown=WorkshopsShown.SUSPENDED) == [f"B {mark}"]
    assert listed(text=mark, shown=WorkshopsShown.REJECTED) == []
    assert listed(text=f"{mark}%") == []
    second = queries.workshops.listed(WorkshopFilter(text=mark, page=2, page_size=2))
    assert ([row.name for row in second.rows], second.total) == ([f"B {mark}"], 3)


def test_the_directory_shows_open_ones_and_whom_they_serve(
    kept: Transactions, queries: Queries
) -> None:
    mark = uuid4().hex
    one = a_workshop(kept, name=f"A {mark}")
    a_place(kept, one, **ACTIVE)
    a_place(kept, one)
    a_workshop(kept, name=f"B {mark}", approved=False)
    a_workshop(kept, name=f"C {mark}", suspended_at=AT, suspension_reason="Why.")
    find = queries.workshops.directory

    assert [(each.name, each.mechanics) for each in find(text=mark)] == [(one.name, 1)]
    assert [each.name for each in find(text=mark, prefix="M5V2T6")] == [one.name]
    assert [each.name for each in find(text=mark, prefix="M6")] == [one.name]
    assert find(text=mark, prefix="K1A") == ()
