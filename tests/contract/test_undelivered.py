"""Mail that does not go out: put off, given up, and told to staff."""

from datetime import timedelta
from uuid import uuid4

import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import Mail, Outgoing
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT

from .post import a_mail

LEASE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


@pytest.fixture
def mail(kept: Transactions) -> Mail:
    mail = a_mail(reference=str(uuid4()))
    with kept(SYSTEM) as tx:
        tx.mails.queue(mail, at=AT)
    return mail


def claimed(kept: Transactions, mail: Mail, *, after: timedelta = timedelta(0)) -> Outgoing | None:
    """Others of this module may be due, too."""
    with kept(SYSTEM) as tx:
        while (found := tx.mails.claim(at=AT + after, lease=AT + after + LEASE)) is not None:
            if found.mail == mail:
                return found
    return None


def test_attempts_are_counted_when_they_begin(kept: Transactions, mail: Mail) -> None:
    first, second = claimed(kept, mail), claimed(kept, mail, after=LEASE)

    assert first == Outgoing(mail=mail, queued_at=AT, attempts=1)
    assert second == Outgoing(mail=mail, queued_at=AT, attempts=2)


def test_what_was_put_off_comes_up_then_and_not_before(kept: Transactions, mail: Mail) -> None:
    claimed(kept, mail)
    with kept(SYSTEM) as tx:
        tx.jobs.put_off(mail.job, at=AT, until=AT + HOUR, reason="451 later")

    assert claimed(kept, mail, after=HOUR - timedelta(microseconds=1)) is None
    assert claimed(kept, mail, after=HOUR) is not None


def test_what_was_given_up_never_comes_up_again(kept: Transactions, mail: Mail) -> None:
    claimed(kept, mail)
    with kept(SYSTEM) as tx:
        tx.jobs.give_up(mail.job, at=AT, reason="550 nobody here")

    assert claimed(kept, mail, after=timedelta(days=400)) is None
    with kept(SYSTEM) as tx:
        assert not tx.mails.queue(mail, at=AT + HOUR)


def test_staff_see_what_is_in_trouble_and_why(
    kept: Transactions, queries: Queries, mail: Mail
) -> None:
    claimed(kept, mail)
    before = queries.mails.given_up()
    with kept(SYSTEM) as tx:
        tx.jobs.put_off(mail.job, at=AT, until=AT + HOUR, reason="451 later")

    (waiting,) = (v for v in queries.mails.troubled(most=99) if v.id == mail.id)
    with kept(SYSTEM) as tx:
        tx.jobs.give_up(mail.job, at=AT + HOUR, reason="550 nobody here")
    (given_up,) = (v for v in queries.mails.troubled(most=99) if v.id == mail.id)

    assert (waiting.recipient, waiting.subject) == (mail.recipient, mail.subject)
    assert (waiting.last_error, waiting.due_at, waiting.given_up_at) == (
        "451 later",
        AT + HOUR,
        None,
    )
    assert (given_up.last_error, given_up.given_up_at) == ("550 nobody here", AT + HOUR)
    assert queries.mails.given_up() == before + 1


def test_what_went_out_after_all_is_in_no_trouble(
    kept: Transactions, queries: Queries, mail: Mail
) -> None:
    claimed(kept, mail)
    with kept(SYSTEM) as tx:
        tx.jobs.put_off(mail.job, at=AT, until=AT + HOUR, reason="451 later")
        tx.mails.sent(mail.id, at=AT + HOUR)

    assert all(view.id != mail.id for view in queries.mails.troubled(most=99))


def test_the_newest_come_first_and_no_more_than_asked_for(
    kept: Transactions, queries: Queries
) -> None:
    mails = [a_mail(reference=str(uuid4())) for _ in range(3)]
    with kept(SYSTEM) as tx:
        for days, mail in enumerate(mails, start=1):
            tx.mails.queue(mail, at=AT + timedelta(days=days))
            tx.jobs.give_up(mail.job, at=AT + timedelta(days=days), reason="550")

    assert [view.id for view in queries.mails.troubled(most=2)] == [mails[2].id, mails[1].id]
