"""Comparing sessions, ledger and the provider's objects, payment by payment.

Nothing is changed: what differs is listed, for a person to look into. The provider is asked
first, so that what moves meanwhile shows up as under way, not as a difference.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.application.payments.own_differences import own_differences, told
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.money_check import Difference, DifferenceKind, MoneyCheck
from autodoctor.domain.revenue.movements import UNSENT, Movement, MovementStatus, Reversal, Transfer
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.ids import CheckoutId, SessionId, TransferId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_records import ProviderCharge
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

SETTLES_WITHIN: Final = timedelta(hours=1)
"""A payment of which we have not heard after this long is a difference."""
ANSWERED_WITHIN: Final = timedelta(days=1)
"""Longer than a call that fails is repeated by itself."""
PAGE: Final = 200


@attrs.frozen
class AtProvider:
    """`paid_out` by charge: transfers, less what was taken back."""

    charges: dict[str, ProviderCharge]
    paid_out: dict[str, int]
    strangers: tuple[Difference, ...]


def verify_money(ports: Ports) -> MoneyCheck:
    """Compares everything, and keeps what it found. Raises PaymentsUnavailable."""
    at = ports.now()
    there = _at_provider(ports)
    found = [*there.strangers, *_books(ports)]
    checked = under_way = 0
    for checkout_id in _paid(ports):
        with ports.transactions(SYSTEM) as tx:
            moving, differences = _payment(tx, tx.checkouts.get(checkout_id), there, at=at)
        checked += 1
        under_way += moving
        found += differences
    check = MoneyCheck(
        id=ports.ids.new(),
        at=at,
        checked=checked,
        under_way=under_way,
        differences=tuple(sorted(found)),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.money_checks.add(check)
    return check


def _paid(ports: Ports) -> Iterator[CheckoutId]:
    after: CheckoutId | None = None
    while True:
        with ports.transactions(SYSTEM) as tx:
            page = tx.checkouts.settled_after(after, most=PAGE)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]


def _at_provider(ports: Ports) -> AtProvider:
    strangers: list[Difference] = []
    paid_out: defaultdict[str, int] = defaultdict(int)
    for transfer in ports.payment_records.transfers():
        if transfer.charge_id is not None:
            paid_out[transfer.charge_id] += (transfer.amount - transfer.reversed).minor
        with ports.transactions(SYSTEM) as tx:
            known = tx.transfers.by_provider(transfer.id) is not None
            if not known and not _unanswered(tx, transfer.transfer_id):
                text = f"a transfer of {told(transfer.amount)} that is none of ours"
                strangers.append(Difference(DifferenceKind.TRANSFER_UNKNOWN, transfer.id, text))
    charges = {each.id: each for each in ports.payment_records.charges()}
    for charge in charges.values():
        with ports.transactions(SYSTEM) as tx:
            if not _known(tx, charge, at=ports.now()):
                text = f"a payment of {told(charge.amount)} that is in no book of ours"
                strangers.append(Difference(DifferenceKind.CHARGE_UNKNOWN, charge.id, text))
    return AtProvider(charges, paid_out, tuple(strangers))


def _unanswered(tx: Transaction, transfer_id: TransferId | None) -> bool:
    """A transfer whose answer has not been recorded yet carries our id."""
    if transfer_id is None:
        return False
    try:
        return tx.transfers.get(transfer_id).provider_id is None
    except Missing:
        return False


def _known(tx: Transaction, charge: ProviderCharge, *, at: datetime) -> bool:
    """Settled, or paid so lately that we may not have heard of it."""
    if charge.checkout_id is None:
        return False
    try:
        checkout = tx.checkouts.get(charge.checkout_id)
    except Missing:
        return False
    return checkout.settled or at < checkout.expires_at + SETTLES_WITHIN


def _books(ports: Ports) -> Iterator[Difference]:
    for key in ports.queries.money.entries_without_postings():
        yield Difference(DifferenceKind.ENTRY_BROKEN, key, "an entry without postings")
    sums: defaultdict[str, int] = defaultdict(int)
    for _, amount in ports.queries.revenue.trial_balance():
        sums[amount.currency] += amount.minor
    for currency, minor in sums.items():
        if minor:
            text = f"all accounts together are off by {minor} {currency}"
            yield Difference(DifferenceKind.BOOKS_UNBALANCED, currency, text)


def _payment(
    tx: Transaction, checkout: Checkout, there: AtProvider, *, at: datetime
) -> tuple[bool, list[Difference]]:
    """Whether a call about it is under way, and what differs."""
    session = tx.sessions.of_checkout(checkout.id)
    try:
        funds = _funds(tx, checkout, session)
    except Invalid as broken:
        subject = str(session.id if session else checkout.id)
        return False, [Difference(DifferenceKind.ENTRY_BROKEN, subject, str(broken))]
    refunds = tx.refunds.of_checkout(checkout.id)
    found = list(own_differences(checkout, session, funds, refunds))
    charge = there.charges.get(checkout.charge_id or "")
    if charge is None:
        text = f"{told(checkout.amount)} count as paid"
        return False, [*found, Difference(DifferenceKind.CHARGE_MISSING, str(checkout.id), text)]
    moving = [*refunds, *_payouts(tx, session)]
    calls = [each.tried_at for each in moving if each.tried_at and each.status in UNSENT]
    if calls:
        return True, [*found, *_overdue(checkout, min(calls), at=at)]
    has = (charge.amount - charge.refunded - charge.withdrawn).minor
    has -= there.paid_out.get(charge.id, 0)
    should = _cash(funds) + sum(_unsent(each) for each in moving)
    if has != should:
        text = f"the provider has {has} of it, and {should} by our books"
        found.append(Difference(DifferenceKind.CASH_DIFFERS, str(checkout.id), text))
    return False, found


def _overdue(checkout: Checkout, called_at: datetime, *, at: datetime) -> Iterator[Difference]:
    if at - called_at >= ANSWERED_WITHIN:
        text = f"called for at {called_at:%Y-%m-%d %H:%M} UTC, and no answer is recorded"
        yield Difference(DifferenceKind.OVERDUE, str(checkout.id), text)


def _funds(tx: Transaction, checkout: Checkout, session: Session | None) -> Funds:
    if session is not None:
        return Funds.of(session.id, tx.ledger.of_session(session.id))
    return Funds.of(SessionId(checkout.id), tx.ledger.of_checkout(checkout.id))


def _cash(funds: Funds) -> int:
    cash = (each.amount_on(Account.processor()).minor for each in funds.entries)
    return sum(cash)


def _payouts(tx: Transaction, session: Session | None) -> Iterator[Movement]:
    for transfer in tx.transfers.of_session(session.id) if session else ():
        yield transfer
        yield from tx.reversals.of_transfer(transfer.id)


def _unsent(movement: Movement) -> int:
    """What the ledger counts as moved, and the provider was not asked for yet."""
    posted = movement.status in UNSENT
    match movement:
        case Transfer():
            return movement.amount.minor if movement.status is MovementStatus.DUE else 0
        case Reversal():
            return -movement.amount.minor if posted else 0
        case _:
            return movement.amount.minor if posted else 0
