"""The security log: added to, searched, bounded and forgotten, as it is kept."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.accounts.events import AccountBanned, PasswordChanged
from autodoctor.domain.operations.security_bounds import (
    BOUNDED,
    NETWORKS_MAX,
    PER_NETWORK_MAX,
)
from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
    Subject,
    of_account,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.security_log import KEPT, SecurityEntry, SecurityFilter
from autodoctor.ports.transactions import Transaction, Transactions
from support.scenery import AT, an_account

DAY = timedelta(days=1)


def an_origin(address: str = "192.0.2.7") -> Origin:
    return Origin(address, "Browser/1.0", uuid4().hex)


def an_event(**told: object) -> SecurityEvent:
    person = AccountId(uuid4())
    event = SecurityEvent(kind=SecurityKind.LOGGED_IN, at=AT, subject=of_account(person))
    return attrs.evolve(event.by(Actor(person, Role.CUSTOMER)), **told)  # type: ignore[arg-type]


def added(kept: Transactions, *events: SecurityEvent, origin: Origin) -> None:
    for event in events:
        with kept.from_origin(origin)(SYSTEM) as tx:
            tx.security.append(event)


def found(kept: Transactions, **asked: object) -> tuple[SecurityEntry, ...]:
    with kept(SYSTEM) as tx:
        return tx.security.search(SecurityFilter(most=2000, **asked))  # type: ignore[arg-type]


def test_an_entry_comes_back_with_the_origin_of_its_transaction(kept: Transactions) -> None:
    origin, event = an_origin(), an_event(detail="customer", outcome=SecurityOutcome.DONE)
    added(kept, event, origin=origin)

    (entry,) = found(kept, request_id=origin.request_id)

    assert entry.event == attrs.evolve(event, origin=origin)
    assert entry.times == 1


def test_what_nobody_is_known_for_is_kept_without_an_actor(kept: Transactions) -> None:
    origin = an_origin()
    event = SecurityEvent(kind=SecurityKind.API_KEY_REFUSED, at=AT, subject=Subject("unknown"))
    added(kept, event, origin=origin)

    (entry,) = found(kept, request_id=origin.request_id)

    assert entry.event == attrs.evolve(event, origin=origin)


def test_an_entry_goes_with_its_transaction(kept: Transactions) -> None:
    origin = an_origin()

    def fail(tx: Transaction) -> None:
        tx.security.append(an_event())
        raise RuntimeError("It did not happen.")

    with pytest.raises(RuntimeError), kept.from_origin(origin)(SYSTEM) as tx:
        fail(tx)

    assert found(kept, request_id=origin.request_id) == ()


def test_an_event_that_is_watched_is_an_entry_of_the_same_transaction(kept: Transactions) -> None:
    origin, banned = an_origin(), AccountId(uuid4())
    admin = Actor(AccountId(uuid4()), Role.ADMIN)
    with kept.from_origin(origin)(admin) as tx:
        tx.outbox.record(AccountBanned(banned, "Rude."), by=admin, at=AT)

    (entry,) = found(kept, request_id=origin.request_id)

    assert entry.event.kind is SecurityKind.ACCOUNT_BANNED
    assert entry.event.subject == of_account(banned)
    assert (entry.event.actor_id, entry.event.actor_role) == (admin.account_id, Role.ADMIN)


def test_a_watched_event_that_is_rolled_back_leaves_no_entry(kept: Transactions) -> None:
    origin, person = an_origin(), AccountId(uuid4())

    def fail(tx: Transaction) -> None:
        tx.outbox.record(PasswordChanged(person), by=SYSTEM, at=AT)
        raise RuntimeError("It did not happen.")

    with pytest.raises(RuntimeError), kept.from_origin(origin)(SYSTEM) as tx:
        fail(tx)

    assert found(kept, person=person) == ()


def test_each_filter_narrows_what_is_found(kept: Transactions) -> None:
    origin, other = an_origin("198.51.100.1"), an_origin("198.51.100.2")
    subject = Subject("file", uuid4())
    one = an_event(kind=SecurityKind.FILE_READ, subject=subject, at=AT)
    two = an_event(kind=SecurityKind.ROLES_CHANGED, at=AT + DAY, outcome=SecurityOutcome.REFUSED)
    added(kept, one, origin=origin)
    added(kept, two, origin=other)
    here = attrs.evolve(one, origin=origin)
    there = attrs.evolve(two, origin=other)

    def events(**asked: object) -> list[SecurityEvent]:
        return [entry.event for entry in found(kept, **asked)]

    assert events(kind=SecurityKind.FILE_READ) == [here]
    assert there in events(outcome=SecurityOutcome.REFUSED)
    assert here not in events(outcome=SecurityOutcome.REFUSED)
    assert events(person=one.actor_id) == [here]
    assert events(person=two.subject.id) == [there]
    assert events(subject=subject.id) == [here]
    assert events(address="198.51.100.1") == [here]
    assert events(request_id=other.request_id) == [there]
    assert there in events(since=AT + DAY)
    assert here not in events(since=AT + DAY)
    assert there not in events(until=AT + DAY)
    assert here in events(until=AT + DAY)


def test_an_entry_is_known_by_its_kind_actor_subject_and_address_since_a_moment(
    kept: Transactions,
) -> None:
    subject, here = Subject("session", uuid4()), an_origin("198.51.100.7")
    read = an_event(kind=SecurityKind.SESSION_READ, subject=subject)
    added(kept, read, origin=here)

    def known(since: datetime = AT, origin: Origin = here, **told: object) -> bool:
        with kept.from_origin(origin)(SYSTEM) as tx:
            return tx.security.knows(attrs.evolve(read, **told), since=since)  # type: ignore[arg-type]

    assert known()
    assert known(at=AT + DAY)
    assert known(origin=an_origin("198.51.100.7"))
    assert not known(since=AT + timedelta(seconds=1))
    assert not known(origin=an_origin("198.51.100.8"))
    assert not known(kind=SecurityKind.CHAT_READ)
    assert not known(actor_id=AccountId(uuid4()))
    assert not known(subject=Subject("session", uuid4()))
    assert not known(subject=Subject("intake", subject.id))
    assert not known(outcome=SecurityOutcome.REFUSED)


def test_pages_go_on_where_the_last_one_ended(kept: Transactions) -> None:
    person = AccountId(uuid4())
    events = [an_event(actor_id=person, detail=str(number)) for number in range(5)]
    added(kept, *events, origin=an_origin())

    def page(before: int | None) -> list[SecurityEntry]:
        which = SecurityFilter(person=person, before=before, most=2)
        with kept(SYSTEM) as tx:
            return list(tx.security.search(which))

    first = page(None)
    second = page(first[-1].number)
    third = page(second[-1].number)

    told = [[entry.event.detail for entry in each] for each in (first, second, third)]
    assert told == [["4", "3"], ["2", "1"], ["0"]]


def flood(kept: Transactions, count: int, address: str, **told: object) -> None:
    origin = Origin(address, "Flood/1.0", "f" * 32)
    with kept.from_origin(origin)(SYSTEM) as tx:
        for _ in range(count):
            tx.security.append(an_event(**told))


@pytest.mark.parametrize("kind", sorted(BOUNDED))
def test_what_one_network_can_have_recorded_in_a_minute_is_bounded_and_counted(
    kept: Transactions, kind: SecurityKind
) -> None:
    flood(kept, 500, f"203.0.113.{sorted(BOUNDED).index(kind)}", kind=kind)

    entries = found(kept, address=f"203.0.113.{sorted(BOUNDED).index(kind)}")

    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 500
    assert [entry.event.many for entry in entries] == [True] + [False] * PER_NETWORK_MAX
    assert entries[0].event.actor_id is None


def test_a_new_minute_has_entries_of_its_own(kept: Transactions) -> None:
    for minute in range(2):
        at = AT + timedelta(minutes=minute)
        flood(kept, 20, "203.0.113.100", kind=SecurityKind.LOGIN_FAILED, at=at)

    entries = found(kept, address="203.0.113.100")

    assert len(entries) == 2 * (PER_NETWORK_MAX + 1)
    assert sum(entry.times for entry in entries) == 40


def test_addresses_of_one_network_are_counted_together(kept: Transactions) -> None:
    for host in range(1, 31):
        flood(kept, 1, f"2001:db8:5::{host:x}", kind=SecurityKind.LOGIN_FAILED)

    entries = found(kept, address="2001:db8:5::/64")

    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 30


def test_many_networks_together_are_bounded_and_counted(kept: Transactions) -> None:
    at = AT + 40 * DAY
    for place in range(300):
        flood(kept, 2, f"10.9.{place // 250}.{place % 250}", kind=SecurityKind.LOGIN_FAILED, at=at)

    entries = found(kept, since=at, until=at + DAY)

    assert len(entries) == 2 * NETWORKS_MAX + 1
    assert sum(entry.times for entry in entries) == 600


def test_what_was_done_is_never_left_out(kept: Transactions) -> None:
    """The control: without the bound, each has its entry."""
    flood(kept, 100, "203.0.113.200", kind=SecurityKind.ROLES_CHANGED)

    assert len(found(kept, address="203.0.113.200")) == 100


def test_what_is_older_than_its_period_is_forgotten(kept: Transactions) -> None:
    now = datetime.now(UTC)
    old, young = now - KEPT - DAY, now - KEPT + DAY
    person = AccountId(uuid4())
    events = [an_event(at=at, actor_id=person) for at in (old, young)]
    added(kept, *events, origin=an_origin())
    flood(kept, 20, "203.0.113.201", kind=SecurityKind.LOGIN_FAILED, at=old)

    with kept(SYSTEM) as tx:
        forgotten = tx.security.forget(at=now, most=1000)

    assert forgotten == 1 + PER_NETWORK_MAX + 1
    assert [entry.event.at for entry in found(kept, person=person)] == [young]
    assert found(kept, address="203.0.113.201") == ()


def test_so_many_are_forgotten_at_once_and_no_more(kept: Transactions) -> None:
    now = datetime.now(UTC)
    old = [an_event(at=now - KEPT - DAY) for _ in range(3)]
    added(kept, *old, origin=an_origin())

    def forget() -> int:
        with kept(SYSTEM) as tx:
            return tx.security.forget(at=now, most=2)

    assert [forget(), forget(), forget()] == [2, 1, 0]


def test_people_are_named_as_they_are_called_now(kept: Transactions) -> None:
    actor, origin = an_account(kept), an_origin()
    with kept(SYSTEM) as tx:
        name = tx.accounts.get(actor.account_id).name
    stranger = an_event(subject=of_account(actor.account_id))
    added(kept, stranger, origin=origin)

    (entry,) = found(kept, request_id=origin.request_id)

    assert (entry.actor_name, entry.subject_name) == ("", name)
