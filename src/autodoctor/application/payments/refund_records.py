"""Bringing our refunds of a payment in line with what the provider has on record.

Staff refund at the provider's own pages, too, and so do banks. Such a refund stands for one of
ours that was not made yet, as far as it goes; the rest of ours is ordered anew. Beyond that it
comes out of the session: what is held first, then what the payees earn.
"""

from collections.abc import Sequence
from datetime import datetime

from autodoctor.application.payments.announcing import AT_PROVIDER, REST
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.holding import Holding
from autodoctor.application.payments.issues import close_paid, open_issue
from autodoctor.application.payments.movements import order_refund
from autodoctor.application.payments.payees import adjust_payees
from autodoctor.application.payments.refund_outcomes import owe_again, record_refund
from autodoctor.application.payments.shares import record_reductions, shares
from autodoctor.application.payments.unfunded import call_off_unfunded
from autodoctor.application.sessions.refunded import mark_refunded
from autodoctor.domain.revenue.events import RefundedAtProvider
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import UNSENT, MovementStatus, Refund
from autodoctor.domain.revenue.refunds import refund_found
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, EntryId, RefundId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.ports.payments import ProviderRefund
from autodoctor.ports.transactions import Transaction


def match_refunds(ports: Ports, *, checkout_id: CheckoutId) -> None:
    """Of a checkout that was paid. Safe to repeat. Raises NotReadyYet while its money has not
    found its place, or a call of ours may be under way; PaymentsUnavailable."""
    with ports.transactions(SYSTEM) as tx:
        payment_id = tx.checkouts.get(checkout_id).payment_id
    assert payment_id is not None, "whoever asks has its charge, or has called for its payment"
    found = _refunds_of(ports, payment_id)
    with ports.transactions(SYSTEM) as tx:
        _match(ports, tx, Holding.lock(tx, checkout_id), found, at=ports.now())


def _refunds_of(ports: Ports, payment_id: str) -> tuple[ProviderRefund, ...]:
    try:
        return ports.payment_records.refunds_of(payment_id)
    except PaymentRefused as refused:
        if refused.because is No.UNKNOWN_OBJECT:
            return ()
        raise


def _match(
    ports: Ports,
    tx: Transaction,
    holding: Holding,
    found: tuple[ProviderRefund, ...],
    *,
    at: datetime,
) -> None:
    if not holding.checkout.settled:
        raise NotReadyYet()
    strangers = []
    for told in found:
        ours = _ours(tx, holding, told)
        if ours is None:
            strangers.append(told)
        else:
            record_refund(ports, tx, holding, ours, told, at=at)
    if strangers:
        _take_in(ports, tx, holding, strangers, at=at)


def _take_in(
    ports: Ports,
    tx: Transaction,
    holding: Holding,
    strangers: Sequence[ProviderRefund],
    *,
    at: datetime,
) -> None:
    before = shares(tx, holding)
    withdrawn = _withdraw_unsent(ports, tx, holding, at=at)
    for told in strangers:
        _adopt(ports, tx, holding, told, at=at)
    _order_rest(ports, tx, holding, withdrawn, strangers[-1], at=at)
    called_off = _follow_up(ports, tx, holding, at=at)
    close_paid(tx, holding, at=at)
    record_reductions(tx, holding, before, called_off=called_off, at=at)
    _record_news(tx, holding, strangers, known=withdrawn, called_off=called_off, at=at)


def _record_news(
    tx: Transaction,
    holding: Holding,
    strangers: Sequence[ProviderRefund],
    *,
    known: Money,
    called_off: bool,
    at: datetime,
) -> None:
    """For the customer, who was told already of what stands for a refund of ours, unless that was
    one that had failed before."""
    refunds = tx.refunds.of_checkout(holding.checkout.id)
    if any(each.status is MovementStatus.FAILED for each in refunds):
        known = Money.zero(known.currency)
    ids = [each.id for each in strangers]
    adopted = [each for each in refunds if each.provider_id in ids]
    for refund in adopted:
        if refund.amount > known:
            last = called_off and refund is adopted[-1]
            customer = holding.checkout.customer_id
            news = RefundedAtProvider(
                holding.session_id, customer, refund.id, refund.amount, called_off=last
            )
            tx.outbox.record(news, by=SYSTEM, at=at)
        known = max(known - refund.amount, Money.zero(known.currency))


def _ours(tx: Transaction, holding: Holding, told: ProviderRefund) -> Refund | None:
    """By the provider's id, or by ours as long as we knew of none."""
    refunds = tx.refunds.of_checkout(holding.checkout.id)
    known = next((each for each in refunds if each.provider_id == told.id), None)
    if known is not None:
        return known
    return next((r for r in refunds if r.id == told.refund_id and r.status in UNSENT), None)


def _withdraw_unsent(ports: Ports, tx: Transaction, holding: Holding, *, at: datetime) -> Money:
    """What we were about to refund, and now owe instead."""
    withdrawn = Money.zero(holding.checkout.amount.currency)
    for refund in tx.refunds.of_checkout(holding.checkout.id):
        if refund.status not in UNSENT:
            continue
        if refund.tried_at is not None:
            raise NotReadyYet()
        tx.refunds.save(refund.void())
        owe_again(ports, tx, holding, refund, at=at)
        withdrawn += refund.amount
    return withdrawn


def _adopt(
    ports: Ports, tx: Transaction, holding: Holding, told: ProviderRefund, *, at: datetime
) -> None:
    refund = Refund(
        id=RefundId(ports.ids.new()),
        checkout_id=holding.checkout.id,
        session_id=holding.session_id,
        amount=told.amount,
        reason=f"{AT_PROVIDER}{told.id}",
        created_at=at,
    )
    tx.refunds.add(refund)
    funds = holding.funds(tx)
    entry = refund_found(
        funds,
        refund_id=refund.id,
        amount=refund.amount,
        terms=holding.terms(tx, funds),
        entry_id=EntryId(ports.ids.new()),
        at=at,
    )
    holding.post(tx, entry)
    open_issue(
        ports,
        tx,
        IssueKind.REFUND_AT_PROVIDER,
        refund.id,
        amount=refund.amount,
        session_id=holding.session_id,
        checkout_id=holding.checkout.id,
        detail=told.id,
        at=at,
    )
    record_refund(ports, tx, holding, refund, told, at=at)


def _order_rest(
    ports: Ports,
    tx: Transaction,
    holding: Holding,
    withdrawn: Money,
    last: ProviderRefund,
    *,
    at: datetime,
) -> None:
    rest = min(withdrawn, holding.funds(tx).owed)
    if rest:
        reason = f"{REST}{last.id}"
        order_refund(
            ports, tx, holding.checkout, holding.session_id, amount=rest, reason=reason, at=at
        )


def _follow_up(ports: Ports, tx: Transaction, holding: Holding, *, at: datetime) -> bool:
    """A session without any money left does not take place; one that did pays less. Whether it
    was called off."""
    if holding.session is None:
        return False
    called_off = call_off_unfunded(ports, tx, holding, cause=Cause.REFUNDED_AT_PROVIDER)
    adjust_payees(ports, tx, holding.session.id, at=at)
    mark_refunded(tx, holding.session.id, holding.checkout.id, at=at)
    return called_off
