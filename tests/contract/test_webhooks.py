"""What the payment provider told us: kept once, handled once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId, CheckoutId, RefundId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)
from autodoctor.ports.payments import RefundStatus
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.strategies.money import prices
from support.scenery import AT


def notices() -> st.SearchStrategy[PaymentNotice]:
    theirs = st.none() | st.sampled_from(["object_1", "object_2"])
    return st.builds(
        PaymentNotice,
        event_id=st.builds(lambda: f"event_{uuid4()}"),
        kind=st.sampled_from(NoticeKind),
        name=st.sampled_from(["charge.refunded", "account.updated"]),
        created=st.just(AT),
        provider=st.builds(
            ProviderIds, checkout=theirs, payment=theirs, charge=theirs, dispute=theirs
        ),
        ours=st.builds(
            OurIds,
            checkout=st.none() | st.uuids().map(CheckoutId),
            refund=st.none() | st.uuids().map(RefundId),
            transfer=st.none() | st.uuids().map(TransferId),
            account=st.none() | st.uuids().map(AccountId),
        ),
        amount=st.none() | prices() | st.just(Money(0)),
        paid=st.booleans(),
        refund_status=st.none() | st.sampled_from(RefundStatus),
        outcome=st.none() | st.sampled_from(DisputeOutcome),
    )


def a_notice() -> PaymentNotice:
    return PaymentNotice(
        event_id=f"event_{uuid4()}",
        kind=NoticeKind.OTHER,
        name="plan.created",
        created=AT,
        provider=ProviderIds(),
        ours=OurIds(),
    )


def stored(kept: Transactions, notice: PaymentNotice) -> bool:
    with kept(SYSTEM) as tx:
        return tx.webhooks.store(notice, at=AT)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(notice=notices())
def test_any_notice_is_taken_as_it_was_stored(kept: Transactions, notice: PaymentNotice) -> None:
    assert stored(kept, notice)

    with kept(SYSTEM) as tx:
        assert tx.webhooks.take(notice.event_id) == notice


def test_an_event_is_stored_once(kept: Transactions) -> None:
    notice = a_notice()

    assert [stored(kept, notice) for _ in range(2)] == [True, False]


def test_what_is_unknown_is_not_taken(kept: Transactions) -> None:
    with kept(SYSTEM) as tx:
        assert tx.webhooks.take("event_of_nobody") is None


def test_what_is_handled_is_taken_no_more_and_stored_no_more(kept: Transactions) -> None:
    notice = a_notice()
    stored(kept, notice)

    with kept(SYSTEM) as tx:
        tx.webhooks.handled(notice.event_id, at=AT + timedelta(minutes=1))

    with kept(SYSTEM) as tx:
        assert tx.webhooks.take(notice.event_id) is None
    assert not stored(kept, notice)


def test_what_fails_is_neither_stored_nor_handled(kept: Transactions) -> None:
    known, new = a_notice(), a_notice()
    stored(kept, known)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.webhooks.store(new, at=AT)
            tx.webhooks.handled(known.event_id, at=AT)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    with kept(SYSTEM) as tx:
        assert tx.webhooks.take(known.event_id) == known
        assert tx.webhooks.take(new.event_id) is None
