"""A job that fails waits by itself, is given up in the end, and delays no other."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.application.access.may import WrongRole
from autodoctor.application.operations.attempts import NEVER_ENDED, give_up_exhausted
from autodoctor.application.operations.due import run_timers
from autodoctor.application.operations.failed_jobs import JobNotRetryable, failed_jobs, retry_job
from autodoctor.domain.operations.retries import ATTEMPTS_MAX, LONGEST_WAIT, wait_after
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_paid_session, memory_town
from support.poison import (
    POISON,
    UNDELIVERABLE,
    BreakingMailer,
    a_mail,
    bad_timer,
    deliverable,
    good_timer,
    record,
    work_through,
)

ADMIN = Actor(SYSTEM.account_id, Role.ADMIN)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def town() -> Town:
    return a_town()


def a_town() -> Town:
    return memory_town(mailer=BreakingMailer())


def failed(town: Town) -> tuple[FailedJob, ...]:
    return failed_jobs(town.ports, actor=ADMIN)


def test_a_failed_job_is_listed_with_its_reason_and_tried_again_after_growing_waits(
    town: Town,
) -> None:
    job, began = bad_timer(town), town.clock.now()

    waits = []
    for _ in range(5):
        run_timers(town.ports)
        (found,) = failed(town)
        waits.append(found.next_attempt_at - town.clock.now())
        town.clock.advance(waits[-1])

    assert waits == [timedelta(seconds=seconds) for seconds in (3, 6, 12, 24, 48)]
    assert (found.job, found.attempts, found.failing_since) == (job, 5, began)
    assert found.reason == "Broken: ValueError."
    assert found.given_up_at is None


def test_it_is_given_up_after_its_attempts_and_not_tried_again(town: Town) -> None:
    bad_timer(town)

    for _ in range(ATTEMPTS_MAX):
        assert run_timers(town.ports) == 1
        town.clock.advance(LONGEST_WAIT)
    town.clock.advance(timedelta(days=30))

    assert run_timers(town.ports) == 0
    (found,) = failed(town)
    assert (found.attempts, found.given_up_at is not None) == (ATTEMPTS_MAX, True)
    assert town.ports.queries.jobs.given_up() == 1


def test_the_waits_double_up_to_the_longest() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 40)]

    assert waits[:3] == [timedelta(seconds=3), timedelta(seconds=6), timedelta(seconds=12)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_one_that_ends_its_process_each_time_is_given_up_too(town: Town) -> None:
    """Nobody was left to record why: only its claims were counted."""
    bad_timer(town)
    for _ in range(ATTEMPTS_MAX):
        with town.kept(SYSTEM) as tx:
            at = town.clock.now()
            assert tx.timers.claim(at=at, lease=at + MINUTE, most=1)
        town.clock.advance(MINUTE)

    assert run_timers(town.ports) == 0

    (found,) = failed(town)
    assert found.reason == NEVER_ENDED
    assert found.given_up_at == town.clock.now()


def test_one_that_succeeds_after_all_is_not_listed_any_more(town: Town) -> None:
    record(town, UNDELIVERABLE["refund"]())
    work_through(town.ports)
    (job,) = (each.job for each in failed(town))

    with town.kept(SYSTEM) as tx:
        tx.outbox.finish(job.subject_id, job.kind, at=town.clock.now())  # type: ignore[arg-type]

    assert failed(town) == ()


def test_one_that_is_set_anew_starts_again(town: Town) -> None:
    job = bad_timer(town)
    run_timers(town.ports)

    with town.kept(SYSTEM) as tx:
        tx.timers.set(job.kind, job.subject_id, due_at=town.clock.now())

    assert failed(town) == ()
    assert run_timers(town.ports) == 1
    assert [each.attempts for each in failed(town)] == [1]


def test_staff_retry_it_at_once_and_that_is_recorded(town: Town) -> None:
    job = bad_timer(town)
    for _ in range(ATTEMPTS_MAX):
        run_timers(town.ports)
        town.clock.advance(LONGEST_WAIT)

    retry_job(town.ports, actor=ADMIN, job=job)

    assert run_timers(town.ports) == 1
    assert [(each.attempts, each.given_up_at) for each in failed(town)] == [(1, None)]
    with town.kept(SYSTEM) as tx:
        (deed,) = tx.audit.of_subject(job.subject_id, most=9)
    assert (deed.action, deed.facts["failed_with"]) == ("retry failed job", "Broken: ValueError.")


def test_what_does_not_fail_is_not_retried(town: Town) -> None:
    job = good_timer(town)

    with pytest.raises(Missing):
        retry_job(town.ports, actor=ADMIN, job=job)


def test_a_mail_whose_secret_was_removed_is_not_retried(town: Town) -> None:
    job = a_mail(town, to=POISON, secret=True)
    for _ in range(200):
        work_through(town.ports)
        town.clock.advance(timedelta(hours=1))
    (found,) = failed(town)
    assert not found.retryable

    with pytest.raises(JobNotRetryable):
        retry_job(town.ports, actor=ADMIN, job=job)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.SYSTEM)])
def test_only_staff_see_and_retry_them(town: Town, role: Role) -> None:
    who = Actor(SYSTEM.account_id, role)

    with pytest.raises(WrongRole):
        failed_jobs(town.ports, actor=who)
    with pytest.raises(WrongRole):
        retry_job(town.ports, actor=who, job=bad_timer(town))


Poisoned = list[bool]
"""In the order they are due: whether each one fails."""

FILLS: dict[Queue, Callable[[Town, bool], object]] = {
    Queue.TIMER: lambda town, bad: bad_timer(town) if bad else good_timer(town),
    Queue.DELIVERY: lambda town, bad: record(
        town, UNDELIVERABLE["refund"]() if bad else deliverable()
    ),
    Queue.MAIL: lambda town, bad: a_mail(town, to=POISON if bad else "sam@test.example"),
    Queue.DEPARTURE: lambda town, bad: a_departure(town, bad=bad),
}


def a_departure(town: Town, *, bad: bool) -> None:
    """Of a session that is not there, or of one that waits."""
    session_id = SessionId(uuid4())
    if not bad:
        session_id = a_paid_session(town, a_customer(town.ports)).id
    with town.kept(SYSTEM) as tx:
        tx.presence.touch(session_id, Party.CUSTOMER, at=town.clock.now() - MINUTE)


def left_undone(town: Town) -> int:
    """Jobs that are due or were due, and that neither were done nor failed."""
    assert isinstance(town.kept, MemoryTransactions)
    tables = town.kept.tables
    open_deliveries = [each for each in tables.deliveries.values() if each.done_at is None]
    open_mails = [each for each in tables.mails.values() if each.sent_at is None]
    ours = [kind for kind, _ in tables.timers if kind in ("no_such_kind", "discard_file")]
    queued = len(open_deliveries) + len(open_mails) + len(ours) + len(tables.presence)
    return queued - len(failed(town))


def filled(queue: Queue, poisoned: Poisoned) -> Town:
    town = a_town()
    for bad in poisoned:
        FILLS[queue](town, bad)
        town.clock.advance(timedelta(milliseconds=1))
    return town


def one_round_does_the_rest(
    queue: Queue, poisoned: Poisoned, work: Callable[[Ports], None]
) -> None:
    town = filled(queue, poisoned)
    others = left_undone(town) - sum(poisoned)

    work(town.ports)

    assert left_undone(town) == 0, "every job was tried"
    assert [each.job.queue for each in failed(town)] == [queue] * sum(poisoned)
    assert others == len(poisoned) - sum(poisoned) + _of_sessions(queue, poisoned)


def _of_sessions(queue: Queue, poisoned: Poisoned) -> int:
    """The paid sessions behind departures come with deliveries of their own."""
    return 0 if queue is not Queue.DEPARTURE else _deliveries_of_a_session() * poisoned.count(False)


def _deliveries_of_a_session() -> int:
    town = a_town()
    a_departure(town, bad=False)
    return left_undone(town) - 1


SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("queue", [Queue.TIMER, Queue.DELIVERY, Queue.MAIL])
def test_any_subset_that_fails_delays_no_other_by_a_round(queue: Queue) -> None:
    @SETTINGS
    @given(st.lists(st.booleans(), max_size=70))
    def check(poisoned: Poisoned) -> None:
        one_round_does_the_rest(queue, poisoned, work_through)

    check()


@settings(SETTINGS, max_examples=6)
@given(st.lists(st.booleans(), max_size=4))
def test_any_subset_of_departures_that_fails_delays_no_other_by_a_round(
    poisoned: Poisoned,
) -> None:
    one_round_does_the_rest(Queue.DEPARTURE, poisoned, work_through)


def stopping_at_a_failure(ports: Ports) -> None:
    """A loop that claims a batch and lets what one job raises end it."""
    with ports.transactions(SYSTEM) as tx:
        at = ports.now()
        batch = tx.timers.claim(at=at, lease=at + MINUTE, most=50)
    for due in batch:
        if due.kind == "no_such_kind":
            with ports.transactions(SYSTEM) as tx:
                job = Job(Queue.TIMER, due.kind, due.subject_id)
                tx.jobs.put_off(job, at=at, until=at + MINUTE, reason="Broken.")
            return
        with ports.transactions(SYSTEM) as tx:
            tx.timers.done(due)


def test_a_loop_that_stops_at_a_failure_is_found_out() -> None:
    check = partial(one_round_does_the_rest, Queue.TIMER, work=stopping_at_a_failure)

    with pytest.raises(AssertionError, match="every job was tried"):
        check([True, False])


def test_nothing_is_given_up_that_has_attempts_left(town: Town) -> None:
    bad_timer(town)
    run_timers(town.ports)

    assert give_up_exhausted(town.ports, Queue.TIMER) == 0
