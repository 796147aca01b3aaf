"""What happens by itself, at its moment and not before, and again when something failed."""

from datetime import timedelta

import pytest

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.notifications.inbox import inbox, read_all
from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import Town, a_booking, a_customer, a_paid_session, deliver_all
from support.towns import Pair, completed, live, matched, now, told

TICK = timedelta(microseconds=1)


def rung(town: Town, after: timedelta) -> int:
    """How many timers were due so much later."""
    town.clock.advance(after)
    return run_timers(town.ports)


def keep_there(town: Town, pair: Pair, *, but: Actor | None = None) -> None:
    """As open streams do."""
    for party in (pair.customer, pair.mechanic):
        if party is not but:
            join(town.ports, actor=party, session_id=pair.session.id)


def status(town: Town, session: Session) -> SessionStatus:
    return now(town, session).status


def test_a_request_expires_at_its_moment_and_not_before(town: Town) -> None:
    session = a_paid_session(town, a_customer(town.ports))

    rung(town, timedelta(minutes=15) - TICK)
    before = status(town, session)
    rung(town, TICK)

    assert (before, status(town, session)) == (SessionStatus.WAITING, SessionStatus.EXPIRED)


def test_a_mechanic_who_does_not_come_is_replaced_ten_minutes_after_the_match(town: Town) -> None:
    pair = matched(town)

    rung(town, timedelta(minutes=10) - TICK)
    before = status(town, pair.session)
    rung(town, TICK)

    assert (before, status(town, pair.session)) == (SessionStatus.MATCHED, SessionStatus.WAITING)


def test_both_are_told_at_five_minutes_and_at_one_and_then_it_ends(town: Town) -> None:
    pair = live(town)
    warned = []
    for minutes in (55, 4, 1):
        rung(town, timedelta(minutes=minutes))
        warned.append(told(town, pair.customer.account_id).count("ending"))

    assert warned == [1, 2, 2]
    assert status(town, pair.session) is SessionStatus.COMPLETED
    assert now(town, pair.session).timer.used == timedelta(minutes=60)


def test_nobody_is_warned_of_a_clock_that_stands_still(town: Town) -> None:
    pair = live(town)
    town.clock.advance(timedelta(minutes=54))
    keep_there(town, pair)
    town.clock.advance(timedelta(seconds=21))
    keep_there(town, pair, but=pair.customer)
    assert lapse_leases(town.ports) == 1
    assert status(town, pair.session) is SessionStatus.RECONNECTING

    rung(town, timedelta(minutes=2))

    assert told(town, pair.mechanic.account_id).count("ending") == 0


def test_a_party_that_is_not_heard_of_for_twenty_seconds_has_left_when_it_was_last_heard_of(
    town: Town,
) -> None:
    pair = live(town)
    town.clock.advance(timedelta(minutes=2))
    keep_there(town, pair)

    town.clock.advance(timedelta(seconds=20))
    early = lapse_leases(town.ports)
    town.clock.advance(TICK)
    late = lapse_leases(town.ports)

    assert (early, late) == (0, 2)
    assert now(town, pair.session).timer.used == timedelta(minutes=2)


def test_who_does_not_come_back_in_five_minutes_has_ended_it(town: Town) -> None:
    pair = live(town)
    town.clock.advance(timedelta(minutes=2))
    keep_there(town, pair)
    town.clock.advance(timedelta(seconds=21))
    lapse_leases(town.ports)

    rung(town, timedelta(minutes=5))

    assert status(town, pair.session) is SessionStatus.COMPLETED


@pytest.mark.parametrize("days", [29, 30])
def test_a_completed_session_is_out_of_sight_after_thirty_days(town: Town, days: int) -> None:
    pair = completed(town)

    rung(town, timedelta(days=days))

    archived = status(town, pair.session) is SessionStatus.ARCHIVED
    assert archived == (days == 30)


def test_what_was_done_does_not_come_up_again(town: Town) -> None:
    a_paid_session(town, a_customer(town.ports))

    counts = [rung(town, timedelta(minutes=after)) for after in (15, 1, 20, 60)]

    assert counts == [1, 0, 1, 0], "the request's, and that of the paid checkout"


def test_what_is_refused_comes_up_again_and_keeps_nothing_else_waiting(town: Town) -> None:
    """A page cannot be closed while the provider is down; the request beside it expires."""
    other = a_customer(town.ports)
    intake = a_booking(town.ports, other)
    check_out(town.ports, actor=other, intake_id=intake.id)
    town.clock.advance(timedelta(minutes=20))
    session = a_paid_session(town, a_customer(town.ports))
    town.bank.go_down()

    rung(town, timedelta(minutes=15))
    assert status(town, session) is SessionStatus.EXPIRED
    town.bank.come_back()
    rung(town, timedelta(seconds=30))

    with town.kept(SYSTEM) as tx:
        assert tx.checkouts.open_of(intake.id) is None


def test_the_inbox_has_each_thing_once_and_forgets_what_is_over(town: Town) -> None:
    pair = matched(town)
    for _ in range(2):
        deliver_all(town)
    first = inbox(town.ports, actor=pair.customer)
    assert len({each.reference for each in first}) == len(first) > 0
    assert all(each.read_at is None for each in first)

    read_all(town.ports, actor=pair.customer)
    keep_there(town, pair)
    town.clock.advance(timedelta(minutes=2))
    end_session(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    deliver_all(town)

    later = inbox(town.ports, actor=pair.customer)
    assert later[0].read_at is None, "what is unread comes first"
    (ready,) = (each for each in first if each.title.endswith("is ready for you"))
    assert {each.id for each in first} - {ready.id} < {each.id for each in later}
    assert ready.id not in {each.id for each in later}
