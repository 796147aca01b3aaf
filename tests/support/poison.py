"""Jobs that raise whenever they are done, and others that succeed, in every queue."""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from autodoctor.adapters.memory.mail import MemoryMailer
from autodoctor.application.operations.deliver import attempt_delivery
from autodoctor.application.operations.due import lapse_leases, run_timers, send_mail
from autodoctor.application.sessions.keeping import Timer
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
from autodoctor.domain.shared.ids import CheckoutId, EventId, RefundId, TransferId
from autodoctor.entrypoints.worker.queue import relay
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.operations import Mail
from autodoctor.testing.ports import Town

POISON: Final = "poison@test.example"


class BreakingMailer(MemoryMailer):
    """Breaks at one recipient, as composing a mail can."""

    def send(self, mail: Mail, /) -> None:
        if mail.recipient == POISON:
            raise ValueError("a header with a line break")
        super().send(mail)


def a_timer(town: Town, *, kind: str) -> Job:
    subject = uuid4()
    with town.kept(SYSTEM) as tx:
        tx.timers.set(kind, subject, due_at=town.clock.now())
    return Job(Queue.TIMER, kind, subject)


def bad_timer(town: Town) -> Job:
    return a_timer(town, kind="no_such_kind")


def good_timer(town: Town) -> Job:
    """Of a file that is gone already."""
    return a_timer(town, kind=Timer.DISCARD_FILE)


UNDELIVERABLE: Final[dict[str, Callable[[], Event]]] = {
    "refund": lambda: RefundDue(RefundId(uuid4())),
    "transfer": lambda: TransferDue(TransferId(uuid4())),
    "reversal": lambda: ReversalDue(ReversalId(uuid4())),
    "checkout": lambda: CheckoutPaid(CheckoutId(uuid4())),
}
"""They tell of what is not there."""


def record(town: Town, event: Event) -> None:
    """An event with its deliveries, due now."""
    with town.kept(SYSTEM) as tx:
        tx.outbox.record(event, by=SYSTEM, at=town.clock.now())


def deliverable() -> Event:
    """Of a notice that was handled already."""
    return NoticeReceived(uuid4().hex)


def a_mail(town: Town, *, to: str, secret: bool = False) -> Job:
    mail = Mail(
        id=uuid4(),
        recipient=to,
        occasion="session_ended",
        reference=str(uuid4()),
        subject="How was it?",
        text="Tell us.",
        html="<p>Tell us.</p>",
        secret=secret,
    )
    with town.kept(SYSTEM) as tx:
        tx.mails.queue(mail, at=town.clock.now())
    return mail.job


def work_through(ports: Ports) -> None:
    """One round of everything that the worker does."""
    run_timers(ports)
    lapse_leases(ports)
    while relay(ports, lambda event, consumer: _deliver(ports, event, consumer)):
        pass
    while send_mail(ports):
        pass


def _deliver(ports: Ports, event_id: EventId, consumer: str) -> None:
    attempt_delivery(ports, event_id=event_id, consumer=consumer)
