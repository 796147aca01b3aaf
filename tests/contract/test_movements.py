"""Money that has to move, and money a bank asks back."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.movements import MovementStatus, Transfer
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, SessionId, TransferId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.revenue import Dispute
from autodoctor.ports.stores import Stale
from autodoctor.ports.transactions import Transactions
from support.movements import a_dispute, a_refund, a_reversal, a_transfer
from support.scenery import AT, a_kept_session, new_checkout

HOUR = timedelta(hours=1)


def completed(kept: Transactions) -> Session:
    return a_kept_session(kept, status=SessionStatus.COMPLETED)


def kept_transfer(kept: Transactions, transfer: Transfer) -> Transfer:
    with kept(SYSTEM) as tx:
        tx.transfers.add(transfer)
    return transfer


def test_a_movement_comes_back_as_it_was_after_each_step(kept: Transactions) -> None:
    transfer = kept_transfer(kept, a_transfer(completed(kept)))
    steps = (
        transfer.free(),
        transfer.free().tried(at=AT),
        transfer.free().tried(at=AT).refused(),
        transfer.free().tried(at=AT + HOUR).done(provider_id=f"t_{uuid4()}", at=AT + HOUR),
    )

    for version, step in enumerate(steps):
        with kept(SYSTEM) as tx:
            saved = tx.transfers.save(attrs.evolve(step, version=version))
        with kept(SYSTEM) as tx:
            assert tx.transfers.get(transfer.id, lock=True) == saved


def test_amounts_keep_their_currency(kept: Transactions) -> None:
    transfer = attrs.evolve(a_transfer(completed(kept)), amount=Money(4000, Currency("usd")))

    kept_transfer(kept, transfer)

    with kept(SYSTEM) as tx:
        assert tx.transfers.get(transfer.id).amount == Money(4000, Currency("usd"))


def test_each_party_of_a_session_has_one_transfer(kept: Transactions) -> None:
    session = completed(kept)
    theirs = kept_transfer(kept, a_transfer(session))
    workshops = kept_transfer(kept, a_transfer(session, account=AccountKind.WORKSHOP))

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.transfers.add(a_transfer(session))

    with kept(SYSTEM) as tx:
        assert tx.transfers.of_session(session.id) == (theirs, workshops)
        assert tx.transfers.of_session(SessionId(uuid4())) == ()


def test_transfers_that_wait_for_an_account_are_found_by_its_owner(kept: Transactions) -> None:
    session = completed(kept)
    held = kept_transfer(kept, a_transfer(session))
    kept_transfer(kept, a_transfer(completed(kept)))
    due = a_transfer(session, account=AccountKind.WORKSHOP, status=MovementStatus.DUE)
    kept_transfer(kept, due)

    def waiting() -> tuple[TransferId, ...]:
        with kept(SYSTEM) as tx:
            return tx.transfers.held_for(held.owner_id)

    assert waiting() == (held.id,)
    with kept(SYSTEM) as tx:
        tx.transfers.save(held.free())
    assert waiting() == ()


def test_a_checkout_has_one_refund_for_each_reason(kept: Transactions) -> None:
    session = a_kept_session(kept)
    later = attrs.evolve(a_refund(session, reason="goodwill"), created_at=AT + HOUR)
    first = a_refund(session)
    with kept(SYSTEM) as tx:
        tx.refunds.add(later)
        tx.refunds.add(first)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.refunds.add(a_refund(session))

    assert session.checkout_id is not None
    with kept(SYSTEM) as tx:
        assert tx.refunds.of_checkout(session.checkout_id) == (first, later)
        assert tx.refunds.of_checkout(CheckoutId(uuid4())) == ()


def test_a_refund_may_be_of_no_session(kept: Transactions) -> None:
    refund = attrs.evolve(a_refund(a_kept_session(kept)), session_id=None)

    with kept(SYSTEM) as tx:
        tx.refunds.add(refund)

    with kept(SYSTEM) as tx:
        assert tx.refunds.get(refund.id) == refund


def test_a_transfer_may_be_taken_back_in_parts(kept: Transactions) -> None:
    transfer = kept_transfer(kept, a_transfer(completed(kept)))
    later = attrs.evolve(a_reversal(transfer), amount=Money(1), created_at=AT + HOUR)
    first = a_reversal(transfer)

    with kept(SYSTEM) as tx:
        tx.reversals.add(later)
        tx.reversals.add(first)

    with kept(SYSTEM) as tx:
        assert tx.reversals.of_transfer(transfer.id) == (first, later)
        assert tx.reversals.of_transfer(TransferId(uuid4())) == ()


def test_no_two_movements_share_the_providers_id(kept: Transactions) -> None:
    done = a_transfer(completed(kept)).done(provider_id=f"transfer_{uuid4()}", at=AT)
    kept_transfer(kept, done)

    second = attrs.evolve(a_transfer(completed(kept)), provider_id=done.provider_id)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.transfers.add(second)


def opened(kept: Transactions, session: Session) -> Dispute:
    dispute = a_dispute(session)
    with kept(SYSTEM) as tx:
        assert tx.disputes.add(dispute)
    return dispute


def decided(dispute: Dispute, *, won: bool) -> Dispute:
    return attrs.evolve(dispute, closed_at=AT + HOUR, won=won)


def test_a_dispute_is_opened_once(kept: Transactions) -> None:
    session = a_kept_session(kept)
    dispute = opened(kept, session)

    with kept(SYSTEM) as tx:
        assert not tx.disputes.add(attrs.evolve(dispute, id=DisputeId(uuid4())))

    with kept(SYSTEM) as tx:
        assert tx.disputes.by_provider(dispute.provider_id) == dispute
        assert tx.disputes.by_provider("dispute_of_nobody") is None


def test_a_session_is_disputed_until_the_last_one_is_decided(kept: Transactions) -> None:
    session, other = a_kept_session(kept), a_kept_session(kept)
    disputes = [opened(kept, session) for _ in range(2)]

    seen = []
    for dispute in disputes:
        with kept(SYSTEM) as tx:
            seen.append(tx.disputes.open_of(session.id))
            assert tx.disputes.close(decided(dispute, won=True))

    assert seen == [True, True]
    with kept(SYSTEM) as tx:
        assert not tx.disputes.open_of(session.id)
        assert not tx.disputes.open_of(other.id)


def test_a_dispute_is_decided_once(kept: Transactions) -> None:
    dispute = opened(kept, a_kept_session(kept))
    lost = decided(dispute, won=False)

    with kept(SYSTEM) as tx:
        closed = [tx.disputes.close(each) for each in (lost, decided(dispute, won=True))]

    assert closed == [True, False]
    with kept(SYSTEM) as tx:
        assert tx.disputes.by_provider(dispute.provider_id) == lost


def test_what_was_never_opened_cannot_be_decided(kept: Transactions) -> None:
    unknown = a_dispute(a_kept_session(kept))

    with kept(SYSTEM) as tx:
        assert not tx.disputes.close(decided(unknown, won=True))


def test_a_dispute_may_be_of_no_session(kept: Transactions) -> None:
    checkout = new_checkout(kept)
    dispute = attrs.evolve(a_dispute(a_kept_session(kept)), session_id=None)

    with kept(SYSTEM) as tx:
        tx.checkouts.add(checkout)
        tx.disputes.add(attrs.evolve(dispute, checkout_id=checkout.id))

    with kept(SYSTEM) as tx:
        found = tx.disputes.by_provider(dispute.provider_id)
    assert found == attrs.evolve(dispute, checkout_id=checkout.id)


def test_what_fails_opens_and_decides_nothing(kept: Transactions) -> None:
    session = a_kept_session(kept)
    known, new = opened(kept, session), a_dispute(session)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.disputes.add(new)
            tx.disputes.close(decided(known, won=True))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    with kept(SYSTEM) as tx:
        assert tx.disputes.by_provider(new.provider_id) is None
        assert tx.disputes.by_provider(known.provider_id) == known
