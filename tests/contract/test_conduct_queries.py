"""Sessions called off after contact are found alike in memory and in PostgreSQL."""

from datetime import datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.room.message import Message
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, FileId, MechanicId, MessageId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


@attrs.frozen(kw_only=True)
class Story:
    messages: int = 3
    own_words: int = 0
    files: int = 0
    cause: Cause = Cause.CUSTOMER
    refund: Money = Money(4999)
    accepted: bool = True
    at: datetime = AT


def said(session: Session, by: Actor, canned: Canned | None, *, at: datetime) -> Message:
    return Message(
        id=MessageId(uuid4()),
        session_id=session.id,
        author_id=by.account_id,
        party="customer",
        client_id=uuid4(),
        text=canned.text if canned else "It is the left bearing: replace it for 80 dollars.",
        canned=canned,
        sent_at=at,
    )


def shown(session: Session, by: Actor, *, at: datetime) -> File:
    file_id = FileId(uuid4())
    return File(
        id=file_id,
        owner_id=by.account_id,
        name="bearing.jpg",
        media_type="image/jpeg",
        kind="image",
        size_bytes=1000,
        storage_key=f"session-files/{file_id}.jpg",
        description="",
        created_at=at,
        stored_at=at,
        session_id=session.id,
        purpose=FilePurpose.SESSION,
    )


def called_off(kept: Transactions, story: Story) -> Session:
    live = story.own_words or story.files
    status = SessionStatus.LIVE if live else SessionStatus.MATCHED
    session = a_kept_session(kept, status=status)
    customer = Actor(AccountId(session.customer_id), Role.CUSTOMER)
    with kept(customer) as tx:
        for canned in [Canned.LATE] * story.messages + [None] * story.own_words:
            tx.messages.add(said(session, customer, canned, at=story.at))
        for _ in range(story.files):
            tx.files.add(shown(session, customer, at=story.at))
    event = SessionCancelled(
        session.id,
        session.customer_id,
        session.mechanic_id if story.accepted else None,
        story.cause,
        story.refund,
        session.terms.price - story.refund,
    )
    with kept(SYSTEM) as tx:
        tx.outbox.record(event, by=customer, at=story.at)
    return session


def found(queries: Queries, session: Session, *, since: datetime = AT) -> int:
    """How often the session is told of."""
    told = queries.conduct.called_off(since=since, most=1000)
    return [each.session_id for each in told].count(session.id)


@pytest.mark.parametrize("cause", [Cause.CUSTOMER, Cause.MECHANIC, Cause.TOO_SHORT])
@pytest.mark.parametrize("refund", [Money(4999), Money(2500)])
def test_what_was_called_off_after_contact_with_money_back_is_found(
    kept: Transactions, queries: Queries, cause: Cause, refund: Money
) -> None:
    assert found(queries, called_off(kept, Story(cause=cause, refund=refund))) == 1


@pytest.mark.parametrize(
    "story",
    [
        Story(messages=0, own_words=1),
        Story(messages=0, files=1),
        Story(messages=1, own_words=1, cause=Cause.TOO_SHORT),
        Story(messages=0, files=2, cause=Cause.TOO_SHORT),
    ],
)
def test_one_message_of_own_words_or_one_file_is_a_contact(
    kept: Transactions, queries: Queries, story: Story
) -> None:
    assert found(queries, called_off(kept, story)) == 1


@pytest.mark.parametrize(
    "story",
    [
        Story(messages=0),
        Story(messages=2),
        Story(messages=0, own_words=1, accepted=False),
        Story(messages=0, own_words=1, refund=Money(0)),
        Story(cause=Cause.PLATFORM),
        Story(cause=Cause.MISSED),
        Story(cause=Cause.CUSTOMER_NO_SHOW),
        Story(refund=Money(0)),
        Story(accepted=False),
        Story(at=AT - timedelta(seconds=1)),
    ],
)
def test_anything_else_is_not(kept: Transactions, queries: Queries, story: Story) -> None:
    assert found(queries, called_off(kept, story)) == 0


def test_it_is_told_with_the_names_of_both_newest_first(
    kept: Transactions, queries: Queries
) -> None:
    older = called_off(kept, Story(at=AT + timedelta(days=1)))
    newer = called_off(kept, Story(at=AT + timedelta(days=2), messages=4))

    first, second = queries.conduct.called_off(since=AT + timedelta(hours=1), most=2)

    assert (first.session_id, second.session_id) == (newer.id, older.id)
    assert (first.customer_id, first.mechanic_id) == (newer.customer_id, newer.mechanic_id)
    assert (first.messages, first.at) == (4, AT + timedelta(days=2))
    assert first.customer_name == "Casey Driver"
    assert first.mechanic_name
    assert queries.conduct.called_off(since=AT + timedelta(hours=1), most=1) == (first,)


def test_one_persons_are_those_of_either_side(kept: Transactions, queries: Queries) -> None:
    session = called_off(kept, Story())
    called_off(kept, Story())

    assert session.mechanic_id is not None
    for who in (session.customer_id, session.mechanic_id, MechanicId(uuid4())):
        told = queries.conduct.called_off(since=AT, most=9, person_id=who)
        mine = who in (session.customer_id, session.mechanic_id)
        assert [each.session_id for each in told] == ([session.id] if mine else [])
