"""The ledger: posted once, in order, adding up."""

from uuid import uuid4

import attrs

from autodoctor.domain.revenue import entries
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import EntryId, MechanicId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, a_kept_session


def a_charge(session: Session) -> Entry:
    assert session.checkout_id is not None
    return entries.charge(
        Funds(session.id),
        checkout_id=session.checkout_id,
        amount=session.terms.price,
        entry_id=EntryId(uuid4()),
        at=AT,
    )


def test_entries_come_back_in_the_order_they_were_posted(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    assert session.mechanic_id is not None
    charge = a_charge(session)
    terms = Terms(mechanic_id=session.mechanic_id)
    funds = Funds(session.id).with_entry(charge)
    split = entries.split(funds, terms=terms, entry_id=EntryId(uuid4()), at=AT)

    with kept(SYSTEM) as tx:
        assert tx.ledger.post(charge)
        assert tx.ledger.post(split)

    with kept(SYSTEM) as tx:
        assert tx.ledger.of_session(session.id) == (charge, split)
        assert tx.ledger.balance(Account.held(session.id)) == Money(0)
        assert tx.ledger.balance(Account.mechanic(session.mechanic_id)) < Money(0)


def test_the_same_key_is_posted_once(kept: Transactions) -> None:
    session = a_kept_session(kept)
    charge = a_charge(session)
    again = attrs.evolve(charge, id=EntryId(uuid4()))

    with kept(SYSTEM) as tx:
        assert tx.ledger.post(charge)
        assert not tx.ledger.post(again)

    with kept(SYSTEM) as tx:
        assert tx.ledger.of_session(session.id) == (charge,)


def test_returned_money_is_the_checkouts(kept: Transactions) -> None:
    session = a_kept_session(kept)
    assert session.checkout_id is not None

    with kept(SYSTEM) as tx:
        assert tx.ledger.post_returned(a_charge(session), session.checkout_id)

    with kept(SYSTEM) as tx:
        assert tx.ledger.of_session(session.id) == ()
        (found,) = tx.ledger.of_checkout(session.checkout_id)
    assert found.session_id == session.checkout_id


def test_the_last_agreement_counts(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.MATCHED)
    other = a_kept_session(kept, status=SessionStatus.MATCHED)
    first, last = (Terms(mechanic_id=MechanicId(s.mechanic_id)) for s in (session, other))  # type: ignore[arg-type]

    with kept(SYSTEM) as tx:
        assert tx.ledger.agreed(session.id) is None
        tx.ledger.agree(session.id, first)
        tx.ledger.agree(session.id, last)

    with kept(SYSTEM) as tx:
        assert tx.ledger.agreed(session.id) == last
