from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.revenue.events import (
    DisputeClosed,
    DisputeOpened,
    EarningsReduced,
    MoneyIssueOpened,
    RefundDone,
    RefundedAtProvider,
    RefundFailed,
    RefundSettled,
    TransferDone,
)
from autodoctor.domain.sessions import events
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import (
    MechanicReleased,
    PartyJoined,
    RequestAccepted,
    SessionCancelled,
    SessionCompleted,
    SessionEvent,
    SessionOpened,
)
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, EventId, RequestId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.admin_timeline import moments, sentence, spelled
from autodoctor.ports.operations import Recorded
from support.seen import DANA, ID, MAYA, NOW, WHEN

NAMES = {MAYA: "Maya Okafor"}
VALUES: dict[str, Any] = {
    "session_id": ID,
    "request_id": RequestId(UUID(int=1)),
    "customer_id": DANA,
    "mechanic_id": MAYA,
    "workshop_id": None,
    "scheduled_for": None,
    "expires_at": NOW + timedelta(minutes=15),
    "plan": "quick-chat",
    "paid": Money(999),
    "party": Party.CUSTOMER,
    "missing": Party.MECHANIC,
    "minutes": 12,
    "timed_out": False,
    "cause": Cause.MECHANIC,
    "refund": Money(999),
    "kept": Money(0),
    "no_show": True,
    "amount": Money(800),
    "won": True,
    "refunding": False,
    "refund_id": UUID(int=8),
    "transfer_id": UUID(int=9),
    "announced": True,
    "amended": False,
    "called_off": True,
    "account": "mechanic",
    "owner_id": MAYA,
    "left": Money(0),
    "disputed": False,
    "issue_id": UUID(int=10),
    "kind": "refund_at_provider",
    "note": "By cheque.",
}
OF_SESSIONS = [kind for kind in vars(events).values() if isinstance(kind, type)]
KINDS = (
    *(kind for kind in OF_SESSIONS if issubclass(kind, SessionEvent) and kind is not SessionEvent),
    *(TransferDone, RefundDone, DisputeOpened, DisputeClosed),
    *(EarningsReduced, MoneyIssueOpened, RefundedAtProvider, RefundFailed, RefundSettled),
)


def event(kind: type[Event], **given: Any) -> Any:
    names = [field.name for field in attrs.fields(kind)]
    return kind(**{name: (VALUES | given)[name] for name in names})


def told(kind: type[Event], **given: Any) -> str:
    return sentence(event(kind, **given), NAMES, WHEN)


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_of_a_session_has_a_sentence_of_its_own(kind: type[Event]) -> None:
    assert told(kind)
    assert told(kind) != spelled(event(kind))


def test_every_cause_of_a_cancellation_is_told_in_its_own_words_with_the_money() -> None:
    texts = {
        told(SessionCancelled, cause=cause, refund=Money(500), kept=Money(499))
        for cause in set(Cause) - {Cause.DISPUTE_LOST}
    }

    assert len(texts) == len(Cause) - 1
    assert all(text.endswith("; $5.00 refunded, $4.99 kept") for text in texts)
    assert told(SessionCancelled).endswith("; $9.99 refunded")


def test_whoever_accepted_is_named() -> None:
    assert told(RequestAccepted) == "Maya Okafor accepted"
    later = told(RequestAccepted, scheduled_for=NOW + timedelta(days=1))
    assert later.startswith("Maya Okafor accepted for Tomorrow")
    assert told(MechanicReleased).startswith("Maya Okafor did not come")
    assert told(MechanicReleased, no_show=False).startswith("Maya Okafor gave it back")


def test_a_free_session_is_not_told_as_paid() -> None:
    assert told(SessionOpened) == "Booked, $9.99 paid"
    assert told(SessionOpened, paid=Money(0)) == "Booked as a free session"


def test_an_end_by_itself_differs_from_one_by_hand() -> None:
    assert told(SessionCompleted) == "Completed after 12 minutes, ended by hand"
    assert "by itself" in told(SessionCompleted, timed_out=True)


def test_a_kind_without_words_yet_is_spelled_out() -> None:
    @attrs.frozen
    class RoomPainted(Event):
        """Nobody knows this one."""

    assert sentence(RoomPainted(), NAMES, WHEN) == "Room painted"


def recorded(role: Role, actor: UUID) -> Recorded:
    joined = event(PartyJoined)
    return Recorded(EventId(UUID(int=1)), joined, NOW, AccountId(actor), role)


@pytest.mark.parametrize(
    ("role", "actor", "who"),
    [
        (Role.MECHANIC, MAYA, "by Maya Okafor, the mechanic"),
        (Role.CUSTOMER, DANA, "by the customer"),
        (Role.SYSTEM, MAYA, "by autodoctor"),
    ],
)
def test_a_moment_tells_when_and_who(role: Role, actor: UUID, who: str) -> None:
    [moment] = moments((recorded(role, actor),), NAMES, WHEN)

    assert moment.when.startswith("Today, 2:32:00")
    assert moment.when.endswith(who)
    assert moment.at == NOW.isoformat()


def test_a_session_that_ended_by_a_refund_at_the_provider_was_called_off_by_no_admin() -> None:
    cancelled = event(SessionCancelled, cause=Cause.REFUNDED_AT_PROVIDER)
    recorded = Recorded(EventId(UUID(int=1)), cancelled, NOW, SYSTEM.account_id, Role.ADMIN)

    (moment,) = moments((recorded,), NAMES, WHEN)

    assert "refunded at the payment provider" in moment.what
    assert moment.when.endswith("by somebody at the payment provider")


def test_a_session_that_ended_by_a_lost_dispute_was_called_off_by_the_bank() -> None:
    cancelled = event(SessionCancelled, cause=Cause.DISPUTE_LOST)
    recorded = Recorded(EventId(UUID(int=1)), cancelled, NOW, SYSTEM.account_id, Role.ADMIN)

    (moment,) = moments((recorded,), NAMES, WHEN)

    assert moment.what == "Ended because the customer's bank returned the payment"
    assert moment.when.endswith("by the customer's bank")
