"""Events and deliveries, timers, the live stream, mails and webhooks in memory."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs

from autodoctor.adapters.memory.jobs import begun, blank, given_up
from autodoctor.adapters.memory.tables import Delivery, Queued, Tables, Told, Webhook
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, EventId, SessionId
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.operations import (
    HANDED_OUT_FOR,
    Due,
    Mail,
    Notification,
    Outgoing,
    Plain,
    Recorded,
)
from autodoctor.ports.payment_notices import PaymentNotice

Routes = Mapping[type[Event], tuple[str, ...]]
Wake = Callable[[str], None]


@attrs.frozen
class MemoryOutbox:
    _tables: Tables
    _routes: Routes
    _wake: Wake
    _happened: Callable[[Event, Actor, datetime], None]

    def record(self, *happened: Event, by: Actor, at: datetime) -> None:
        for event in happened:
            recorded = Recorded(EventId(uuid4()), event, at, by.account_id, by.role)
            self._tables.events[recorded.id] = recorded
            for consumer in self._routes.get(type(event), ()):
                self._tables.deliveries[recorded.id, consumer] = Delivery(at)
                self._wake("outbox")
            self._happened(event, by, at)

    def begin(self, event_id: EventId, consumer: str, /) -> Recorded | None:
        delivery = self._tables.deliveries.get((event_id, consumer))
        job = Job(Queue.DELIVERY, str(consumer), event_id)
        if delivery is None or delivery.done_at is not None or given_up(self._tables, job):
            return None
        return self._tables.events[event_id]

    def finish(self, event_id: EventId, consumer: str, /, *, at: datetime) -> None:
        key = (event_id, consumer)
        if key in self._tables.deliveries:
            self._tables.deliveries[key] = attrs.evolve(self._tables.deliveries[key], done_at=at)

    def due(
        self, *, at: datetime, most: int, lease: timedelta = HANDED_OUT_FOR
    ) -> tuple[tuple[EventId, str], ...]:
        deliveries = self._tables.deliveries
        jobs = {key: Job(Queue.DELIVERY, str(key[1]), key[0]) for key in deliveries}
        waiting = [
            key
            for key, each in deliveries.items()
            if each.done_at is None and each.due_at <= at and not given_up(self._tables, jobs[key])
        ]
        taken = sorted(waiting, key=lambda key: deliveries[key].due_at)[:most]
        for key in taken:
            deliveries[key] = attrs.evolve(deliveries[key], due_at=at + lease)
        return tuple(taken)

    def of_session(self, session_id: SessionId, /) -> tuple[Recorded, ...]:
        events = self._tables.events.values()
        return tuple(e for e in events if getattr(e.event, "session_id", None) == session_id)


@attrs.frozen
class MemoryTimers:
    _tables: Tables

    def set(self, kind: str, subject_id: UUID, /, *, due_at: datetime) -> None:
        self._tables.timers[str(kind), subject_id] = due_at
        self._tables.tries.pop(Job(Queue.TIMER, str(kind), subject_id), None)

    def replace(self, subject_id: UUID, due: Mapping[str, datetime | None], /) -> None:
        for kind, at in due.items():
            if at is None:
                self._tables.timers.pop((str(kind), subject_id), None)
            else:
                self.set(kind, subject_id, due_at=at)

    def claim(self, *, at: datetime, lease: datetime, most: int) -> tuple[Due, ...]:
        first = sorted(self._due(at=at), key=lambda item: item[1])[:most]
        for key, _ in first:
            self._tables.timers[key] = lease
            begun(self._tables, Job(Queue.TIMER, *key))
        return tuple(Due(*key, due_at, lease) for key, due_at in first)

    def count_due(self, *, at: datetime) -> int:
        return len(self._due(at=at))

    def _due(self, *, at: datetime) -> list[tuple[tuple[str, UUID], datetime]]:
        return [
            (key, due_at)
            for key, due_at in self._tables.timers.items()
            if due_at <= at and not given_up(self._tables, Job(Queue.TIMER, *key))
        ]

    def done(self, due: Due, /) -> None:
        key = (due.kind, due.subject_id)
        if self._tables.timers.get(key) == due.lease:
            del self._tables.timers[key]
            self._tables.tries.pop(Job(Queue.TIMER, *key), None)


@attrs.frozen
class MemoryLive:
    _tables: Tables
    _wake: Wake

    def tell(self, audience: str, kind: str, data: Plain, /) -> None:
        live = self._tables.live
        live[len(live) + 1] = Told(audience, kind, dict(data))
        self._wake("live")


@attrs.frozen
class MemoryMails:
    _tables: Tables
    _wake: Wake

    def queue(self, mail: Mail, /, *, at: datetime) -> bool:
        self._wake("mail")
        known = {_about(each.mail) for each in self._tables.mails.values()}
        if mail.id in self._tables.mails or _about(mail) in known:
            return False
        self._tables.mails[mail.id] = Queued(mail, at, at)
        return True

    def claim(self, *, at: datetime, lease: datetime) -> Outgoing | None:
        mails = self._tables.mails.values()
        due = [
            each
            for each in mails
            if each.due_at <= at and not each.sent_at and not given_up(self._tables, each.mail.job)
        ]
        if not due:
            return None
        oldest = min(due, key=lambda each: each.due_at)
        attempts = begun(self._tables, oldest.mail.job)
        self._tables.mails[oldest.mail.id] = attrs.evolve(oldest, due_at=lease)
        return Outgoing(mail=oldest.mail, queued_at=oldest.queued_at, attempts=attempts)

    def sent(self, mail_id: UUID, /, *, at: datetime) -> None:
        if mail_id in self._tables.mails:
            queued = self._tables.mails[mail_id]
            self._tables.mails[mail_id] = attrs.evolve(queued, sent_at=at)
            blank(self._tables, mail_id)

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        about = (account_id, occasion, reference)
        for each in tuple(self._tables.mails.values()):
            mail = each.mail
            told = (mail.account_id, mail.occasion, mail.reference)
            if told == about and not each.sent_at:
                del self._tables.mails[mail.id]

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        for each in tuple(self._tables.mails.values()):
            mail = each.mail
            if (mail.occasion, mail.reference) == (occasion, reference) and not each.sent_at:
                del self._tables.mails[mail.id]


def _about(mail: Mail) -> tuple[str, str, str]:
    return mail.recipient, str(mail.occasion), mail.reference


@attrs.frozen
class MemoryNotifications:
    _tables: Tables

    def add(self, notification: Notification, /) -> bool:
        notifications = self._tables.notifications
        known = {(n.account_id, n.occasion, n.reference) for n in notifications.values()}
        about = (notification.account_id, notification.occasion, notification.reference)
        if notification.id in notifications or about in known:
            return False
        notifications[notification.id] = notification
        return True

    def of(self, account_id: AccountId, /, *, most: int) -> tuple[Notification, ...]:
        mine = [n for n in self._tables.notifications.values() if n.account_id == account_id]
        newest = sorted(mine, key=lambda n: n.at, reverse=True)
        return tuple(sorted(newest, key=lambda n: n.read_at is not None)[:most])

    def mark_read(self, account_id: AccountId, /, *, at: datetime) -> None:
        for each in tuple(self._tables.notifications.values()):
            if each.account_id == account_id and each.read_at is None:
                self._tables.notifications[each.id] = attrs.evolve(each, read_at=at)

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        about = (account_id, occasion, reference)
        for each in tuple(self._tables.notifications.values()):
            if (each.account_id, each.occasion, each.reference) == about:
                del self._tables.notifications[each.id]

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        for each in tuple(self._tables.notifications.values()):
            if (each.occasion, each.reference) == (occasion, reference):
                del self._tables.notifications[each.id]


@attrs.frozen
class MemoryWebhooks:
    _tables: Tables

    def store(self, notice: PaymentNotice, /, *, at: datetime) -> bool:  # noqa: ARG002 - nobody asks when
        known = notice.event_id in self._tables.webhooks
        self._tables.webhooks.setdefault(notice.event_id, Webhook(notice))
        return not known

    def take(self, event_id: str, /) -> PaymentNotice | None:
        found = self._tables.webhooks.get(event_id)
        return None if found is None or found.handled_at else found.notice

    def handled(self, event_id: str, /, *, at: datetime) -> None:
        if event_id in self._tables.webhooks:
            webhook = self._tables.webhooks[event_id]
            self._tables.webhooks[event_id] = attrs.evolve(webhook, handled_at=at)
