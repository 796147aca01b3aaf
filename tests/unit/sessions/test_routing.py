from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given

from autodoctor.domain.sessions.routing import Routing, RoutingKind, WorkshopMissing
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.testing.consultations import MECHANIC, OPENED_AT, OTHER_MECHANIC, WORKSHOP
from autodoctor.testing.strategies.sessions import MECHANICS, routings

TICK = timedelta(microseconds=1)
MINUTE = timedelta(seconds=60)
ANOTHER_WORKSHOP = WorkshopId(UUID(int=9))

BROADCAST = Routing()
WORKSHOP_ONLY = Routing(RoutingKind.WORKSHOP_ONLY, WORKSHOP)
HYBRID = Routing(RoutingKind.HYBRID, WORKSHOP)


def sees(
    routing: Routing, after: timedelta, *, member_of: WorkshopId | None = None, chosen: bool = False
) -> bool:
    return routing.admits(
        OTHER_MECHANIC if chosen else MECHANIC,
        workshop_id=member_of,
        waiting_since=OPENED_AT,
        at=OPENED_AT + after,
    )


def choosing(routing: Routing) -> Routing:
    return Routing(routing.kind, routing.workshop_id, OTHER_MECHANIC)


def test_a_broadcast_is_seen_by_everybody_at_once() -> None:
    assert sees(BROADCAST, timedelta(0))
    assert sees(BROADCAST, timedelta(0), member_of=WORKSHOP)


@pytest.mark.parametrize("after", [timedelta(0), MINUTE, timedelta(minutes=14)])
def test_workshop_only_is_seen_by_its_members_alone_for_ever(after: timedelta) -> None:
    assert sees(WORKSHOP_ONLY, after, member_of=WORKSHOP)
    assert not sees(WORKSHOP_ONLY, after)
    assert not sees(WORKSHOP_ONLY, after, member_of=ANOTHER_WORKSHOP)


@pytest.mark.parametrize(
    ("after", "seen"),
    [(timedelta(0), False), (MINUTE - TICK, False), (MINUTE, True), (MINUTE + TICK, True)],
)
def test_hybrid_is_seen_by_members_at_once_and_by_all_after_a_minute(
    after: timedelta, seen: bool
) -> None:
    assert sees(HYBRID, after, member_of=WORKSHOP)
    assert sees(HYBRID, after) is seen
    assert sees(HYBRID, after, member_of=ANOTHER_WORKSHOP) is seen


@pytest.mark.parametrize("kind", [BROADCAST, WORKSHOP_ONLY, HYBRID])
def test_a_chosen_mechanic_sees_it_at_once_and_for_a_minute_alone(kind: Routing) -> None:
    routing = choosing(kind)

    for after in (timedelta(0), MINUTE - TICK):
        assert sees(routing, after, chosen=True)
        assert not sees(routing, after)
        assert not sees(routing, after, member_of=WORKSHOP)
    assert sees(routing, MINUTE, member_of=WORKSHOP)


def test_after_that_minute_it_is_routed_like_any_other() -> None:
    assert sees(choosing(BROADCAST), MINUTE)
    assert sees(choosing(HYBRID), MINUTE)
    assert not sees(choosing(WORKSHOP_ONLY), MINUTE)
    assert sees(choosing(WORKSHOP_ONLY), MINUTE, chosen=True)


@pytest.mark.parametrize("kind", [RoutingKind.WORKSHOP_ONLY, RoutingKind.HYBRID])
def test_a_workshop_has_to_be_named_where_one_is_preferred(kind: RoutingKind) -> None:
    with pytest.raises(WorkshopMissing) as refused:
        Routing(kind)

    assert refused.value.routing is kind


def test_more_begin_to_see_it_after_a_minute_or_never() -> None:
    assert BROADCAST.widens_at(waiting_since=OPENED_AT) is None
    assert WORKSHOP_ONLY.widens_at(waiting_since=OPENED_AT) is None
    for staged in (HYBRID, choosing(BROADCAST), choosing(WORKSHOP_ONLY), choosing(HYBRID)):
        assert staged.widens_at(waiting_since=OPENED_AT) == OPENED_AT + MINUTE


@given(routing=routings())
def test_who_once_sees_a_request_goes_on_seeing_it_and_only_widening_changes_that(
    routing: Routing,
) -> None:
    moments = (timedelta(0), MINUTE - TICK, MINUTE, timedelta(minutes=10))
    for mechanic in MECHANICS:
        for member_of in (None, WORKSHOP, ANOTHER_WORKSHOP):
            seen = [
                routing.admits(
                    mechanic,
                    workshop_id=member_of,
                    waiting_since=OPENED_AT,
                    at=OPENED_AT + after,
                )
                for after in moments
            ]

            assert seen == sorted(seen)
            assert seen[0] == seen[1]
            if routing.widens_at(waiting_since=OPENED_AT) is None:
                assert seen[1] == seen[2]
