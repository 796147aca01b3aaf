"""Lists and dashboards tell the same of what is kept in memory and in PostgreSQL."""

from uuid import uuid4

import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.revenue import entries
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CustomerId, EntryId, MechanicId, RequestId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.queries import Queries, SessionFilter
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session, a_mechanic


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


def test_a_session_is_told_with_its_request(kept: Transactions, queries: Queries) -> None:
    session = a_kept_session(kept)
    request = open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)
    with kept(SYSTEM) as tx:
        tx.requests.add(request)

    view = queries.sessions.one(session.id)

    assert (view.customer_name, view.plan_name) == ("Casey Driver", "Full Diagnostic")
    assert (view.request_id, view.price, view.refunded) == (request.id, Money(4999), Money(0))
    assert queries.sessions.of_customer(session.customer_id, SessionFilter()) == (view,)


def test_an_unknown_session_is_missing(queries: Queries) -> None:
    with pytest.raises(Missing):
        queries.sessions.one(SessionId(uuid4()))


@pytest.mark.parametrize(("text", "found"), [("SQUEALS", 1), ("squ%ls", 0), ("casey", 0)])
def test_customers_search_their_concerns_and_nobodys_name(
    kept: Transactions, queries: Queries, text: str, found: int
) -> None:
    session = a_kept_session(kept)

    views = queries.sessions.of_customer(session.customer_id, SessionFilter(text=text))

    assert len(views) == found


def test_a_declined_request_is_gone_for_one_mechanic(kept: Transactions, queries: Queries) -> None:
    session, one, other = a_kept_session(kept), a_mechanic(kept), a_mechanic(kept)
    request = open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)
    with kept(SYSTEM) as tx:
        tx.requests.add(request)
        tx.requests.decline(request.id, one.mechanic_id, at=AT)

    view = queries.requests.one(request.id)

    assert view.customer_first_name == "Casey"
    assert view not in queries.requests.waiting(one.mechanic_id, at=AT)
    assert view in queries.requests.waiting(other.mechanic_id, at=AT)


def test_earnings_are_read_from_the_ledger(kept: Transactions, queries: Queries) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    assert session.checkout_id is not None
    assert session.ended_at is not None
    mechanic = MechanicId(session.mechanic_id)  # type: ignore[arg-type]
    charge = entries.charge(
        Funds(session.id),
        checkout_id=session.checkout_id,
        amount=session.terms.price,
        entry_id=EntryId(uuid4()),
        at=AT,
    )
    funds, terms = Funds(session.id).with_entry(charge), Terms(mechanic_id=mechanic)
    split = entries.split(funds, terms=terms, entry_id=EntryId(uuid4()), at=AT)
    with kept(SYSTEM) as tx:
        tx.ledger.post(charge)
        tx.ledger.post(split)

    until = session.ended_at.replace(year=2027)
    (view,) = queries.revenue.earnings(mechanic, since=AT, until=until)

    assert (view.gross, view.platform, view.workshop) == (Money(4999), Money(999), Money(0))
    assert view.net == Money(4000)
    assert queries.sessions.count_of(session.customer_id) == 1
    assert queries.revenue.spent_by(session.customer_id) == Money(4999)
    assert queries.revenue.spent_by(CustomerId(uuid4())) == Money(0)
    (payment,) = queries.revenue.payments_of(session.customer_id)
    assert (payment.at, payment.amount, payment.session_id) == (AT, Money(4999), session.id)
    assert queries.revenue.payments_of(CustomerId(uuid4())) == ()
    balances = (money for _, money in queries.revenue.trial_balance())
    assert sum(balances, Money(0)) == Money(0)
