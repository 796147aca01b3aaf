from uuid import UUID

import attrs
import pytest

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.clawback import TermsDiffer
from autodoctor.domain.revenue.entries import NothingHeld
from autodoctor.domain.revenue.funds import AlreadyPosted, AmountNotPositive, DisputeOpen
from autodoctor.domain.revenue.ledger import EntryKind, Posting
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.refunds import (
    RefundExceedsCharge,
    RefundUnknown,
    refund,
    refund_withdrawn,
    still_due,
)
from autodoctor.domain.shared.ids import EntryId, RefundId
from autodoctor.domain.shared.money import Money, Rate
from autodoctor.testing.books import (
    MECHANIC,
    OPENED_AT,
    SESSION,
    WITH_WORKSHOP,
    WORKSHOP,
    Books,
)

CASH, HELD, PLATFORM = Account.processor(), Account.held(SESSION), Account.platform()
TO_MECHANIC, TO_WORKSHOP = Account.mechanic(MECHANIC), Account.workshop(WORKSHOP)
REFUND, AGAIN = RefundId(UUID(int=21)), RefundId(UUID(int=22))
NEXT = EntryId(UUID(int=23))
OTHER_TERMS = attrs.evolve(WITH_WORKSHOP, rates=Rates(platform=Rate.percent(25)))


@pytest.fixture
def charged() -> Books:
    books = Books()
    books.charge(Money(4999))
    return books


@pytest.fixture
def completed(charged: Books) -> Books:
    charged.split()
    return charged


def test_before_the_split_a_refund_comes_from_what_is_held(charged: Books) -> None:
    entry = charged.refund(Money(4999), refund_id=REFUND)

    assert entry.postings == (Posting(HELD, Money(4999)), Posting(CASH, Money(-4999)))
    assert entry.key == f"refund:{REFUND}"
    assert entry.kind is EntryKind.REFUND
    assert entry.session_id == SESSION
    assert charged.funds.kept == Money(0)


def test_before_the_split_no_terms_are_needed(charged: Books) -> None:
    entry = refund(charged.funds, refund_id=REFUND, amount=Money(100), entry_id=NEXT, at=OPENED_AT)

    assert entry.postings == (Posting(HELD, Money(100)), Posting(CASH, Money(-100)))
    assert (entry.id, entry.at) == (NEXT, OPENED_AT)


def test_after_the_split_everyone_gives_back_until_the_rest_is_split_exactly(
    completed: Books,
) -> None:
    entry = completed.refund(Money(2000))

    assert entry.postings == (
        Posting(PLATFORM, Money(400)),
        Posting(TO_WORKSHOP, Money(160)),
        Posting(TO_MECHANIC, Money(1440)),
        Posting(CASH, Money(-2000)),
    )
    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(2999))


def test_who_loses_nothing_by_a_refund_gets_no_posting(completed: Books) -> None:
    entry = completed.refund(Money(1))

    assert entry.postings == (Posting(TO_WORKSHOP, Money(1)), Posting(CASH, Money(-1)))
    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(4998))


def test_after_the_split_a_full_refund_leaves_nobody_anything(completed: Books) -> None:
    completed.refund(Money(4999))

    assert completed.funds.earnings == {}
    assert completed.funds.kept == Money(0)
    assert completed.funds.is_split


def test_after_the_transfer_a_refund_leaves_the_receiver_in_debt(completed: Books) -> None:
    completed.transfer(TO_MECHANIC, Money(3600))

    completed.refund(Money(4999))

    assert completed.funds.payable(TO_MECHANIC) == Money(-3600)
    assert completed.funds.payable(TO_WORKSHOP) == Money(0)


def test_a_charge_that_came_after_the_split_goes_back_first(completed: Books) -> None:
    completed.charge(Money(1499))

    entry = completed.refund(Money(1500))

    assert entry.postings == (
        Posting(HELD, Money(1499)),
        Posting(TO_WORKSHOP, Money(1)),
        Posting(CASH, Money(-1500)),
    )


@pytest.mark.parametrize("split", [False, True])
def test_refunds_together_never_exceed_the_charge(charged: Books, split: bool) -> None:
    if split:
        charged.split()
    charged.refund(Money(2999))

    with pytest.raises(RefundExceedsCharge) as refused:
        charged.refund(Money(2001))
    charged.refund(Money(2000))

    assert refused.value.facts == {"asked": Money(2001), "remaining": Money(2000)}
    assert charged.funds.kept == Money(0)


def test_a_refund_is_posted_once(charged: Books) -> None:
    charged.refund(Money(100), refund_id=REFUND)

    with pytest.raises(AlreadyPosted) as refused:
        charged.refund(Money(0), refund_id=REFUND)

    assert refused.value.key == f"refund:{REFUND}"


@pytest.mark.parametrize("minor", [0, -1])
def test_a_refund_of_nothing_is_refused(charged: Books, minor: int) -> None:
    with pytest.raises(AmountNotPositive):
        charged.refund(Money(minor))


def test_nothing_is_refunded_while_a_dispute_is_open(charged: Books) -> None:
    charged.dispute(Money(4999))

    with pytest.raises(AmountNotPositive):
        charged.refund(Money(0))
    with pytest.raises(DisputeOpen) as refused:
        charged.refund(Money(5000))

    assert refused.value.session_id == SESSION


@pytest.mark.parametrize("terms", [None, OTHER_TERMS])
def test_after_the_split_a_refund_needs_the_terms_of_the_split(completed: Books, terms) -> None:
    facts = {"refund_id": REFUND, "terms": terms, "entry_id": NEXT, "at": OPENED_AT}

    with pytest.raises(RefundExceedsCharge):
        refund(completed.funds, amount=Money(5000), **facts)
    with pytest.raises(TermsDiffer) as refused:
        refund(completed.funds, amount=Money(100), **facts)

    assert refused.value.session_id == SESSION


def test_a_refund_withdrawn_before_the_split_is_held_again(charged: Books) -> None:
    charged.refund(Money(2000), refund_id=REFUND)

    entry = charged.withdraw(REFUND)

    assert entry.postings == (Posting(CASH, Money(2000)), Posting(HELD, Money(-2000)))
    assert entry.key == f"refund-failed:{REFUND}"
    assert entry.kind is EntryKind.REFUND
    assert entry.session_id == SESSION
    assert charged.funds.held == Money(4999)


def test_a_refund_withdrawn_after_the_split_is_earned_again(completed: Books) -> None:
    completed.refund(Money(4999), refund_id=REFUND)

    entry = completed.withdraw(REFUND)

    assert entry.postings == (
        Posting(CASH, Money(4999)),
        Posting(PLATFORM, Money(-999)),
        Posting(TO_WORKSHOP, Money(-400)),
        Posting(TO_MECHANIC, Money(-3600)),
    )
    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(4999))


def test_a_withdrawn_refund_that_was_held_is_earned_when_the_session_was_split_meanwhile(
    charged: Books,
) -> None:
    charged.refund(Money(2000), refund_id=REFUND)
    charged.split()

    charged.withdraw(REFUND)

    assert charged.funds.held == Money(0)
    assert charged.funds.earnings == WITH_WORKSHOP.credits(Money(4999))


def test_a_withdrawn_refund_leaves_the_others_exact(completed: Books) -> None:
    completed.refund(Money(1001), refund_id=REFUND)
    completed.refund(Money(1003), refund_id=AGAIN)

    completed.withdraw(REFUND)

    assert completed.funds.earnings == WITH_WORKSHOP.credits(Money(3996))


def test_a_withdrawn_refund_needs_the_terms_of_the_split(completed: Books) -> None:
    completed.refund(Money(100), refund_id=REFUND)

    with pytest.raises(TermsDiffer):
        refund_withdrawn(completed.funds, refund_id=REFUND, entry_id=NEXT, at=OPENED_AT)


def test_a_refund_is_withdrawn_once(charged: Books) -> None:
    charged.refund(Money(2000), refund_id=REFUND)
    charged.withdraw(REFUND)

    with pytest.raises(AlreadyPosted) as refused:
        charged.withdraw(REFUND)

    assert refused.value.key == f"refund-failed:{REFUND}"
    with pytest.raises(AlreadyPosted):
        refund_withdrawn(charged.funds, refund_id=REFUND, entry_id=NEXT, at=OPENED_AT)


def test_an_unknown_refund_is_not_withdrawn(charged: Books) -> None:
    charged.refund(Money(2000), refund_id=REFUND)

    with pytest.raises(RefundUnknown) as refused:
        charged.withdraw(AGAIN)

    assert refused.value.refund_id == AGAIN


def test_a_wholly_refunded_session_is_not_split(charged: Books) -> None:
    charged.refund(Money(4999))

    with pytest.raises(NothingHeld):
        charged.split()


@pytest.mark.parametrize(
    ("due", "given", "kept", "brings"),
    [
        (999, 0, 999, 999),
        (999, 500, 499, 499),
        (500, 499, 500, 1),
        (500, 500, 499, 0),
        (500, 600, 399, 0),
        (999, 0, 300, 300),
        (999, 0, 0, 0),
        (0, 0, 999, 0),
    ],
)
def test_a_refund_brings_what_did_not_go_back_before_and_is_left(
    due: int, given: int, kept: int, brings: int
) -> None:
    usd = {"currency": "usd"}

    found = still_due(Money(due, **usd), given=Money(given, **usd), kept=Money(kept, **usd))

    assert found == Money(brings, **usd)
