"""What became of a session's price is told alike in memory and in PostgreSQL."""

from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue import entries
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.disputes import dispute_lost, dispute_opened
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.issue import Resolution
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.revenue.refunds import refund, refund_failed
from autodoctor.domain.revenue.settlements import settlement
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId, RequestId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import Queries, SessionFilter, SessionView
from autodoctor.ports.transactions import Transactions
from support.movements import a_dispute, a_refund, new_issue
from support.postgres import Database
from support.scenery import AT, a_kept_session, an_account

PRICE, HALF = Money(4999), Money(2000)


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


@pytest.fixture
def session(kept: Transactions) -> Session:
    """Paid."""
    session = a_kept_session(kept)
    assert session.checkout_id is not None
    charge = entries.charge(
        Funds(session.id), checkout_id=session.checkout_id, amount=PRICE, entry_id=new(), at=AT
    )
    with kept(SYSTEM) as tx:
        tx.ledger.post(charge)
    return session


def new() -> EntryId:
    return EntryId(uuid4())


def funds(kept: Transactions, session: Session) -> Funds:
    with kept(SYSTEM) as tx:
        return Funds.of(session.id, tx.ledger.of_session(session.id))


def refunded(kept: Transactions, session: Session, *, status: MovementStatus) -> None:
    """A part of it; one that failed is owed."""
    made = attrs.evolve(a_refund(session), amount=HALF, status=status)
    had = funds(kept, session)
    posted = [refund(had, refund_id=made.id, amount=HALF, entry_id=new(), at=AT)]
    if status is MovementStatus.FAILED:
        then = had.with_entry(posted[0])
        posted.append(refund_failed(then, refund_id=made.id, entry_id=new(), at=AT))
    with kept(SYSTEM) as tx:
        tx.refunds.add(made)
        for each in posted:
            tx.ledger.post(each)


def settled(kept: Transactions, session: Session, note: str) -> None:
    admin = an_account(kept)
    issue = attrs.evolve(new_issue(session), amount=HALF)
    entry = settlement(
        funds(kept, session),
        account=Account.owed(session.id),
        amount=HALF,
        issue_id=issue.id,
        entry_id=new(),
        at=AT,
    )
    with kept(SYSTEM) as tx:
        tx.issues.open(issue)
        kept_issue = tx.issues.get(issue.id, lock=True)
        tx.issues.save(kept_issue.close(Resolution.SETTLED, note=note, by=admin.account_id, at=AT))
        tx.ledger.post(entry)


def disputed(kept: Transactions, session: Session, *, lost: bool = False) -> None:
    dispute = attrs.evolve(a_dispute(session), amount=HALF)
    had = funds(kept, session)
    key = DisputeId(dispute.id)
    posted = [dispute_opened(had, dispute_id=key, amount=HALF, entry_id=new(), at=AT)]
    if lost:
        then = had.with_entry(posted[0])
        posted.append(dispute_lost(then, dispute_id=key, entry_id=new(), at=AT))
    with kept(SYSTEM) as tx:
        tx.disputes.add(dispute)
        if lost:
            tx.disputes.close(attrs.evolve(dispute, closed_at=AT, won=False))
        for each in posted:
            tx.ledger.post(each)


def called_off(kept: Transactions, session: Session) -> None:
    event = SessionCancelled(
        session.id, session.customer_id, None, Cause.CUSTOMER, PRICE, PRICE - PRICE
    )
    with kept(SYSTEM) as tx:
        tx.outbox.record(event, by=SYSTEM, at=AT)


def view(queries: Queries, session: Session) -> SessionView:
    return queries.sessions.one(session.id)


def test_what_was_refunded_is_not_left(
    kept: Transactions, queries: Queries, session: Session
) -> None:
    refunded(kept, session, status=MovementStatus.DONE)
    request = open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)
    with kept(SYSTEM) as tx:
        tx.requests.add(request)

    found = view(queries, session)

    assert (found.refunded, found.refund_arrived, found.left) == (HALF, HALF, Money(2999))
    assert queries.requests.one(request.id).left == Money(2999)
    assert found.goes_back(PRICE) == Money(2999)
    assert found.waits_for_bank == Money(0)


def test_a_refund_paid_another_way_says_how(
    kept: Transactions, queries: Queries, session: Session
) -> None:
    refunded(kept, session, status=MovementStatus.FAILED)
    assert view(queries, session).refund_owed == HALF
    (failed, *_) = queries.revenue.payments_of(session.customer_id)
    assert (failed.kind, failed.owed) == (EntryKind.REFUND_FAILED, HALF)

    settled(kept, session, "By e-transfer.")

    found = view(queries, session)
    assert (found.refund_owed, found.refund_settled, found.refunded) == (Money(0), HALF, HALF)
    assert found.settled_note == "By e-transfer."
    paid, failed, *_ = queries.revenue.payments_of(session.customer_id)
    assert (paid.note, paid.amount) == ("By e-transfer.", -HALF)
    assert (failed.owed, failed.note) == (Money(0), "")


def test_what_waits_for_the_bank_is_told_with_its_amount(
    kept: Transactions, queries: Queries, session: Session
) -> None:
    disputed(kept, session)
    assert (view(queries, session).disputed, view(queries, session).waits_for_bank) == (
        HALF,
        Money(0),
    )

    called_off(kept, session)

    found = view(queries, session)
    assert (found.cause, found.promised, found.waits_for_bank) == (Cause.CUSTOMER, PRICE, PRICE)
    assert all(each.disputed for each in queries.revenue.payments_of(session.customer_id))


def test_what_the_bank_gave_back_is_not_spent(
    kept: Transactions, queries: Queries, session: Session
) -> None:
    disputed(kept, session, lost=True)

    found = view(queries, session)

    assert (found.bank_returned, found.disputed, found.left) == (HALF, Money(0), Money(2999))
    assert queries.revenue.spent_by(session.customer_id) == Money(2999)
    back, paid = queries.revenue.payments_of(session.customer_id)
    assert (back.kind, back.amount, back.disputed) == (EntryKind.DISPUTE_LOST, -HALF, False)
    assert paid.receipt == session.checkout_id


def test_staff_find_a_session_by_the_number_of_its_receipt(
    kept: Transactions, queries: Queries, session: Session
) -> None:
    a_kept_session(kept)
    for text in (str(session.checkout_id), str(session.checkout_id)[:8].upper(), str(session.id)):
        assert [each.id for each in queries.sessions.all(SessionFilter(text=text))] == [session.id]
    own = SessionFilter(text=str(session.checkout_id))
    assert queries.sessions.of_customer(session.customer_id, own) == ()
    assert view(queries, session).receipt == session.checkout_id
