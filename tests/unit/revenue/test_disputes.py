from uuid import UUID

import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.clawback import TermsDiffer
from autodoctor.domain.revenue.disputes import DisputeUnknown, dispute_lost, dispute_won
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive
from autodoctor.domain.revenue.ids import DisputeId
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.transfers import reversals_due
from autodoctor.domain.shared.ids import EntryId, TransferId
from autodoctor.domain.shared.money import Currency, CurrencyMismatch, Money
from autodoctor.testing.books import MECHANIC, OPENED_AT, SESSION, WITH_WORKSHOP, WORKSHOP, Books

CASH, HELD, PLATFORM = Account.processor(), Account.held(SESSION), Account.platform()
DISPUTED, LOSSES = Account.disputed(SESSION), Account.losses()
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
DISPUTE, OTHER = DisputeId(UUID(int=31)), DisputeId(UUID(int=32))


@pytest.fixture
def charged() -> Books:
    books = Books()
    books.charge(Money(4999))
    return books


@pytest.fixture
def completed(charged: Books) -> Books:
    charged.split()
    return charged


def test_a_dispute_takes_the_cash_until_it_is_decided(completed: Books) -> None:
    entry = completed.dispute(Money(4999), dispute_id=DISPUTE)

    assert entry.postings == (Posting(DISPUTED, Money(4999)), Posting(CASH, Money(-4999)))
    assert entry.key == f"dispute:{DISPUTE}:opened"
    assert entry.kind is EntryKind.DISPUTE_OPENED
    assert entry.session_id == SESSION
    assert completed.funds.disputed == Money(4999)
    assert completed.funds.kept == Money(4999)


def test_a_dispute_opens_once(completed: Books) -> None:
    completed.dispute(Money(4999), dispute_id=DISPUTE)

    with pytest.raises(AlreadyPosted) as refused:
        completed.dispute(Money(0), dispute_id=DISPUTE)

    assert refused.value.key == f"dispute:{DISPUTE}:opened"


@pytest.mark.parametrize("minor", [0, -1])
def test_a_dispute_about_nothing_is_refused(completed: Books, minor: int) -> None:
    with pytest.raises(AmountNotPositive):
        completed.dispute(Money(minor))


def test_a_dispute_is_in_the_currency_of_the_charge(completed: Books) -> None:
    with pytest.raises(CurrencyMismatch):
        completed.dispute(Money(4999, Currency("usd")))


def test_a_won_dispute_gives_the_cash_back(completed: Books) -> None:
    completed.dispute(Money(4999), dispute_id=DISPUTE)

    entry = completed.win(DISPUTE)

    assert entry.postings == (Posting(CASH, Money(4999)), Posting(DISPUTED, Money(-4999)))
    assert entry.key == f"dispute:{DISPUTE}:closed"
    assert entry.kind is EntryKind.DISPUTE_WON
    assert entry.session_id == SESSION
    assert completed.funds.disputed == Money(0)
    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(4999))


def test_after_a_won_dispute_money_moves_again(completed: Books) -> None:
    completed.dispute(Money(4999), dispute_id=DISPUTE)
    completed.win(DISPUTE)

    completed.transfer(TO_MECHANIC, Money(3600))
    completed.refund(Money(1))

    assert completed.funds.kept == Money(4998)


def test_a_lost_dispute_costs_the_parties_what_a_refund_would(completed: Books) -> None:
    completed.dispute(Money(2000), dispute_id=DISPUTE)

    entry = completed.lose(DISPUTE)

    assert entry.postings == (
        Posting(PLATFORM, Money(400)),
        Posting(TO_WORKSHOP, Money(160)),
        Posting(TO_MECHANIC, Money(1440)),
        Posting(DISPUTED, Money(-2000)),
    )
    assert entry.key == f"dispute:{DISPUTE}:closed"
    assert entry.kind is EntryKind.DISPUTE_LOST
    assert entry.session_id == SESSION
    assert completed.funds.disputed == Money(0)
    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(2999))


def test_before_the_split_a_lost_dispute_comes_from_what_is_held(charged: Books) -> None:
    charged.dispute(Money(4999), dispute_id=DISPUTE)

    entry = dispute_lost(
        charged.funds, dispute_id=DISPUTE, entry_id=EntryId(UUID(int=33)), at=OPENED_AT
    )

    assert entry.postings == (Posting(HELD, Money(4999)), Posting(DISPUTED, Money(-4999)))
    assert (entry.id, entry.at) == (UUID(int=33), OPENED_AT)


def test_after_the_transfer_a_lost_dispute_makes_reversals_due(completed: Books) -> None:
    transfer = TransferId(UUID(int=34))
    completed.transfer(TO_MECHANIC, Money(3600), transfer_id=transfer)
    completed.dispute(Money(4999), dispute_id=DISPUTE)

    completed.lose(DISPUTE)

    assert reversals_due(completed.funds) == ((transfer, Money(3600)),)


def test_what_a_bank_takes_beyond_what_was_kept_is_our_loss(completed: Books) -> None:
    completed.refund(Money(2000))
    completed.dispute(Money(4999), dispute_id=DISPUTE)

    entry = completed.lose(DISPUTE)

    assert entry.postings == (
        Posting(PLATFORM, Money(599)),
        Posting(TO_WORKSHOP, Money(240)),
        Posting(TO_MECHANIC, Money(2160)),
        Posting(LOSSES, Money(2000)),
        Posting(DISPUTED, Money(-4999)),
    )
    assert completed.funds.kept == Money(0)
    assert completed.funds.earnings == {}


def test_a_dispute_about_a_wholly_refunded_session_is_all_our_loss(charged: Books) -> None:
    charged.refund(Money(4999))
    charged.dispute(Money(4999), dispute_id=DISPUTE)

    entry = charged.lose(DISPUTE)

    assert entry.postings == (Posting(LOSSES, Money(4999)), Posting(DISPUTED, Money(-4999)))


def test_a_dispute_is_either_won_or_lost_and_once(completed: Books) -> None:
    completed.dispute(Money(1000), dispute_id=DISPUTE)
    completed.dispute(Money(1000), dispute_id=OTHER)
    completed.win(DISPUTE)
    completed.lose(OTHER)

    for dispute in (DISPUTE, OTHER):
        with pytest.raises(AlreadyPosted) as won:
            completed.win(dispute)
        with pytest.raises(AlreadyPosted):
            completed.lose(dispute)
        assert won.value.key == f"dispute:{dispute}:closed"


def test_a_decided_dispute_is_refused_by_the_entry_itself(completed: Books) -> None:
    completed.dispute(Money(1000), dispute_id=DISPUTE)
    completed.win(DISPUTE)

    for decide in (dispute_won, dispute_lost):
        with pytest.raises(AlreadyPosted):
            decide(
                completed.funds, dispute_id=DISPUTE, entry_id=EntryId(UUID(int=33)), at=OPENED_AT
            )


def test_an_unknown_dispute_is_not_decided(completed: Books) -> None:
    completed.dispute(Money(1000), dispute_id=DISPUTE)

    with pytest.raises(DisputeUnknown) as refused:
        completed.win(OTHER)
    with pytest.raises(DisputeUnknown):
        completed.lose(OTHER)

    assert refused.value.dispute_id == OTHER


def test_after_the_split_a_lost_dispute_needs_the_terms_of_the_split(completed: Books) -> None:
    completed.dispute(Money(1000), dispute_id=DISPUTE)

    with pytest.raises(TermsDiffer):
        dispute_lost(
            completed.funds, dispute_id=DISPUTE, entry_id=EntryId(UUID(int=33)), at=OPENED_AT
        )
