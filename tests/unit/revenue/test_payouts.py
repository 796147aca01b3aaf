from uuid import UUID

import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive, DisputeOpen
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.payouts import (
    ReversalExceedsTransfer,
    ReversalUnknown,
    TransferExceedsPayable,
    reversal_failed,
)
from autodoctor.domain.revenue.transfers import (
    PaidOut,
    TransferUnknown,
    paid_out,
    paid_out_of,
    reversals_due,
    transfers,
)
from autodoctor.domain.shared.ids import EntryId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import MECHANIC, OPENED_AT, SESSION, WORKSHOP, Books

CASH = Account.processor()
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
FIRST, SECOND = TransferId(UUID(int=11)), TransferId(UUID(int=12))
REVERSAL = UUID(int=13)


@pytest.fixture
def books() -> Books:
    """A completed session of 49.99: 36.00 payable to the mechanic, 4.00 to the workshop."""
    books = Books()
    books.charge(Money(4999))
    books.split()
    return books


def test_a_transfer_pays_out_what_is_payable(books: Books) -> None:
    entry = books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)

    assert entry.postings == (Posting(TO_MECHANIC, Money(3600)), Posting(CASH, Money(-3600)))
    assert entry.key == f"transfer:{FIRST}"
    assert entry.kind is EntryKind.TRANSFER
    assert entry.session_id == SESSION
    assert books.funds.payable(TO_MECHANIC) == Money(0)
    assert books.funds.payable(TO_WORKSHOP) == Money(400)
    assert books.funds.earnings[TO_MECHANIC] == Money(3600)


def test_a_transfer_may_pay_a_part_and_another_the_rest(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3000), transfer_id=FIRST)
    books.transfer(TO_MECHANIC, Money(600), transfer_id=SECOND)

    assert books.funds.payable(TO_MECHANIC) == Money(0)
    assert transfers(books.funds) == (
        PaidOut(FIRST, TO_MECHANIC, Money(3000), Money(3000)),
        PaidOut(SECOND, TO_MECHANIC, Money(600), Money(600)),
    )


def test_a_transfer_of_more_than_is_payable_is_refused(books: Books) -> None:
    with pytest.raises(TransferExceedsPayable) as refused:
        books.transfer(TO_MECHANIC, Money(3601))

    assert refused.value.facts == {"asked": Money(3601), "payable": Money(3600)}


def test_nobody_is_paid_twice(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600))

    with pytest.raises(TransferExceedsPayable):
        books.transfer(TO_MECHANIC, Money(1))


@pytest.mark.parametrize("minor", [0, -1])
def test_a_transfer_of_nothing_is_refused(books: Books, minor: int) -> None:
    with pytest.raises(AmountNotPositive):
        books.transfer(TO_MECHANIC, Money(minor))


def test_a_transfer_is_posted_once(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(1), transfer_id=FIRST)

    with pytest.raises(AlreadyPosted) as refused:
        books.transfer(TO_MECHANIC, Money(0), transfer_id=FIRST)

    assert refused.value.key == f"transfer:{FIRST}"


def test_nothing_is_paid_out_while_a_dispute_is_open(books: Books) -> None:
    books.dispute(Money(4999))

    with pytest.raises(AmountNotPositive):
        books.transfer(TO_MECHANIC, Money(0))
    with pytest.raises(DisputeOpen) as refused:
        books.transfer(TO_MECHANIC, Money(3601))

    assert refused.value.session_id == SESSION


def test_the_platform_is_nobody_to_pay(books: Books) -> None:
    with pytest.raises(AssertionError, match="platform is nobody to pay"):
        books.transfer(Account.platform(), Money(1))


def test_a_transfer_that_the_provider_did_not_make_is_payable_again(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)

    entry = books.transfer_failed(FIRST)

    assert entry.postings == (Posting(CASH, Money(3600)), Posting(TO_MECHANIC, Money(-3600)))
    assert entry.key == f"transfer-failed:{FIRST}"
    assert entry.kind is EntryKind.REVERSAL
    assert books.funds.payable(TO_MECHANIC) == Money(3600)
    assert paid_out(books.funds, FIRST).remaining == Money(0)


def test_a_transfer_fails_once(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.transfer_failed(FIRST)

    with pytest.raises(AlreadyPosted) as refused:
        books.transfer_failed(FIRST)

    assert refused.value.key == f"transfer-failed:{FIRST}"


def test_an_unknown_transfer_neither_fails_nor_is_reversed(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)

    with pytest.raises(TransferUnknown) as refused:
        books.transfer_failed(SECOND)
    with pytest.raises(TransferUnknown):
        books.reverse(SECOND, Money(1))

    assert refused.value.transfer_id == SECOND


def test_a_reversal_takes_back_a_part_of_a_transfer(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)

    entry = books.reverse(FIRST, Money(1440), reversal_id=REVERSAL)

    assert entry.postings == (Posting(CASH, Money(1440)), Posting(TO_MECHANIC, Money(-1440)))
    assert entry.key == f"reversal:{FIRST}:{REVERSAL}"
    assert entry.kind is EntryKind.REVERSAL
    assert entry.session_id == SESSION
    assert paid_out(books.funds, FIRST) == PaidOut(FIRST, TO_MECHANIC, Money(3600), Money(2160))


def test_all_of_a_transfer_can_be_reversed_and_not_a_cent_more(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.transfer(TO_WORKSHOP, Money(400), transfer_id=SECOND)
    books.reverse(FIRST, Money(1440))
    books.reverse(FIRST, Money(2160))

    with pytest.raises(ReversalExceedsTransfer) as refused:
        books.reverse(FIRST, Money(1))

    assert refused.value.facts == {"asked": Money(1), "remaining": Money(0)}
    assert paid_out(books.funds, SECOND).remaining == Money(400)


def test_a_reversal_of_nothing_is_refused_and_a_repeated_one_before_that(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.reverse(FIRST, Money(1), reversal_id=REVERSAL)

    with pytest.raises(AmountNotPositive):
        books.reverse(SECOND, Money(0))
    with pytest.raises(AlreadyPosted) as refused:
        books.reverse(FIRST, Money(0), reversal_id=REVERSAL)

    assert refused.value.key == f"reversal:{FIRST}:{REVERSAL}"


def test_a_transfer_that_was_reversed_did_not_fail(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.reverse(FIRST, Money(1))

    with pytest.raises(ReversalExceedsTransfer) as refused:
        books.transfer_failed(FIRST)

    assert refused.value.facts == {"asked": Money(3600), "remaining": Money(3599)}


def test_no_reversal_is_due_while_everybody_has_what_they_earn(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600))

    assert reversals_due(books.funds) == ()


def test_after_a_refund_each_transfer_is_due_back_by_what_its_receiver_lost(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.transfer(TO_WORKSHOP, Money(400), transfer_id=SECOND)

    books.refund(Money(2000))

    assert reversals_due(books.funds) == ((SECOND, Money(160)), (FIRST, Money(1440)))


def test_a_single_cent_is_due_back(books: Books) -> None:
    books.transfer(TO_WORKSHOP, Money(400), transfer_id=SECOND)

    books.refund(Money(1))

    assert reversals_due(books.funds) == ((SECOND, Money(1)),)


def test_the_newest_transfer_is_due_back_first(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3000), transfer_id=FIRST)
    books.transfer(TO_MECHANIC, Money(600), transfer_id=SECOND)

    books.refund(Money(2000))

    assert reversals_due(books.funds) == ((SECOND, Money(600)), (FIRST, Money(840)))


def test_what_was_not_paid_out_yet_is_not_due_back(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3000), transfer_id=FIRST)

    books.refund(Money(2000))

    assert reversals_due(books.funds) == ((FIRST, Money(840)),)


def test_what_came_back_is_not_due_again(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.refund(Money(2000))
    books.reverse(FIRST, Money(1000))

    due_before = reversals_due(books.funds)
    books.reverse(FIRST, Money(440))

    assert due_before == ((FIRST, Money(440)),)
    assert reversals_due(books.funds) == ()


def test_what_the_provider_did_not_take_back_its_receiver_still_has(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.refund(Money(2000))
    books.reverse(FIRST, Money(1440), reversal_id=REVERSAL)

    entry = books.reversal_failed(FIRST, REVERSAL)

    assert entry.postings == (Posting(CASH, Money(-1440)), Posting(TO_MECHANIC, Money(1440)))
    assert entry.key == f"reversal-failed:{FIRST}:{REVERSAL}"
    assert entry.kind is EntryKind.REVERSAL_FAILED
    assert reversals_due(books.funds) == ((FIRST, Money(1440)),)


def test_a_reversal_fails_once(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.reverse(FIRST, Money(100), reversal_id=REVERSAL)
    books.reversal_failed(FIRST, REVERSAL)

    with pytest.raises(AlreadyPosted) as refused:
        reversal_failed(
            books.funds,
            transfer_id=FIRST,
            reversal_id=ReversalId(REVERSAL),
            entry_id=EntryId(UUID(int=14)),
            at=OPENED_AT,
        )

    assert refused.value.key == f"reversal-failed:{FIRST}:{REVERSAL}"


def test_a_reversal_that_there_is_not_does_not_fail(books: Books) -> None:
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)

    with pytest.raises(ReversalUnknown) as refused:
        books.reversal_failed(FIRST, REVERSAL)

    assert refused.value.reversal_id == REVERSAL


def test_what_was_paid_out_of_a_session_counts_until_it_comes_back(books: Books) -> None:
    assert paid_out_of(books.funds) == Money(0)
    books.transfer(TO_MECHANIC, Money(3600), transfer_id=FIRST)
    books.transfer(TO_WORKSHOP, Money(400), transfer_id=SECOND)
    assert paid_out_of(books.funds) == Money(4000)

    books.reverse(FIRST, Money(600), reversal_id=REVERSAL)

    assert paid_out_of(books.funds) == Money(3400)
