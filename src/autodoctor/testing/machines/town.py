"""A small town for a few days: people book, pay, meet, part and ask their money back, banks and
networks fail, and everything goes through the use cases.

`TownLife` is run as it is, in memory; to run it on a database, subclass it and let `town` return
a `town_on` empty stores of yours.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.operations.deliver import deliver
from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.payments.notices import receive
from autodoctor.application.payments.resolving import close, retry, settle
from autodoctor.application.payments.verifying import verify_money
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.give_back import give_back
from autodoctor.application.sessions.room import heard_of, join
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import IN_ROOM, SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.payment_refusals import Outage
from autodoctor.ports.payments import CheckoutStatus, RefundStatus
from autodoctor.testing import town as of_town
from autodoctor.testing.ports import Town, a_booking, a_customer, a_mechanic, memory_town

PICK = st.integers(0, 5)
PAUSES = st.sampled_from([0.2, 1, 5, 10, 16, 45, 180])
HOURS = st.sampled_from([None, None, 3, 26])
PLANS = st.sampled_from(["free", "quick-chat", "full-diagnostic"])


class TownLife(RuleBasedStateMachine):
    """A step that is refused changes nothing; what is true of the whole is looked at after
    each, and at the end, when everything that was under way has come to rest."""

    def town(self) -> Town:
        return memory_town()

    @initialize()
    def people(self) -> None:
        self.here = self.town()
        self.ports, self.bank = self.here.ports, self.here.bank
        self.customers = [a_customer(self.ports) for _ in range(2)]
        self.mechanics = [a_mechanic(self.ports) for _ in range(2)]
        self.admin = Actor(AccountId(self.ports.ids.new()), Role.ADMIN)
        self.present: set[tuple[Actor, SessionId]] = set()
        of_town.has_payout_account(self.here, self.mechanics[0])

    def attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Refusal:
            return

    @property
    def sessions(self) -> list[Session]:
        return of_town.sessions(self.here)

    def pick(self, pick: int, *among: SessionStatus) -> Session | None:
        found = [each for each in self.sessions if not among or each.status in among]
        return found[pick % len(found)] if found else None

    def parties(self, session: Session) -> Iterator[Actor]:
        yield from (each for each in self.customers if each.customer_id == session.customer_id)
        yield from (each for each in self.mechanics if each.mechanic_id == session.mechanic_id)

    @rule(customer=PICK, plan=PLANS, hours=HOURS)
    def somebody_books(self, customer: int, plan: str, hours: int | None) -> None:
        who = self.customers[customer % 2]
        at = None if hours is None else self.here.clock.now() + timedelta(hours=hours)

        def book() -> None:
            intake = a_booking(self.ports, who, plan=plan, scheduled_for=at)
            check_out(self.ports, actor=who, intake_id=intake.id)

        self.attempt(book)

    @rule(customer=PICK, mechanic=PICK, hours=HOURS)
    def somebody_is_found(self, customer: int, mechanic: int, hours: int | None) -> None:
        """What mostly happens, so that lives grow long enough to end in every way."""
        self.somebody_books(customer, "full-diagnostic", hours)
        self.somebody_pays(-1)
        for provider_id in list(self.bank.checkouts)[-1:]:
            self.attempt(partial(resolve, self.ports, provider_id=provider_id))
        self.a_mechanic_accepts(-1, mechanic)

    @rule(customer=PICK, mechanic=PICK, minutes=st.sampled_from([0.5, 3]))
    def two_talk(self, customer: int, mechanic: int, minutes: float) -> None:
        self.somebody_is_found(customer, mechanic, None)
        self.somebody_comes_in(-1, 0, both=True)
        self.time_passes(minutes)

    @rule(page=PICK)
    def somebody_pays(self, page: int) -> None:
        opened = [c.id for c in self.bank.checkouts.values() if c.status is CheckoutStatus.OPEN]
        if opened:
            self.bank.pay(opened[page % len(opened)])

    @precondition(lambda self: self.bank.checkouts)
    @rule(page=PICK)
    def somebody_comes_back_from_paying(self, page: int) -> None:
        known = list(self.bank.checkouts)
        self.attempt(lambda: resolve(self.ports, provider_id=known[page % len(known)]))

    @rule(which=st.integers(0, 60))
    def the_bank_tells_something(self, which: int) -> None:
        """In any order, and again and again."""
        notices = self.bank.notices.deliveries()
        if notices:
            told = notices[which % len(notices)]
            receive(self.ports, payload=told.payload, signature=told.signature)

    @rule()
    def the_worker_works(self) -> None:
        of_town.work(self.here)

    @rule(most=st.integers(1, 3))
    def the_worker_dies_soon(self, most: int) -> None:
        with self.here.kept(SYSTEM) as tx:
            due = tx.outbox.due(at=self.here.clock.now(), most=most)
        for event_id, consumer in due[1:]:
            self.attempt(partial(deliver, self.ports, event_id=event_id, consumer=consumer))

    @rule(minutes=PAUSES)
    def time_passes(self, minutes: float) -> None:
        """Those who are there say so, as their open streams do."""
        self.here.clock.advance(timedelta(minutes=minutes))
        for who, session_id in tuple(self.present):
            self.attempt(partial(heard_of, self.ports, actor=who, session_id=session_id))
        lapse_leases(self.ports)
        run_timers(self.ports)

    @rule(pick=PICK, mechanic=PICK)
    def a_mechanic_accepts(self, pick: int, mechanic: int) -> None:
        session = self.pick(pick, SessionStatus.WAITING)
        if session is not None:
            with self.here.kept(SYSTEM) as tx:
                request = tx.requests.current(session.id)
            assert request is not None, "what waits has a request"
            who = self.mechanics[mechanic % 2]
            self.attempt(lambda: accept(self.ports, actor=who, request_id=request.id))

    @rule(pick=PICK)
    def the_mechanic_gives_it_back(self, pick: int) -> None:
        session = self.pick(pick, SessionStatus.MATCHED, SessionStatus.SCHEDULED)
        if session is not None:
            _, mechanic = self.parties(session)
            self.attempt(lambda: give_back(self.ports, actor=mechanic, session_id=session.id))

    @rule(pick=PICK, party=PICK, both=st.booleans())
    def somebody_comes_in(self, pick: int, party: int, both: bool) -> None:
        session = self.pick(pick, SessionStatus.MATCHED, SessionStatus.SCHEDULED, *IN_ROOM)
        if session is None:
            return
        for who in list(self.parties(session))[party % 2 if not both else 0 :]:
            self.attempt(partial(join, self.ports, actor=who, session_id=session.id))
            self.present.add((who, session.id))

    @precondition(lambda self: self.present)
    @rule(pick=PICK)
    def somebody_is_gone(self, pick: int) -> None:
        self.present.discard(sorted(self.present, key=str)[pick % len(self.present)])

    @rule(pick=PICK, party=PICK)
    def somebody_ends_it(self, pick: int, party: int) -> None:
        session = self.pick(pick, *IN_ROOM)
        if session is not None:
            who = (*self.parties(session), self.admin)[party % 3]
            self.attempt(lambda: end_session(self.ports, actor=who, session_id=session.id))

    @rule(pick=PICK, party=PICK)
    def somebody_calls_it_off(self, pick: int, party: int) -> None:
        session = self.pick(pick)
        if session is not None:
            able = (*self.parties(session), self.admin)
            who = able[party % len(able)]
            self.attempt(lambda: cancel_session(self.ports, actor=who, session_id=session.id))

    @rule(outage=st.sampled_from([*Outage, None, None]), lost=st.booleans())
    def the_net_fails_or_comes_back(self, outage: Outage | None, lost: bool) -> None:
        self.bank.come_back()
        if outage is not None:
            self.bank.go_down(outage)
        if lost:
            self.bank.lose_next_answer()

    @rule()
    def the_other_mechanic_can_be_paid_now(self) -> None:
        self.attempt(lambda: of_town.has_payout_account(self.here, self.mechanics[1]))

    @rule(slow=st.booleans())
    def refunds_take_their_time(self, slow: bool) -> None:
        self.bank.slow_down_refunds(slow=slow)

    @rule(pick=PICK)
    def a_refund_arrives(self, pick: int) -> None:
        pending = [r for r in self.bank.refunds.values() if r.status is RefundStatus.PENDING]
        if pending:
            self.bank.let_refund_arrive(pending[pick % len(pending)].id)

    @rule(pick=PICK)
    def a_bank_sends_a_refund_back(self, pick: int) -> None:
        made = [r for r in self.bank.refunds.values() if r.status is not RefundStatus.FAILED]
        if made:
            self.bank.fail_refund(made[pick % len(made)].id)

    @rule(pick=PICK, percent=st.sampled_from([1, 50, 100, 100]))
    def somebody_refunds_at_the_provider(self, pick: int, percent: int) -> None:
        able = [c for c in self.bank.charges.values() if not c.disputed and c.left_minor]
        if able:
            charge = able[pick % len(able)]
            amount = Money(max(1, charge.left_minor * percent // 100), charge.amount.currency)
            self.bank.refund_at_provider(charge.id, amount)

    @rule(pick=PICK, percent=st.sampled_from([50, 100]))
    def somebody_takes_a_transfer_back_at_the_provider(self, pick: int, percent: int) -> None:
        able = [t for t in self.bank.transfers.values() if t.left_minor]
        if able:
            transfer = able[pick % len(able)]
            left = min(transfer.left_minor, self.bank.balance_of(transfer.order.account))
            minor = left * percent // 100
            if minor > 0:
                amount = Money(minor, transfer.order.amount.currency)
                self.bank.reverse_at_provider(transfer.id, amount)

    @rule(pick=PICK, failure=st.sampled_from(["", "account_closed"]))
    def a_mechanic_is_paid_out_to_their_bank(self, pick: int, failure: str) -> None:
        able = [each for each in self.bank.accounts if self.bank.balance_of(each) > 0]
        if able:
            account = able[pick % len(able)]
            payout = self.bank.pay_out(account, Money(self.bank.balance_of(account)))
            self.bank.finish_payout(payout, failure=failure)

    @rule(pick=PICK, deed=st.sampled_from([retry, settle, close]))
    def staff_see_to_an_issue(self, pick: int, deed: Callable[..., object]) -> None:
        waiting = self.ports.queries.money.open_issues()
        if waiting:
            issue = waiting[pick % len(waiting)]
            self.attempt(
                partial(deed, self.ports, actor=self.admin, issue_id=issue.id, note="as agreed")
            )

    @rule(page=PICK)
    def somebody_pays_another_amount(self, page: int) -> None:
        opened = [c.id for c in self.bank.checkouts.values() if c.status is CheckoutStatus.OPEN]
        if opened:
            self.bank.pay(opened[page % len(opened)], received=Money(100))

    @rule(pick=PICK)
    def a_bank_disputes(self, pick: int) -> None:
        able = [
            each for each in self.bank.charges.values() if not each.disputed and each.left_minor
        ]
        if able:
            self.bank.open_dispute(able[pick % len(able)].id)

    @precondition(lambda self: self.bank.open_disputes)
    @rule(pick=PICK, outcome=st.sampled_from(DisputeOutcome))
    def a_dispute_is_decided(self, pick: int, outcome: DisputeOutcome) -> None:
        open_ones = self.bank.open_disputes
        self.bank.close_dispute(open_ones[pick % len(open_ones)], outcome)

    @invariant()
    def everything_fits_together(self) -> None:
        of_town.sessions_hold_together(self.here)
        of_town.nobody_is_in_two_places(self.here, self.customers, self.mechanics)
        of_town.the_ledger_adds_up(self.here)
        of_town.staff_see_what_a_customer_is_owed(self.here)

    def teardown(self) -> None:
        self.present.clear()
        of_town.comes_to_rest(self.here, self.mechanics)
        of_town.nothing_is_left_under_way(self.here)
        of_town.the_ledger_says_what_the_bank_has(self.here)
        of_town.customers_got_or_are_owed_what_they_were_promised(self.here)
        of_town.nobody_was_paid_twice(self.here)
        of_town.staff_see_what_a_customer_is_owed(self.here)
        assert verify_money(self.ports).differences == ()
