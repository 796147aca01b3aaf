"""Delivering an event to a consumer: at least once, with the effect of exactly once.

Payments consumers make calls and are idempotent by the rows they act on, so their delivery is
finished after they are done. Notifications only write rows, so they finish in one transaction.
"""

from functools import partial

from autodoctor.application.notifications.routes import Consumer
from autodoctor.application.notifications.tell import notify
from autodoctor.application.operations.attempts import attempt
from autodoctor.application.payments.calls import make_refund, make_reversal, make_transfer
from autodoctor.application.payments.fulfilment import fulfil
from autodoctor.application.payments.notices import handle
from autodoctor.domain.revenue.events import (
    CheckoutPaid,
    NoticeReceived,
    RefundDue,
    ReversalDue,
    TransferDue,
)
from autodoctor.domain.revenue.ids import ReversalId
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import EventId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.operations import HANDED_OUT_FOR


def attempt_delivery(ports: Ports, *, event_id: EventId, consumer: str) -> bool:
    """The same as a job by itself: whatever it raises is recorded for it alone. True for one
    that is done already."""
    job = Job(Queue.DELIVERY, consumer, event_id)
    with ports.transactions(SYSTEM) as tx:
        if not tx.jobs.begin(job, lease=ports.now() + HANDED_OUT_FOR):
            return True
    return attempt(ports, job, partial(deliver, ports, event_id=event_id, consumer=consumer))


def deliver(ports: Ports, *, event_id: EventId, consumer: str) -> None:
    """Does nothing when it is done already, or somebody is at it."""
    if consumer == Consumer.NOTIFICATIONS:
        _notify(ports, event_id)
        return
    with ports.transactions(SYSTEM) as tx:
        recorded = tx.outbox.begin(event_id, consumer)
    if recorded is None:
        return
    _pay(ports, recorded.event)
    with ports.transactions(SYSTEM) as tx:
        tx.outbox.finish(event_id, consumer, at=ports.now())


def _notify(ports: Ports, event_id: EventId) -> None:
    with ports.transactions(SYSTEM) as tx:
        recorded = tx.outbox.begin(event_id, Consumer.NOTIFICATIONS)
        if recorded is None:
            return
        notify(ports, tx, recorded)
        tx.outbox.finish(event_id, Consumer.NOTIFICATIONS, at=ports.now())


def _pay(ports: Ports, event: Event) -> None:
    match event:
        case NoticeReceived(notice_id=notice_id):
            handle(ports, notice_id=notice_id)
        case CheckoutPaid(checkout_id=checkout_id):
            fulfil(ports, checkout_id=checkout_id)
        case RefundDue(refund_id=refund_id):
            make_refund(ports, refund_id)
        case TransferDue(transfer_id=transfer_id):
            make_transfer(ports, transfer_id)
        case ReversalDue(reversal_id=reversal_id):
            make_reversal(ports, ReversalId(reversal_id))
        case _:
            raise AssertionError(f"{type(event).__name__} is routed to payments by mistake")
