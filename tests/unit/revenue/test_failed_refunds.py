"""A refund that failed leaves a debt; one that somebody made at the provider is a fact."""

from uuid import UUID

import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.refunds import RefundUnknown, refund_found
from autodoctor.domain.shared.ids import EntryId, RefundId
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import (
    MECHANIC,
    OPENED_AT,
    SESSION,
    WITH_WORKSHOP,
    WORKSHOP,
    Books,
)

CASH, HELD, OWED = Account.processor(), Account.held(SESSION), Account.owed(SESSION)
LOSSES, PLATFORM = Account.losses(), Account.platform()
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
REFUND, AGAIN = RefundId(UUID(int=21)), RefundId(UUID(int=22))


@pytest.fixture
def charged() -> Books:
    books = Books()
    books.charge(Money(4999))
    return books


@pytest.fixture
def completed(charged: Books) -> Books:
    charged.split()
    return charged


class TestFailed:
    def test_the_money_is_here_again_and_owed_to_the_customer(self, charged: Books) -> None:
        charged.refund(Money(2000), refund_id=REFUND)

        entry = charged.refund_failed(REFUND)

        assert entry.postings == (Posting(CASH, Money(2000)), Posting(OWED, Money(-2000)))
        assert (entry.key, entry.kind) == (f"refund-failed:{REFUND}", EntryKind.REFUND_FAILED)
        assert (charged.funds.owed, charged.funds.held) == (Money(2000), Money(2999))
        assert charged.funds.kept == Money(4999)

    def test_what_is_owed_goes_first_when_it_is_refunded_again(self, charged: Books) -> None:
        charged.refund(Money(2000), refund_id=REFUND)
        charged.refund_failed(REFUND)

        entry = charged.refund(Money(3000), refund_id=AGAIN)

        assert entry.postings == (
            Posting(OWED, Money(2000)),
            Posting(HELD, Money(1000)),
            Posting(CASH, Money(-3000)),
        )

    def test_beyond_what_is_owed_the_parties_give_back(self, completed: Books) -> None:
        completed.refund(Money(2000), refund_id=REFUND)
        completed.refund_failed(REFUND)

        entry = completed.refund(Money(3000), refund_id=AGAIN)

        assert entry.postings[0] == Posting(OWED, Money(2000))
        assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(1999))

    def test_what_went_beyond_the_session_was_our_loss_and_is_ours_again(
        self, charged: Books
    ) -> None:
        charged.find_refund(Money(6000), refund_id=REFUND)

        entry = charged.refund_failed(REFUND)

        assert entry.postings == (
            Posting(CASH, Money(6000)),
            Posting(OWED, Money(-4999)),
            Posting(LOSSES, Money(-1001)),
        )

    def test_a_refund_that_was_beyond_the_session_alone_leaves_no_debt(
        self, charged: Books
    ) -> None:
        charged.refund(Money(4999), refund_id=AGAIN)
        charged.find_refund(Money(100), refund_id=REFUND)

        entry = charged.refund_failed(REFUND)

        assert entry.postings == (Posting(CASH, Money(100)), Posting(LOSSES, Money(-100)))

    def test_it_fails_once_and_not_after_it_was_withdrawn(self, charged: Books) -> None:
        charged.refund(Money(100), refund_id=REFUND)
        charged.refund_failed(REFUND)
        charged.refund(Money(100), refund_id=AGAIN)
        charged.withdraw(AGAIN)

        for refund_id in (REFUND, AGAIN):
            with pytest.raises(AlreadyPosted) as refused:
                charged.refund_failed(refund_id)

            assert refused.value.key == f"refund-failed:{refund_id}"

    def test_a_refund_that_there_is_not_does_not_fail(self, charged: Books) -> None:
        with pytest.raises(RefundUnknown) as refused:
            charged.refund_failed(REFUND)

        assert refused.value.refund_id == REFUND


class TestFound:
    def test_before_the_split_it_comes_from_what_is_held(self, charged: Books) -> None:
        entry = charged.find_refund(Money(2000), refund_id=REFUND)

        assert entry.postings == (Posting(HELD, Money(2000)), Posting(CASH, Money(-2000)))
        assert (entry.key, entry.kind) == (f"refund:{REFUND}", EntryKind.REFUND)

    def test_before_the_split_no_terms_are_needed(self, charged: Books) -> None:
        entry = refund_found(
            charged.funds,
            refund_id=REFUND,
            amount=Money(1),
            entry_id=EntryId(UUID(int=23)),
            at=OPENED_AT,
        )

        assert entry.postings == (Posting(HELD, Money(1)), Posting(CASH, Money(-1)))

    def test_after_the_split_the_parties_give_back(self, completed: Books) -> None:
        entry = completed.find_refund(Money(2000), refund_id=REFUND)

        assert entry.postings == (
            Posting(PLATFORM, Money(400)),
            Posting(TO_WORKSHOP, Money(160)),
            Posting(TO_MECHANIC, Money(1440)),
            Posting(CASH, Money(-2000)),
        )

    def test_all_of_it_leaves_no_loss(self, charged: Books) -> None:
        entry = charged.find_refund(Money(4999), refund_id=REFUND)

        assert {each.account for each in entry.postings} == {HELD, CASH}

    def test_what_is_beyond_all_that_the_session_has_is_our_loss(self, completed: Books) -> None:
        entry = completed.find_refund(Money(5000), refund_id=REFUND)

        assert entry.postings[-2:] == (Posting(LOSSES, Money(1)), Posting(CASH, Money(-5000)))
        assert completed.funds.kept == Money(0)

    def test_an_open_dispute_does_not_undo_what_happened(self, charged: Books) -> None:
        charged.dispute(Money(4999))

        assert charged.find_refund(Money(100), refund_id=REFUND).postings == (
            Posting(HELD, Money(100)),
            Posting(CASH, Money(-100)),
        )

    def test_it_is_found_once_and_more_than_nothing(self, charged: Books) -> None:
        charged.find_refund(Money(100), refund_id=REFUND)

        with pytest.raises(AlreadyPosted) as twice:
            charged.find_refund(Money(0), refund_id=REFUND)
        with pytest.raises(AmountNotPositive) as nothing:
            charged.find_refund(Money(0), refund_id=AGAIN)

        assert twice.value.key == f"refund:{REFUND}"
        assert nothing.value.amount == Money(0)
