"""Money that comes twice, late, in any order or not at all ends in one session and one split;
every other cent goes back."""

from functools import partial
from itertools import permutations
from uuid import UUID

import pytest

from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.shared.ids import SessionId
from support.contest import at_once
from support.money import balances, count
from support.paying import (
    events_of,
    paid_page,
    request_of,
    resolved,
    session_of,
    waiting_session,
)
from support.people import Person, as_person, customer, mechanic
from support.running import Running
from support.stripe_events import about, deliver, lose_all
from support.waiting import until

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

COMPLETED, SUCCEEDED = "checkout.session.completed", "payment_intent.succeeded"
ORDERS = sorted(
    {
        order
        for length in range(1, 5)
        for order in permutations((COMPLETED, SUCCEEDED, COMPLETED, SUCCEEDED), length)
    }
)
PRICE, PLATFORM, MECHANIC = 999, 199, 800


def talk_and_end(running: Running, who: Person, session_id: SessionId) -> None:
    other = talk(running, who, session_id)
    end_session(running.here.ports, actor=other.actor, session_id=session_id)


def talk(running: Running, who: Person, session_id: SessionId) -> Person:
    """Matched, both there, a minute and a half on the clock; with whom."""
    ports = running.here.ports
    other = mechanic(ports)
    accept(ports, actor=other.actor, request_id=request_of(running, session_id))
    for each in (who, other):
        join(ports, actor=each.actor, session_id=session_id)
    ninety = "UPDATE sessions SET timer_used = interval '90 seconds' WHERE id = :id"
    running.sql(ninety, id=session_id)
    return other


TRIES = 10
"""A fault that is possible need not show at once; one that is not never does."""


def test_every_order_of_the_webhooks_makes_one_session_and_one_split(guarded: Running) -> None:
    lose_all(guarded)
    people = {order: customer(guarded.here.ports) for order in ORDERS}
    for order, who in people.items():
        events = about(guarded, paid_page(guarded, who))
        answers = [deliver(guarded, events[kind]).status_code for kind in order]
        assert set(answers) == {200}

    for order, who in people.items():
        session_id = until(f"a session after {order}", partial(session_of, guarded, who))
        talk_and_end(guarded, who, session_id)
        _check_one_split(guarded, who, session_id)


def test_a_payment_nobody_told_us_of_is_healed_by_asking(guarded: Running) -> None:
    lose_all(guarded)
    who = customer(guarded.here.ports)
    provider_id = paid_page(guarded, who)

    at_once([partial(resolve, guarded.here.ports, provider_id=provider_id)] * 8)

    assert count(guarded, "sessions", customer_id=who.id) == 1
    session_id = session_of(guarded, who)
    assert session_id is not None
    talk_and_end(guarded, who, session_id)
    _check_one_split(guarded, who, session_id)


def _check_one_split(running: Running, who: Person, session_id: SessionId) -> None:
    assert count(running, "sessions", customer_id=who.id) == 1
    assert count(running, "entries", session_id=session_id, kind="charge") == 1
    assert count(running, "entries", session_id=session_id, kind="split") == 1
    before_payout = {"processor": PRICE, "platform": -PLATFORM, "mechanic": -MECHANIC, "held": 0}
    assert balances(running, who.id) == before_payout


def test_twenty_checkouts_of_one_customer_make_one_session(guarded: Running) -> None:
    lose_all(guarded)
    who = customer(guarded.here.ports)
    pages = [paid_page(guarded, who) for _ in range(20)]

    at_once([partial(resolve, guarded.here.ports, provider_id=page) for page in pages])

    assert count(guarded, "sessions", customer_id=who.id) == 1
    assert count(guarded, "checkouts", customer_id=who.id, status="returned") == 19
    assert balances(guarded, who.id) == {"processor": PRICE, "held": -PRICE}
    until("nineteen refunds", partial(_refunded, guarded, who, 19))


def _refunded(running: Running, who: Person, times: int) -> bool:
    rows = running.sql(
        "SELECT count(*) AS n, sum(r.amount_minor) AS minor FROM refunds r "
        "JOIN checkouts c ON c.id = r.checkout_id WHERE c.customer_id = :id AND r.status = 'done'",
        id=who.id,
    )
    return bool(rows[0]["n"] == times and rows[0]["minor"] == times * PRICE)


def test_without_the_index_one_customer_gets_several_sessions(unguarded: Running) -> None:
    lose_all(unguarded)
    unguarded.sql("DROP INDEX IF EXISTS uq_sessions_one_per_customer")

    assert any(_several_sessions(unguarded) for _ in range(TRIES))


def _several_sessions(running: Running) -> bool:
    who = customer(running.here.ports)
    pages = [paid_page(running, who) for _ in range(20)]
    at_once([partial(resolved, running, page) for page in pages])
    return count(running, "sessions", customer_id=who.id) > 1


def test_twenty_equal_webhooks_at_once_are_one(guarded: Running) -> None:
    lose_all(guarded)
    who = customer(guarded.here.ports)
    event = about(guarded, paid_page(guarded, who))[COMPLETED]

    answers = at_once([partial(deliver, guarded, event)] * 20)

    assert {answer.status_code for answer in answers} == {200}
    assert count(guarded, "webhooks", id=event["id"]) == 1
    session_id = until("the session", partial(session_of, guarded, who))
    assert count(guarded, "sessions", customer_id=who.id) == 1
    assert count(guarded, "entries", session_id=session_id, kind="charge") == 1


def test_without_its_keys_one_payment_makes_several_sessions(unguarded: Running) -> None:
    """The webhook's own id, the checkout's lock and version, and three unique constraints
    stand in the way: with all of them gone, equal calls each make a session."""
    lose_all(unguarded)
    unguarded.sql("DROP INDEX IF EXISTS uq_sessions_one_per_customer")
    unguarded.sql("ALTER TABLE sessions DROP CONSTRAINT IF EXISTS uq_sessions_checkout_id")
    unguarded.sql("ALTER TABLE entries DROP CONSTRAINT IF EXISTS uq_entries_key")

    assert any(_sessions_of_one_payment(unguarded) > 1 for _ in range(TRIES))


def _sessions_of_one_payment(running: Running) -> int:
    who = customer(running.here.ports)
    provider_id = paid_page(running, who)
    at_once([partial(resolved, running, provider_id)] * 20)
    return count(running, "sessions", customer_id=who.id)


def test_twenty_ends_at_once_split_once(guarded: Running) -> None:
    who, session_id, tokens = _live(guarded)

    answers = at_once([partial(_end, guarded, token, session_id) for token in tokens * 10])

    assert set(answers) == {200}
    assert events_of(guarded, session_id).count("SessionCompleted") == 1
    _check_one_split(guarded, who, session_id)


def test_without_locks_and_versions_one_end_counts_several_times(unguarded: Running) -> None:
    """The ledger's key still keeps the split single: each guard is shown by itself."""
    assert any(_completed_twice(unguarded) for _ in range(TRIES))


def _completed_twice(running: Running) -> bool:
    _, session_id, tokens = _live(running)
    at_once([partial(_end, running, token, session_id) for token in tokens * 10])
    return events_of(running, session_id).count("SessionCompleted") > 1


def _live(running: Running) -> tuple[Person, SessionId, list[Person]]:
    who = customer(running.here.ports)
    session_id = waiting_session(running, who)
    return who, session_id, [who, talk(running, who, session_id)]


def _end(running: Running, who: Person, session_id: UUID) -> int:
    with as_person(running.url, who) as client:
        return client.post(f"/api/sessions/{session_id}/end").status_code
