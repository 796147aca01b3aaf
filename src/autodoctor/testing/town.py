"""A town as a whole: its hands that work by themselves, and what must be true of it, whatever
happened there and wherever it is kept."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import cycle
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.operations.deliver import deliver
from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.notices import receive
from autodoctor.domain.booking.checkout import Checkout, CheckoutStatus
from autodoctor.domain.revenue.accounts import Account, AccountKind
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.ledger import Entry, EntryKind
from autodoctor.domain.revenue.movements import AT_REST, Movement, Transfer
from autodoctor.domain.sessions.events import SessionCancelled, SessionExpired
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import ENDED
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payments import RefundStatus
from autodoctor.ports.queries import SessionFilter
from autodoctor.ports.transactions import Transaction
from autodoctor.testing.invariants import ledger as of_ledger
from autodoctor.testing.invariants import sessions as of_sessions
from autodoctor.testing.ports import Town

ROUNDS: Final = 15
ROUND: Final = timedelta(hours=4)
"""Longer than anything waits: an appointment is made at most a day ahead."""


def sessions(town: Town) -> list[Session]:
    """All there are, oldest first."""
    views = town.ports.queries.sessions.all(SessionFilter(most=1000))
    with town.kept(SYSTEM) as tx:
        return [tx.sessions.get(view.id) for view in reversed(views)]


def has_payout_account(town: Town, mechanic: Actor) -> None:
    """It is ready, and the bank will say so."""
    with town.kept(SYSTEM) as tx:
        known = tx.mechanics.get(mechanic.mechanic_id).payout_account
    if known is None:
        known = town.ports.payout_accounts.create(
            account_id=mechanic.account_id, email="morgan@test.example", country="CA"
        )
        with town.kept(SYSTEM) as tx:
            stored = tx.mechanics.get(mechanic.mechanic_id, lock=True)
            tx.mechanics.save(attrs.evolve(stored, payout_account=known))
    town.bank.set_ready(known)


def work(town: Town) -> None:
    """Delivers what is due, and what that brings about; what fails comes up again later."""
    while True:
        with town.kept(SYSTEM) as tx:
            due = tx.outbox.due(at=town.clock.now(), most=100)
        if not due:
            return
        for event_id, consumer in due:
            with suppress(Refusal):
                deliver(town.ports, event_id=event_id, consumer=consumer)


def hear_everything(town: Town) -> None:
    """All that the bank has told so far, once more."""
    for told in town.bank.notices.deliveries():
        receive(town.ports, payload=told.payload, signature=told.signature)


def comes_to_rest(town: Town, mechanics: Iterable[Actor]) -> None:
    """Nobody does anything any more; banks decide, accounts are ready, time passes."""
    town.bank.come_back()
    for dispute_id, outcome in zip(town.bank.open_disputes, cycle(DisputeOutcome), strict=False):
        town.bank.close_dispute(dispute_id, outcome)
    town.bank.slow_down_refunds(slow=False)
    for mechanic in mechanics:
        has_payout_account(town, mechanic)
    for _ in range(ROUNDS):
        hear_everything(town)
        work(town)
        _pending_refunds_arrive(town)
        town.clock.advance(ROUND)
        lapse_leases(town.ports)
        run_timers(town.ports)


def _pending_refunds_arrive(town: Town) -> None:
    for refund in town.bank.refunds.values():
        if refund.status is RefundStatus.PENDING:
            town.bank.let_refund_arrive(refund.id)


def sessions_hold_together(town: Town) -> None:
    for session in sessions(town):
        of_sessions.every_session_holds_together(session)
        with town.kept(SYSTEM) as tx:
            told = [each.event for each in tx.outbox.of_session(session.id)]
        of_sessions.money_is_settled_once(session, told)
        of_sessions.what_goes_back_and_what_is_kept_make_the_price(session, told)


def nobody_is_in_two_places(
    town: Town, customers: Sequence[Actor], mechanics: Sequence[Actor]
) -> None:
    with town.kept(SYSTEM) as tx:
        for who in customers:
            of_sessions.a_customer_has_one_at_a_time(tx.sessions.of_customer(who.customer_id))
        for who in mechanics:
            of_sessions.a_mechanic_is_in_one_place(tx.sessions.of_mechanic(who.mechanic_id))


def the_ledger_adds_up(town: Town) -> None:
    balances = town.ports.queries.revenue.trial_balance()
    of_ledger.all_balances_sum_to_zero(amount for _, amount in balances)
    for session in sessions(town):
        with town.kept(SYSTEM) as tx:
            funds, disputed = _funds(tx, session.id), tx.disputes.open_of(session.id)
            terms = tx.ledger.agreed(session.id)
        of_ledger.every_entry_sums_to_zero(funds.entries)
        of_ledger.nothing_is_posted_twice(funds.entries)
        of_ledger.refunds_stay_within_charges(funds)
        of_ledger.nothing_is_held_below_zero(funds)
        if funds.earnings:
            assert terms is not None, "somebody earns, and nothing was agreed"
            of_ledger.parties_earn_their_split_of_what_is_kept(funds, terms)
            of_ledger.parties_were_paid_what_is_not_payable(funds)
        if session.status in ENDED and not disputed:
            of_ledger.nothing_is_held(funds)


def _funds(tx: Transaction, session_id: SessionId) -> Funds:
    return Funds.of(session_id, tx.ledger.of_session(session_id))


def nothing_is_left_under_way(town: Town) -> None:
    later = town.clock.now() + timedelta(days=1)
    with town.kept(SYSTEM) as tx:
        checkouts = [tx.checkouts.get(o.order.checkout_id) for o in town.bank.checkouts.values()]
        moving = [each for checkout in checkouts for each in _moving(tx, checkout)]
        assert tx.outbox.due(at=later, most=999) == (), "deliveries that nobody finishes"
    assert [s for s in sessions(town) if s.status not in ENDED] == [], "sessions nobody ends"
    unsettled = (CheckoutStatus.OPEN, CheckoutStatus.PAID)
    assert [each for each in checkouts if each.status in unsettled] == [], "checkouts left open"
    assert moving == [], "money that was to move and did not"


def _moving(tx: Transaction, checkout: Checkout) -> list[Movement]:
    session = tx.sessions.of_checkout(checkout.id)
    transfers = tx.transfers.of_session(session.id) if session else ()
    movements: list[Movement] = [*tx.refunds.of_checkout(checkout.id), *transfers]
    movements += [each for made in transfers for each in tx.reversals.of_transfer(made.id)]
    return [each for each in movements if each.status not in AT_REST]


def the_ledger_says_what_the_bank_has(town: Town) -> None:
    """To the cent, and payment by payment: true when nothing is under way."""
    for provider_id, page in town.bank.checkouts.items():
        with town.kept(SYSTEM) as tx:
            session = tx.sessions.of_checkout(page.order.checkout_id)
            ours = tx.ledger.of_session(session.id) if session else ()
            ours += tx.ledger.of_checkout(page.order.checkout_id)
        assert _cash(ours) == town.bank.cash_of(provider_id), f"the cash of {page}"


def _cash(entries: Iterable[Entry]) -> int:
    return sum(
        posting.amount.minor
        for entry in entries
        for posting in entry.postings
        if posting.account.kind is AccountKind.PROCESSOR
    )


def customers_got_or_are_owed_what_they_were_promised(town: Town) -> None:
    """When a session is called off, what its customer was told goes back has arrived, at the
    bank's own word, or was paid past it, or the ledger owes it to them. Nobody counts on more
    than they paid."""
    for session in sessions(town):
        if session.checkout_id is None:
            continue
        with town.kept(SYSTEM) as tx:
            checkout = tx.checkouts.get(session.checkout_id)
            told = [each.event for each in tx.outbox.of_session(session.id)]
            funds = _funds(tx, session.id)
        promised = sum(_promised(event) for event in told)
        back = _arrived(town, checkout) + funds.owed.minor + _settled(funds)
        price = session.terms.price.minor
        assert promised <= back, f"{back} of {promised} promised for {session}"
        assert back <= price, f"{back} back of a price of {price}"


def _promised(event: Event) -> int:
    return event.refund.minor if isinstance(event, SessionCancelled | SessionExpired) else 0


def _arrived(town: Town, checkout: Checkout) -> int:
    """Refunded for good, or taken by the customer's bank."""
    charges = (c for c in town.bank.charges.values() if c.payment_id == checkout.payment_id)
    return sum(each.refunded_minor + each.withdrawn_minor for each in charges)


def _settled(funds: Funds) -> int:
    account = Account.owed(funds.session_id)
    kinds = (each for each in funds.entries if each.kind is EntryKind.SETTLEMENT)
    return sum(each.amount_on(account).minor for each in kinds)


def staff_see_what_a_customer_is_owed(town: Town) -> None:
    """An issue about a refund that failed is open exactly as long as the ledger owes the customer
    something, and those that are open cover it."""
    issues = town.ports.queries.money.open_issues()
    for page in town.bank.checkouts.values():
        with town.kept(SYSTEM) as tx:
            checkout_id = page.order.checkout_id
            owed = Holding.lock(tx, checkout_id).funds(tx).owed.minor
        failed = [
            each.amount.minor
            for each in issues
            if (each.kind, each.checkout_id) == (IssueKind.REFUND_FAILED, checkout_id)
        ]
        assert bool(failed) == bool(owed), f"{owed} owed of {checkout_id}, issues about {failed}"
        assert sum(failed) >= owed, f"{owed} owed of {checkout_id}, issues about {failed}"


def nobody_was_paid_twice(town: Town) -> None:
    """What a mechanic has been sent of a session, less what came back, is no more than they
    earn, unless staff know that they owe it."""
    issues = (*town.ports.queries.money.open_issues(), *town.ports.queries.money.closed_issues())
    owing = {each.session_id for each in issues if each.kind is IssueKind.REVERSAL_FAILED}
    for session in sessions(town):
        with town.kept(SYSTEM) as tx:
            funds = _funds(tx, session.id)
            transfers = tx.transfers.of_session(session.id)
        if session.id in owing:
            continue
        for party in {Account(each.account, each.owner_id) for each in transfers}:
            earned = funds.earnings.get(party, Money.zero(funds.currency)).minor
            sent = _sent(town, transfers, party)
            assert sent <= earned, f"{party} was sent {sent} of {earned}"


def _sent(town: Town, transfers: Iterable[Transfer], party: Account) -> int:
    theirs = {each.id for each in transfers if (each.account, each.owner_id) == _key(party)}
    made = town.bank.transfers.values()
    return sum(each.left_minor for each in made if each.order.transfer_id in theirs)


def _key(party: Account) -> tuple[AccountKind, UUID | None]:
    return party.kind, party.owner
