"""What people are told: mails, notifications, and the live stream."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import attrs
import msgspec
import pytest
from sqlalchemy import text

from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.operations import Mail, Notification, person
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, an_account

LEASE = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)


def a_mail(**changes: object) -> Mail:
    mail = Mail(
        id=uuid4(),
        recipient=f"{uuid4().hex}@test.example",
        occasion="session_ended",
        reference=str(uuid4()),
        subject="How was it?",
        text="Tell us.",
        html="<p>Tell us.</p>",
    )
    return attrs.evolve(mail, **changes)  # type: ignore[arg-type]


def queued(kept: Transactions, mail: Mail, *, after: timedelta = timedelta(0)) -> bool:
    with kept(SYSTEM) as tx:
        return tx.mails.queue(mail, at=AT + after)


def claimed(kept: Transactions, *, after: timedelta = timedelta(0)) -> Mail | None:
    with kept(SYSTEM) as tx:
        outgoing = tx.mails.claim(at=AT + after, lease=AT + after + LEASE)
    return None if outgoing is None else outgoing.mail


def sent(kept: Transactions, mail: Mail) -> None:
    with kept(SYSTEM) as tx:
        tx.mails.sent(mail.id, at=AT)


@pytest.fixture(autouse=True)
def nothing_waits(kept: Transactions) -> Iterator[None]:
    """What a test has left unsent is not the next one's."""
    yield
    while (mail := claimed(kept, after=timedelta(days=1))) is not None:
        sent(kept, mail)


def test_a_mail_is_claimed_as_it_was_queued(kept: Transactions) -> None:
    account_id = an_account(kept).account_id
    mail = a_mail(account_id=account_id, attachment=b"BEGIN:VCALENDAR", attachment_name="at.ics")

    assert queued(kept, mail)

    assert claimed(kept) == mail


def test_the_same_mail_is_queued_once(kept: Transactions) -> None:
    mail = a_mail()
    queued(kept, mail)

    assert not queued(kept, attrs.evolve(mail, id=uuid4(), subject="Again"))
    assert claimed(kept) == mail
    assert claimed(kept) is None


@pytest.mark.parametrize("field", ["recipient", "occasion", "reference"])
def test_another_recipient_occasion_or_reference_is_another_mail(
    kept: Transactions, field: str
) -> None:
    mail = a_mail()
    queued(kept, mail)

    assert queued(kept, attrs.evolve(mail, **{"id": uuid4(), field: "other"}))


def test_a_mail_that_was_sent_is_not_queued_again(kept: Transactions) -> None:
    mail = a_mail()
    queued(kept, mail)
    sent(kept, mail)

    assert not queued(kept, attrs.evolve(mail, id=uuid4()))
    assert claimed(kept, after=MINUTE) is None


def test_the_oldest_is_claimed_first_and_each_by_one(kept: Transactions) -> None:
    newer, older = a_mail(), a_mail()
    queued(kept, newer, after=timedelta(seconds=1))
    queued(kept, older)

    assert [claimed(kept, after=timedelta(seconds=1)) for _ in range(3)] == [older, newer, None]


def test_a_mail_is_not_claimed_before_its_time(kept: Transactions) -> None:
    queued(kept, a_mail(), after=MINUTE)

    assert claimed(kept) is None


def test_what_was_claimed_and_not_sent_comes_up_again_at_the_end_of_its_lease(
    kept: Transactions,
) -> None:
    mail = a_mail()
    queued(kept, mail)
    claimed(kept)

    assert claimed(kept, after=LEASE - timedelta(microseconds=1)) is None
    assert claimed(kept, after=LEASE) == mail


def test_what_was_sent_does_not_come_up_again(kept: Transactions) -> None:
    mail = a_mail()
    queued(kept, mail)
    claimed(kept)
    sent(kept, mail)

    assert claimed(kept, after=2 * LEASE) is None


def test_a_mail_that_is_withdrawn_is_not_sent_and_others_are(kept: Transactions) -> None:
    account_id = an_account(kept).account_id
    outdated, other = (a_mail(account_id=account_id) for _ in range(2))
    queued(kept, outdated)
    queued(kept, other)

    with kept(SYSTEM) as tx:
        tx.mails.withdraw(account_id, outdated.occasion, outdated.reference)

    assert [claimed(kept), claimed(kept)] == [other, None]


def test_a_mail_that_was_sent_is_not_withdrawn(kept: Transactions) -> None:
    account_id = an_account(kept).account_id
    mail = a_mail(account_id=account_id)
    queued(kept, mail)
    sent(kept, mail)

    with kept(SYSTEM) as tx:
        tx.mails.withdraw(account_id, mail.occasion, mail.reference)

    assert not queued(kept, mail)


def test_what_fails_queues_and_claims_nothing(kept: Transactions) -> None:
    waiting = a_mail()
    queued(kept, waiting)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.mails.queue(a_mail(), at=AT)
            tx.mails.claim(at=AT, lease=AT + LEASE)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert [claimed(kept) for _ in range(2)] == [waiting, None]


def a_notification(account_id: AccountId, *, after: int = 0) -> Notification:
    return Notification(
        id=uuid4(),
        account_id=account_id,
        occasion="session_ended",
        reference=str(uuid4()),
        title="Your session is over",
        url="/customer/sessions",
        at=AT + after * MINUTE,
    )


def told(kept: Transactions, *notifications: Notification) -> list[bool]:
    with kept(SYSTEM) as tx:
        return [tx.notifications.add(each) for each in notifications]


def shown(kept: Transactions, account_id: AccountId, *, most: int = 9) -> tuple[Notification, ...]:
    with kept(SYSTEM) as tx:
        return tx.notifications.of(account_id, most=most)


def test_a_person_is_told_of_one_thing_once(kept: Transactions) -> None:
    mine, other = (an_account(kept).account_id for _ in range(2))
    first = a_notification(mine)
    again = attrs.evolve(first, id=uuid4(), title="Again")
    somebody_else = attrs.evolve(first, id=uuid4(), account_id=other)

    assert told(kept, first, again, somebody_else) == [True, False, True]
    assert shown(kept, mine) == (first,)


def test_unread_ones_come_first_and_then_the_newest(kept: Transactions) -> None:
    mine = an_account(kept).account_id
    seen = [a_notification(mine, after=minutes) for minutes in (1, 5)]
    told(kept, *seen)
    with kept(SYSTEM) as tx:
        tx.notifications.mark_read(mine, at=AT + 6 * MINUTE)
    news = [a_notification(mine, after=minutes) for minutes in (0, 2)]
    told(kept, *news)

    everything = shown(kept, mine)

    assert [each.id for each in everything] == [each.id for each in (*news[::-1], *seen[::-1])]
    assert shown(kept, mine, most=3) == everything[:3]


def test_reading_marks_ones_own_and_keeps_the_first_time(kept: Transactions) -> None:
    mine, other = (an_account(kept).account_id for _ in range(2))
    told(kept, a_notification(mine), a_notification(other))

    for minutes in (1, 2):
        with kept(SYSTEM) as tx:
            tx.notifications.mark_read(mine, at=AT + minutes * MINUTE)

    assert [each.read_at for each in shown(kept, mine)] == [AT + MINUTE]
    assert [each.read_at for each in shown(kept, other)] == [None]


@pytest.fixture
def woken() -> list[frozenset[str]]:
    """What was written to, at each commit that wrote to something somebody waits for."""
    return []


@pytest.fixture
def heard(
    request: pytest.FixtureRequest, kept: Transactions, woken: list[frozenset[str]]
) -> Transactions:
    """The same stores, telling `woken` after each commit."""
    if isinstance(kept, MemoryTransactions):
        return attrs.evolve(kept, after_commit=woken.append)
    database: Database = request.getfixturevalue("database")
    return attrs.evolve(database.transactions, after_commit=woken.append)


News = list[tuple[str, str, Any]]


@pytest.fixture
def news(request: pytest.FixtureRequest, kept: Transactions) -> Callable[[], News]:
    """Everything that streams have to tell, in order, as JSON holds it."""
    if isinstance(kept, MemoryTransactions):
        return lambda: [
            (each.audience, each.kind, msgspec.to_builtins(each.data))
            for each in kept.tables.live.values()
        ]
    database: Database = request.getfixturevalue("database")

    def read() -> News:
        statement = text("SELECT audience, kind, data FROM live ORDER BY transaction, position")
        with database.app.connect() as connection:
            return [tuple(row) for row in connection.execute(statement)]

    return read


def test_news_is_kept_in_the_order_it_was_told(
    kept: Transactions, news: Callable[[], News]
) -> None:
    before, session_id = len(news()), uuid4()

    with kept(SYSTEM) as tx:
        tx.live.tell("mechanics", "online", {"count": 3})
        tx.live.tell(person(session_id), "read", {"session_id": session_id, "read": {"a": None}})
    with kept(SYSTEM) as tx:
        tx.live.tell("mechanics", "online", {"count": 4})

    assert news()[before:] == [
        ("mechanics", "online", {"count": 3}),
        (f"account:{session_id}", "read", {"session_id": str(session_id), "read": {"a": None}}),
        ("mechanics", "online", {"count": 4}),
    ]


def test_what_fails_is_no_news(kept: Transactions, news: Callable[[], News]) -> None:
    before = news()

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.live.tell("mechanics", "online", {"count": 5})
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert news() == before


def test_streams_are_woken_once_the_news_is_committed(
    heard: Transactions, woken: list[frozenset[str]]
) -> None:
    with heard(SYSTEM) as tx:
        tx.live.tell("mechanics", "queue", {"request_id": uuid4()})
        tx.live.tell("mechanics", "queue", {"request_id": uuid4()})
        before = list(woken)

    assert before == []
    assert woken == [frozenset({"live"})]


def test_a_mail_wakes_the_one_who_sends_it(
    heard: Transactions, woken: list[frozenset[str]]
) -> None:
    with heard(SYSTEM) as tx:
        tx.mails.queue(a_mail(), at=AT)

    assert woken == [frozenset({"mail"})]


def test_nobody_is_woken_by_what_fails_or_says_nothing(
    heard: Transactions, woken: list[frozenset[str]]
) -> None:
    def fail() -> None:
        with heard(SYSTEM) as tx:
            tx.live.tell("mechanics", "queue", {})
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()
    with heard(SYSTEM) as tx:
        tx.plans.listed()

    assert woken == []


def test_what_is_withdrawn_is_gone_for_that_person_alone(kept: Transactions) -> None:
    one, other = (an_account(kept).account_id for _ in range(2))
    outdated, kept_one = a_notification(one), a_notification(one)
    of_other = attrs.evolve(outdated, id=uuid4(), account_id=other)
    told(kept, outdated, kept_one, of_other)

    with kept(SYSTEM) as tx:
        tx.notifications.withdraw(one, outdated.occasion, outdated.reference)

    with kept(SYSTEM) as tx:
        assert tx.notifications.of(one, most=9) == (kept_one,)
        assert tx.notifications.of(other, most=9) == (of_other,)


def test_what_is_withdrawn_from_all_is_gone_for_everybody_and_nothing_else_is(
    kept: Transactions,
) -> None:
    one, other = (an_account(kept).account_id for _ in range(2))
    outdated = a_notification(one)
    of_other = attrs.evolve(outdated, id=uuid4(), account_id=other)
    same_reference = attrs.evolve(outdated, id=uuid4(), occasion="payment_failed")
    same_occasion = attrs.evolve(outdated, id=uuid4(), reference=str(uuid4()))
    told(kept, outdated, of_other, same_reference, same_occasion)

    for _ in range(2):
        with kept(SYSTEM) as tx:
            tx.notifications.withdraw_all(outdated.occasion, outdated.reference)

    with kept(SYSTEM) as tx:
        assert set(tx.notifications.of(one, most=9)) == {same_reference, same_occasion}
        assert tx.notifications.of(other, most=9) == ()


def test_of_mails_that_are_withdrawn_from_all_those_are_sent_that_were_sent_already(
    kept: Transactions,
) -> None:
    gone, waits = a_mail(), a_mail()
    also_gone = a_mail(reference=gone.reference)
    for mail in (gone, also_gone, waits):
        assert queued(kept, mail)

    with kept(SYSTEM) as tx:
        tx.mails.withdraw_all(gone.occasion, gone.reference)

    assert claimed(kept) == waits
    assert claimed(kept) is None
