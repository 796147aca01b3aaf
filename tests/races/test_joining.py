"""Many follow invitations to one place; two owners take each other's seat; two accept one code."""

from collections import Counter
from functools import partial
from uuid import uuid4

import attrs
import httpx
import pytest

from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, invite
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.bundle import Ports
from support.contest import at_once
from support.people import Person, as_person, mechanic
from support.running import Running
from support.workshops import logged_in, own, owner, with_seat

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

CONTENDERS = 8
ROUNDS = 15


def a_code(ports: Ports, boss: Actor, email: str) -> str:
    """As it would have come by mail."""
    code = uuid4().hex
    invitation, _ = invite(
        invitation_id=InvitationId(uuid4()),
        host=Host.WORKSHOP,
        host_id=own(boss),
        email=EmailAddress(email),
        place="mechanic",
        code_hash=digest(code),
        by=boss.account_id,
        at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.invitations.add(invitation)
    return code


def address_of(ports: Ports, who: Person) -> str:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.get(who.id).email.text


def join(running: Running, who: Person, code: str) -> str:
    with as_person(running.url, who) as client:
        return _told(client.post("/api/mechanic/workshop-signup", json={"code": code}))


def _told(answer: httpx.Response) -> str:
    if answer.is_success:
        return "in"
    return str(answer.json()["type"]).rsplit("/", 1)[-1]


def places_contested(running: Running) -> list[tuple[Counter[str], int]]:
    """For each round what everybody was told, and how many are in."""
    ports, rounds = running.here.ports, []
    people = [mechanic(ports, on_shift=False) for _ in range(CONTENDERS)]
    for _ in range(ROUNDS):
        boss = owner(ports, capacity=1)
        codes = [a_code(ports, boss, address_of(ports, who)) for who in people]
        told = at_once([partial(join, running, *each) for each in zip(people, codes, strict=True)])
        with ports.transactions(SYSTEM) as tx:
            rounds.append((Counter(told), tx.memberships.count(own(boss))))
            _go_home(ports, people)
    return rounds


def _go_home(ports: Ports, people: list[Person]) -> None:
    with ports.transactions(SYSTEM) as tx:
        for who in people:
            tx.memberships.remove(who.actor.mechanic_id)
            before = tx.mechanics.get(who.actor.mechanic_id, lock=True)
            tx.mechanics.save(attrs.evolve(before, workshop_id=None, workshop_approved=True))


def test_one_place_is_given_once_and_the_others_are_told(guarded: Running) -> None:
    expected = Counter({"in": 1, "capacity-full": CONTENDERS - 1})

    assert places_contested(guarded) == [(expected, 1)] * ROUNDS


def test_without_the_workshops_lock_a_place_is_given_twice(unguarded: Running) -> None:
    assert max(members for _, members in places_contested(unguarded)) > 1


def accepted_together(running: Running) -> Counter[str]:
    """What was told to two strangers who both open an account with one code."""
    ports, told = running.here.ports, Counter[str]()
    for _ in range(ROUNDS):
        boss, email = owner(ports), f"{uuid4().hex}@test.example"
        body = {
            "code": a_code(ports, boss, email),
            "email": email,
            "password": "a fine old password",
            "full_name": "Robin Torque",
            **dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True),
        }
        told += Counter(at_once([partial(_anew, running, body)] * 2))
    return told


def _anew(running: Running, body: dict[str, object]) -> str:
    with running.client() as client:
        return _told(client.post("/api/mechanic/workshop-signup", json=body))


def test_a_code_works_once(guarded: Running) -> None:
    told = accepted_together(guarded)

    assert told["in"] == ROUNDS
    assert told["log-in-to-join"] + told["invitation-used"] == ROUNDS


def owners_left(running: Running) -> list[int]:
    """For each round, after two owners have taken each other's seat at once."""
    ports, left = running.here.ports, []
    for _ in range(ROUNDS):
        first = owner(ports)
        second = with_seat(ports, first, Seat.OWNER)
        at_once([partial(_take, running, *each) for each in ((first, second), (second, first))])
        with ports.transactions(SYSTEM) as tx:
            staff = tx.accounts.of_workshop(own(first))
        left.append(sum(each.workshop_seat is Seat.OWNER for each in staff))
    return left


def _take(running: Running, who: Actor, whose: Actor) -> int:
    with as_person(running.url, logged_in(running.here.ports, who)) as client:
        return client.delete(f"/api/workshop/staff/{whose.account_id}").status_code


def test_two_owners_never_leave_a_workshop_without_one(guarded: Running) -> None:
    assert owners_left(guarded) == [1] * ROUNDS


def test_without_the_workshops_lock_nobody_is_left(unguarded: Running) -> None:
    assert 0 in owners_left(unguarded)
