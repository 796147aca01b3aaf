"""A customer hears why their session was called off, and what becomes of the money."""

import pytest

from autodoctor.application.notifications.called_off import tell_called_off
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import EventId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.operations import Recorded
from autodoctor.testing.ports import Town, a_customer, memory_town


@pytest.fixture
def town() -> Town:
    return memory_town()


def told(town: Town, cause: Cause, *, refund: int, kept: int) -> list[tuple[str, str]]:
    """Subject and text of what was mailed."""
    customer = a_customer(town.ports)
    key = town.ports.ids.new
    event = SessionCancelled(
        SessionId(key()), customer.customer_id, None, cause, Money(refund), Money(kept)
    )
    recorded = Recorded(EventId(key()), event, town.clock.now(), SYSTEM.account_id, Role.SYSTEM)
    with town.kept(SYSTEM) as tx:
        tell_called_off(town.ports, tx, recorded, event)
        tell_called_off(town.ports, tx, recorded, event)
    with town.kept(SYSTEM) as tx:
        notifications = tx.notifications.of(customer.account_id, most=9)
    mails = [queued.mail for queued in town.kept.tables.mails.values()]
    assert [each.title for each in notifications] == [mail.subject for mail in mails]
    return [(mail.subject, mail.text) for mail in mails]


def test_who_called_it_off_knows(town: Town) -> None:
    assert told(town, Cause.CUSTOMER, refund=999, kept=0) == []


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause is not Cause.CUSTOMER])
def test_everybody_else_is_told_once_why(town: Town, cause: Cause) -> None:
    ((subject, text),) = told(town, cause, refund=999, kept=0)

    assert subject
    assert "All of it, $9.99 CAD, is on its way back" in text


@pytest.mark.parametrize(
    ("refund", "kept", "said"),
    [
        (500, 499, "$5.00 CAD is on its way back to your card; $4.99 CAD is kept."),
        (0, 999, "what you paid is not given back"),
        (0, 0, "your free session is yours again"),
    ],
)
def test_the_money_is_told_to_the_cent(town: Town, refund: int, kept: int, said: str) -> None:
    ((_, text),) = told(town, Cause.CUSTOMER_NO_SHOW, refund=refund, kept=kept)

    assert said in text
