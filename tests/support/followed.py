"""Following money in a town: who is owed what, which rows there are, and what the bank tells."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import attrs

from autodoctor.application.payments.notices import handle
from autodoctor.application.payments.payouts import send_held
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import CheckoutId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)
from autodoctor.testing.ports import Town
from autodoctor.testing.town import has_payout_account, hear_everything, work
from support.towns import Pair, completed


def hear(town: Town) -> None:
    """All the bank has told, and what follows from it."""
    hear_everything(town)
    work(town)


def news(
    town: Town,
    kind: NoticeKind,
    provider: ProviderIds,
    *,
    amount: Money | None = None,
    outcome: DisputeOutcome | None = None,
) -> None:
    """One notice of the bank's, handled at once: raises what handling it raises."""
    notice = PaymentNotice(
        event_id=f"evt_{uuid4()}",
        kind=kind,
        name=kind,
        created=town.ports.now(),
        provider=provider,
        ours=OurIds(),
        amount=amount,
        outcome=outcome,
    )
    with town.kept(SYSTEM) as tx:
        assert tx.webhooks.store(notice, at=town.ports.now())
    handle(town.ports, notice_id=notice.event_id)


def paid_by(session: Session) -> CheckoutId:
    assert session.checkout_id is not None, "it was paid"
    return session.checkout_id


def charge_of(town: Town, checkout_id: CheckoutId) -> str:
    with town.kept(SYSTEM) as tx:
        charge_id = tx.checkouts.get(checkout_id).charge_id
    assert charge_id is not None, "the money is in"
    return charge_id


def refunds_of(town: Town, checkout_id: CheckoutId) -> list[Refund]:
    with town.kept(SYSTEM) as tx:
        return list(tx.refunds.of_checkout(checkout_id))


def transfers_of(town: Town, session: Session) -> list[Transfer]:
    with town.kept(SYSTEM) as tx:
        return list(tx.transfers.of_session(session.id))


def reversals_of(town: Town, session: Session) -> list[Reversal]:
    made = transfers_of(town, session)
    with town.kept(SYSTEM) as tx:
        return [each for transfer in made for each in tx.reversals.of_transfer(transfer.id)]


def balance(town: Town, account: Account) -> Money:
    """Debit positive, as the ledger has it."""
    with town.kept(SYSTEM) as tx:
        return tx.ledger.balance(account)


def payable(town: Town, mechanic: Actor) -> Money:
    """Negative when they owe it to us."""
    return -balance(town, Account.mechanic(mechanic.mechanic_id))


def owed(town: Town, session: Session) -> Money:
    """To its customer."""
    return -balance(town, Account.owed(session.id))


def issues(town: Town) -> list[tuple[IssueKind, Money]]:
    return [(each.kind, each.amount) for each in town.ports.queries.money.open_issues()]


def happened(town: Town, kind: type[Any]) -> int:
    events = (each.event for each in town.kept.tables.events.values())  # type: ignore[attr-defined]
    return sum(isinstance(event, kind) for event in events)


def a_share_due(town: Town) -> tuple[Pair, Transfer]:
    """We hold the mechanic's account to be ready, and are about to send their share of 4000."""
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    with town.kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(pair.mechanic.mechanic_id, lock=True)
        tx.mechanics.save(mechanic.can_be_paid(ready=True))
        send_held(town.ports, tx, mechanic.id, at=town.clock.now())
    (transfer,) = transfers_of(town, pair.session)
    assert transfer.status is MovementStatus.DUE
    return pair, transfer


def a_share_paid(town: Town) -> tuple[Pair, str]:
    """The mechanic was sent 4000; the bank's id of that transfer."""
    pair = completed(town)
    has_payout_account(town, pair.mechanic)
    hear(town)
    (transfer,) = town.bank.transfers
    return pair, transfer


class _Overtaken:
    """Payments where, once the first call was answered and before anybody knows, something else
    happens."""

    def __init__(self, payments: Any, meanwhile: Callable[[], object]) -> None:
        self._payments = payments
        self._meanwhile: Callable[[], object] | None = meanwhile

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        def call(order: Any) -> Any:
            meanwhile, self._meanwhile = self._meanwhile, None
            try:
                return getattr(self._payments, name)(order)
            finally:
                if meanwhile is not None:
                    meanwhile()

        return call


class _Interrupted:
    """Transactions where something else happens before the one of that number opens."""

    def __init__(self, transactions: Any, number: int, meanwhile: Callable[[], object]) -> None:
        self._transactions = transactions
        self._left = number
        self._meanwhile = meanwhile

    def __call__(self, actor: Actor) -> Any:
        self._left -= 1
        if self._left == 0:
            self._meanwhile()
        return self._transactions(actor)


def overtaken(town: Town, meanwhile: Callable[[], object]) -> Ports:
    """The town's ports for a worker who learns of an answer only after `meanwhile`."""
    return attrs.evolve(town.ports, payments=_Overtaken(town.ports.payments, meanwhile))


def interrupted(town: Town, before: int, meanwhile: Callable[[], object]) -> Ports:
    """The town's ports for a worker whose transaction of that number, from one, opens only after
    `meanwhile`."""
    kept = _Interrupted(town.ports.transactions, before, meanwhile)
    return attrs.evolve(town.ports, transactions=kept)
