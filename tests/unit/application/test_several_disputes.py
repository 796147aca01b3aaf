"""Several disputes about one payment, decided in every way: the books agree with the bank, and the
customer has at most the price back."""

from collections.abc import Callable
from itertools import product
from typing import Final

import pytest

from autodoctor.application.payments.verifying import verify_money
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from autodoctor.testing.town import hear_everything, work
from support.towns import Pair, completed, live, matched, now

PRICE: Final = Money(4999)
FIRST, REST = Money(2000), Money(2999)
WON, LOST = DisputeOutcome.WON, DisputeOutcome.LOST


def waiting(town: Town) -> Pair:
    customer = a_customer(town.ports)
    return Pair(customer, a_mechanic(town.ports), a_paid_session(town, customer))


def settled(town: Town) -> None:
    for _ in range(4):
        hear_everything(town)
        work(town)


def customers_money(town: Town, pair: Pair) -> Money:
    """What is back with the customer, by refunds and by their bank."""
    view = town.ports.queries.sessions.one(pair.session.id)
    return view.refunded + view.bank_returned


def balance(town: Town, account: Account) -> Money:
    with town.kept(SYSTEM) as tx:
        return tx.ledger.balance(account)


STAGES: Final = (waiting, matched, live, completed)
OUTCOMES: Final = list(product((WON, LOST), repeat=2))
CASES = pytest.mark.parametrize(
    ("begun", "outcomes", "later_first"), list(product(STAGES, OUTCOMES, (False, True)))
)


@CASES
@pytest.mark.parametrize("together", [False, True])
def test_the_books_agree_with_the_bank_whatever_is_decided(
    town: Town,
    begun: Callable[[Town], Pair],
    outcomes: tuple[DisputeOutcome, DisputeOutcome],
    later_first: bool,
    together: bool,
) -> None:
    pair = begun(town)
    settled(town)
    (charge,) = town.bank.charges
    disputes = [(town.bank.open_dispute(charge, each)) for each in (FIRST, REST)]
    settled(town)
    decisions = list(zip(disputes, outcomes, strict=True))
    for dispute, outcome in reversed(decisions) if later_first else decisions:
        town.bank.close_dispute(dispute, outcome)
        if not together:
            settled(town)
    settled(town)

    lost = sum(
        (amount for amount, each in zip((FIRST, REST), outcomes, strict=True) if each is LOST),
        Money(0),
    )
    assert verify_money(town.ports).differences == ()
    assert customers_money(town, pair) == lost
    called_off = now(town, pair.session).status is SessionStatus.CANCELLED
    assert called_off is (lost == PRICE and begun is not completed)


@pytest.mark.parametrize(
    ("begun", "outcomes", "later_first"),
    list(product((waiting, matched), OUTCOMES, (False, True))),
)
def test_a_session_cancelled_meanwhile_gives_the_whole_price_back_once(
    town: Town,
    begun: Callable[[Town], Pair],
    outcomes: tuple[DisputeOutcome, DisputeOutcome],
    later_first: bool,
) -> None:
    pair = begun(town)
    settled(town)
    (charge,) = town.bank.charges
    disputes = [town.bank.open_dispute(charge, each) for each in (FIRST, REST)]
    settled(town)
    cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    settled(town)
    decisions = list(zip(disputes, outcomes, strict=True))
    for dispute, outcome in reversed(decisions) if later_first else decisions:
        town.bank.close_dispute(dispute, outcome)
        settled(town)

    assert verify_money(town.ports).differences == ()
    owed = -balance(town, Account.owed(pair.session.id))
    assert customers_money(town, pair) + owed == PRICE
    # Stripe refunds nothing of a payment of which a bank has taken a part back: staff pay it.
    part_lost = set(outcomes) == {WON, LOST}
    assert bool(owed) is part_lost
    assert len(town.ports.queries.money.open_issues()) == part_lost
