"""How work survives a crash: events and deliveries, timers, the live stream, mails."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import attrs

from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, EventId, SessionId
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.payment_notices import PaymentNotice

Plain = Mapping[str, object]
"""What JSON can hold."""


@attrs.frozen
class Recorded:
    """An event as it was stored."""

    id: EventId
    event: Event
    at: datetime
    actor_id: AccountId
    actor_role: Role


HANDED_OUT_FOR: Final = timedelta(seconds=20)
"""Longer than a delivery waits in the queue and takes, and soon enough for one that was lost."""


class Outbox(Protocol):
    """Events commit with the state that they tell of, one delivery for every consumer."""

    def record(self, *events: Event, by: Actor, at: datetime) -> None: ...

    def begin(self, event_id: EventId, consumer: str, /) -> Recorded | None:
        """Take a delivery in this transaction; None when it is done (or being done)."""

    def finish(self, event_id: EventId, consumer: str, /, *, at: datetime) -> None:
        """Commits with what the consumer did."""

    def due(
        self, *, at: datetime, most: int, lease: timedelta = HANDED_OUT_FOR
    ) -> tuple[tuple[EventId, str], ...]:
        """Deliveries to hand to the queue now. Each comes up again after its lease, unless
        somebody finishes it, puts it off or gives it up."""

    def of_session(self, session_id: SessionId, /) -> tuple[Recorded, ...]:
        """The session's timeline, in order."""


@attrs.frozen
class Due:
    """A timer somebody has claimed; `lease` is when it comes up again if nothing is said of it."""

    kind: str
    subject_id: UUID
    due_at: datetime
    lease: datetime


class Timers(Protocol):
    """Rows: what is due, for whom, when. One per kind and subject.

    Claiming and doing are two transactions: a use case locks its session before it sets a
    timer, so holding the timer while waiting for the session would be a deadlock.
    """

    def set(self, kind: str, subject_id: UUID, /, *, due_at: datetime) -> None: ...

    def replace(self, subject_id: UUID, due: Mapping[str, datetime | None], /) -> None:
        """Several of one subject at once: None clears a kind; kinds not named stay."""

    def claim(self, *, at: datetime, lease: datetime, most: int) -> tuple[Due, ...]:
        """Those due at `at`, oldest first, which nobody else has claimed."""

    def count_due(self, *, at: datetime) -> int: ...

    def done(self, due: Due, /) -> None:
        """It is gone, unless it was set anew in the meantime."""


class Live(Protocol):
    """What open streams are told. Commits with the state; wakes the streams afterwards."""

    def tell(self, audience: str, kind: str, data: Plain, /) -> None: ...


def person(account_id: UUID) -> str:
    return f"account:{account_id}"


MECHANICS = "mechanics"
"""The audience of everybody on the mechanics' side."""


@attrs.frozen(kw_only=True)
class Mail:
    """`reference` makes it unique with recipient and occasion: each is sent once. One that
    carries a `secret` (a link that opens something) is kept without its words once it is over."""

    id: UUID
    recipient: str
    occasion: str
    reference: str
    subject: str
    text: str
    html: str
    account_id: AccountId | None = None
    attachment: bytes | None = None
    attachment_name: str | None = None
    secret: bool = False

    @property
    def blank(self) -> "Mail":
        return attrs.evolve(self, text="", html="")

    @property
    def job(self) -> Job:
        return Job(Queue.MAIL, str(self.occasion), self.id)


@attrs.frozen(kw_only=True)
class Outgoing:
    """A mail to be sent now. `attempts` counts this one, and those that a crash cut short."""

    mail: Mail
    queued_at: datetime
    attempts: int


class Mails(Protocol):
    def queue(self, mail: Mail, /, *, at: datetime) -> bool:
        """False when the same mail was queued before."""

    def claim(self, *, at: datetime, lease: datetime) -> Outgoing | None:
        """The oldest one due that nobody else has claimed; it comes up again at `lease`,
        unless it was sent, put off or given up (`Jobs`)."""

    def sent(self, mail_id: UUID, /, *, at: datetime) -> None: ...

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        """It is not sent any more, unless it was already."""

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        """As `withdraw`, whoever it is to."""


@attrs.frozen(kw_only=True)
class Notification:
    id: UUID
    account_id: AccountId
    occasion: str
    reference: str
    title: str
    url: str
    at: datetime
    read_at: datetime | None = None


class Notifications(Protocol):
    def add(self, notification: Notification, /) -> bool:
        """False when that person was told of it before."""

    def of(self, account_id: AccountId, /, *, most: int) -> tuple[Notification, ...]:
        """Unread first, then newest first."""

    def mark_read(self, account_id: AccountId, /, *, at: datetime) -> None: ...

    def withdraw(self, account_id: AccountId, occasion: str, reference: str, /) -> None:
        """It is gone; nothing when that person was not told of it."""

    def withdraw_all(self, occasion: str, reference: str, /) -> None:
        """As `withdraw`, for everybody who was told of it."""


class Webhooks(Protocol):
    def store(self, notice: PaymentNotice, /, *, at: datetime) -> bool:
        """False when that event was stored before."""

    def take(self, event_id: str, /) -> PaymentNotice | None:
        """The notice to handle in this transaction; None when it is handled."""

    def handled(self, event_id: str, /, *, at: datetime) -> None: ...
