"""What strangers can make us record is bounded, and nothing of it goes uncounted."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.operations.security_bounds import (
    BOUNDED,
    NETWORKS,
    NETWORKS_MAX,
    OTHERS,
    PER_NETWORK_MAX,
    admitted,
    counted_as,
    minute_of,
    times,
)
from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind, Subject
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, ApiKeyId
from autodoctor.domain.shared.origin import Origin
from support.scenery import AT


class Minute:
    """The counts of a kind in one minute."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def more(self, name: str, /) -> int | None:
        return self.add(name) if name in self.counts else None

    def add(self, name: str, /) -> int:
        self.counts[name] += 1
        return self.counts[name]


def failed(address: str, kind: SecurityKind = SecurityKind.LOGIN_FAILED) -> SecurityEvent:
    someone = Actor(AccountId(uuid4()), Role.CUSTOMER, key_id=ApiKeyId(uuid4()))
    origin = Origin(address=address, agent="curl", request_id="r-1")
    about = Subject("account", uuid4())
    return SecurityEvent(kind=kind, at=AT, subject=about, detail="wrong", origin=origin).by(someone)


def an_address(number: int) -> str:
    return f"10.0.{number // 250}.{number % 250}"


def test_the_first_of_a_network_are_kept_as_they_are() -> None:
    minute, tries = Minute(), [failed("192.0.2.1") for _ in range(PER_NETWORK_MAX)]

    assert [admitted(each, minute) for each in tries] == tries
    assert all(times(each, 5) == 1 for each in tries)


def test_one_entry_stands_for_all_others_of_the_network() -> None:
    minute = Minute()
    for _ in range(PER_NETWORK_MAX):
        admitted(failed("192.0.2.1"), minute)
    beyond = failed("192.0.2.1")

    standing = admitted(beyond, minute)

    assert standing == SecurityEvent(
        kind=beyond.kind, at=AT, origin=Origin(address="192.0.2.1"), many=True
    )
    assert [admitted(beyond, minute) for _ in range(3)] == [None, None, None]
    assert counted_as(standing) == "192.0.2.1"
    assert times(standing, minute.counts["192.0.2.1"]) == 4


def test_a_household_counts_as_one_network() -> None:
    minute = Minute()
    for number in range(PER_NETWORK_MAX):
        admitted(failed(f"2001:db8::{number + 1:x}"), minute)

    standing = admitted(failed("2001:db8::ffff"), minute)

    assert standing is not None
    assert (standing.many, standing.origin.address) == (True, "2001:db8::/64")


def test_beyond_so_many_networks_one_entry_stands_for_all_others() -> None:
    minute = Minute()
    first = [admitted(failed(an_address(n)), minute) for n in range(NETWORKS_MAX)]
    assert all(each is not None and not each.many for each in first)

    standing = admitted(failed(an_address(NETWORKS_MAX)), minute)

    assert standing == SecurityEvent(
        kind=SecurityKind.LOGIN_FAILED, at=AT, detail=OTHERS, many=True
    )
    more = range(NETWORKS_MAX + 1, NETWORKS_MAX + 6)
    assert [admitted(failed(an_address(n)), minute) for n in more] == [None] * 5
    assert counted_as(standing) == OTHERS
    assert times(standing, minute.counts[OTHERS]) == 6
    assert minute.counts[NETWORKS] == NETWORKS_MAX + 6


def test_a_network_that_was_there_before_the_flood_is_still_seen() -> None:
    minute = Minute()
    for number in range(NETWORKS_MAX + 5):
        admitted(failed(an_address(number)), minute)
    known = failed(an_address(0))

    assert admitted(known, minute) == known


@pytest.mark.parametrize("kind", sorted(set(SecurityKind) - BOUNDED))
def test_what_was_done_is_always_kept(kind: SecurityKind) -> None:
    minute, done = Minute(), failed("192.0.2.1", kind)

    assert [admitted(done, minute) for _ in range(PER_NETWORK_MAX + 5)] == [done] * (
        PER_NETWORK_MAX + 5
    )
    assert not minute.counts


def test_a_minute_begins_with_its_first_second() -> None:
    late = AT.replace(hour=9, minute=41, second=59, microsecond=999_999)

    assert minute_of(late) == late - timedelta(seconds=59, microseconds=999_999)
    assert attrs.evolve(failed(""), at=minute_of(late)).at.minute == 41
