"""Jobs that failed: counted when handed out, put off, given up, listed, and due again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue.events import RefundDone
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import RefundId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.jobs import FailedJob, Job, Queue
from autodoctor.ports.queries import Queries
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction, Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session

from .post import a_mail

LEASE, HOUR = timedelta(seconds=30), timedelta(hours=1)
LAPSED = timedelta(minutes=5)


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


def a_timer(kept: Transactions) -> Job:
    subject = uuid4()
    with kept(SYSTEM) as tx:
        tx.timers.set("archive", subject, due_at=AT)
    return Job(Queue.TIMER, "archive", subject)


def a_departure(kept: Transactions) -> Job:
    session = a_kept_session(kept)
    with kept(SYSTEM) as tx:
        tx.presence.touch(session.id, Party.CUSTOMER, at=AT - LAPSED)
    return Job(Queue.DEPARTURE, "customer", session.id)


def a_delivery(kept: Transactions) -> Job:
    session = a_kept_session(kept)
    done = RefundDone(session.id, session.customer_id, RefundId(uuid4()), Money(100))
    with kept(SYSTEM) as tx:
        tx.outbox.record(done, by=SYSTEM, at=AT)
    with kept(SYSTEM) as tx:
        (found,) = tx.outbox.of_session(session.id)
    return Job(Queue.DELIVERY, "notifications", found.id)


def a_queued_mail(kept: Transactions) -> Job:
    mail = a_mail(reference=str(uuid4()))
    with kept(SYSTEM) as tx:
        tx.mails.queue(mail, at=AT)
    return mail.job


MAKERS: dict[Queue, Callable[[Transactions], Job]] = {
    Queue.TIMER: a_timer,
    Queue.DEPARTURE: a_departure,
    Queue.DELIVERY: a_delivery,
    Queue.MAIL: a_queued_mail,
}


@pytest.fixture(params=list(Queue))
def job(request: pytest.FixtureRequest, kept: Transactions) -> Job:
    return MAKERS[request.param](kept)


def _handed(tx: Transaction, queue: Queue, at: datetime) -> Job | None:
    """The next of a queue that is due."""
    match queue:
        case Queue.TIMER:
            timers = tx.timers.claim(at=at, lease=at + LEASE, most=1)
            return Job(queue, timers[0].kind, timers[0].subject_id) if timers else None
        case Queue.DEPARTURE:
            lease = tx.presence.claim_lapsed(before=AT, at=at, lease=at + LEASE)
            return Job(queue, lease.party, lease.session_id) if lease else None
        case Queue.DELIVERY:
            due = tx.outbox.due(at=at, most=1)
            if not due:
                return None
            found = Job(queue, due[0][1], due[0][0])
            tx.jobs.begin(found, lease=at + LEASE)
            return found
        case Queue.MAIL:
            outgoing = tx.mails.claim(at=at, lease=at + LEASE)
            return outgoing.mail.job if outgoing else None


def handed_out(kept: Transactions, job: Job, *, after: timedelta = timedelta(0)) -> bool:
    """Whether it is among those that are due. Others of this module may be, too."""
    with kept(SYSTEM) as tx:
        while (found := _handed(tx, job.queue, AT + after)) is not None:
            if found == job:
                return True
    return False


def attempts(kept: Transactions, job: Job) -> int:
    with kept(SYSTEM) as tx:
        return tx.jobs.attempts(job)


def put_off(kept: Transactions, job: Job, *, until: timedelta) -> None:
    with kept(SYSTEM) as tx:
        tx.jobs.put_off(job, at=AT, until=AT + until, reason="Broken.")


def give_up(kept: Transactions, job: Job) -> None:
    with kept(SYSTEM) as tx:
        tx.jobs.give_up(job, at=AT, reason="Broken.")


def listed(queries: Queries, job: Job) -> list[FailedJob]:
    return [each for each in queries.jobs.failed(most=999) if each.job == job]


def test_each_time_it_is_handed_out_counts(kept: Transactions, job: Job) -> None:
    before = attempts(kept, job)
    handed_out(kept, job)
    first = attempts(kept, job)
    handed_out(kept, job, after=HOUR)

    assert (before, first, attempts(kept, job)) == (0, 1, 2)


def test_one_that_was_put_off_comes_up_then_and_not_before(kept: Transactions, job: Job) -> None:
    handed_out(kept, job)
    put_off(kept, job, until=HOUR)

    assert not handed_out(kept, job, after=HOUR - timedelta(microseconds=1))
    assert handed_out(kept, job, after=HOUR)


def test_one_that_was_given_up_never_comes_up(kept: Transactions, job: Job) -> None:
    handed_out(kept, job)
    give_up(kept, job)

    assert not handed_out(kept, job, after=timedelta(days=400))


def test_it_is_listed_with_its_reason_since_its_first_failure(
    kept: Transactions, queries: Queries, job: Job
) -> None:
    handed_out(kept, job)
    before = listed(queries, job)
    put_off(kept, job, until=HOUR)
    with kept(SYSTEM) as tx:
        tx.jobs.put_off(job, at=AT + HOUR, until=AT + 2 * HOUR, reason="Broken again.")

    (found,) = listed(queries, job)

    assert before == []
    assert found == queries.jobs.one(job)
    assert found.about == ("RefundDone" if job.queue is Queue.DELIVERY else "")
    assert (found.reason, found.failing_since, found.attempts) == ("Broken again.", AT, 1)
    assert (found.next_attempt_at, found.given_up_at) == (AT + 2 * HOUR, None)


def test_those_given_up_come_first_and_are_counted(
    kept: Transactions, queries: Queries, job: Job
) -> None:
    other = MAKERS[job.queue](kept)
    counted = queries.jobs.given_up()
    for each in (job, other):
        handed_out(kept, each)
    put_off(kept, other, until=HOUR)
    give_up(kept, job)

    ours = [each.job for each in queries.jobs.failed(most=999) if each.job in (job, other)]

    assert ours == [job, other]
    assert queries.jobs.given_up() - counted == (job.queue is not Queue.MAIL)


def test_retrying_makes_it_due_at_once_with_all_its_attempts(
    kept: Transactions, queries: Queries, job: Job
) -> None:
    handed_out(kept, job)
    give_up(kept, job)

    with kept(SYSTEM) as tx:
        tx.jobs.retry(job, at=AT)

    assert attempts(kept, job) == 0
    assert handed_out(kept, job)
    assert [each.given_up_at for each in listed(queries, job)] == [None]


def test_what_has_not_failed_cannot_be_retried(
    kept: Transactions, queries: Queries, job: Job
) -> None:
    with pytest.raises(Missing), kept(SYSTEM) as tx:
        tx.jobs.retry(job, at=AT)
    with pytest.raises(Missing):
        queries.jobs.one(job)


def test_used_up_attempts_are_given_up_with_what_was_recorded_last(
    kept: Transactions, queries: Queries, job: Job
) -> None:
    handed_out(kept, job)
    handed_out(kept, job, after=HOUR)

    with kept(SYSTEM) as tx:
        at = AT + 2 * HOUR
        tx.jobs.give_up_exhausted(job.queue, at=at, attempts_max=3, reason="Never ended.")
    spared = listed(queries, job)
    with kept(SYSTEM) as tx:
        tx.jobs.give_up_exhausted(job.queue, at=at, attempts_max=2, reason="Never ended.")

    assert spared == []
    (found,) = listed(queries, job)
    assert (found.reason, found.given_up_at) == ("Never ended.", at)


def test_a_timer_that_is_set_anew_has_not_failed(kept: Transactions, queries: Queries) -> None:
    job = a_timer(kept)
    handed_out(kept, job)
    give_up(kept, job)

    with kept(SYSTEM) as tx:
        tx.timers.set(job.kind, job.subject_id, due_at=AT)

    assert listed(queries, job) == []
    assert handed_out(kept, job)


def test_a_party_who_is_heard_of_again_has_not_failed_to_leave(
    kept: Transactions, queries: Queries
) -> None:
    job = a_departure(kept)
    handed_out(kept, job)
    give_up(kept, job)

    with kept(SYSTEM) as tx:
        tx.presence.touch(job.subject_id, Party.CUSTOMER, at=AT - LAPSED)  # type: ignore[arg-type]

    assert listed(queries, job) == []
    assert handed_out(kept, job)


def test_a_mail_that_was_sent_after_all_has_not_failed(
    kept: Transactions, queries: Queries
) -> None:
    job = a_queued_mail(kept)
    handed_out(kept, job)
    put_off(kept, job, until=HOUR)

    with kept(SYSTEM) as tx:
        tx.mails.sent(job.subject_id, at=AT)

    assert listed(queries, job) == []


def test_a_delivery_that_only_waits_counts_no_attempt(kept: Transactions) -> None:
    job = a_delivery(kept)
    with kept(SYSTEM) as tx:
        while (job.subject_id, job.kind) not in tx.outbox.due(at=AT, most=1):
            """Others of this module are due, too."""

    assert attempts(kept, job) == 0


def test_what_is_done_or_given_up_is_not_begun(kept: Transactions) -> None:
    done, over = a_delivery(kept), a_delivery(kept)
    with kept(SYSTEM) as tx:
        tx.outbox.finish(done.subject_id, done.kind, at=AT)  # type: ignore[arg-type]
        tx.jobs.give_up(over, at=AT, reason="Broken.")

    with kept(SYSTEM) as tx:
        assert not tx.jobs.begin(done, lease=AT + LEASE)
        assert not tx.jobs.begin(over, lease=AT + LEASE)
