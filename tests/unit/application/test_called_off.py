"""A customer hears why their session was called off, and what becomes of the money."""

import pytest

from autodoctor.application.notifications.called_off import tell_called_off
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import SessionCancelled
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import EventId, SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.outcome import WITHOUT_MONEY
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
    if cause is not Cause.CUSTOMER:
        assert [each.title for each in notifications] == [mail.subject for mail in mails]
    return [(mail.subject, mail.text) for mail in mails]


def test_who_called_it_off_knows_and_is_mailed_about_the_money_alone(town: Town) -> None:
    assert told(town, Cause.CUSTOMER, refund=0, kept=0) == []

    ((subject, text),) = told(town, Cause.CUSTOMER, refund=999, kept=0)

    assert subject == "You cancelled your session"
    assert "We are refunding $9.99 CAD to the card you paid with." in text


@pytest.mark.parametrize("cause", WITHOUT_MONEY)
def test_what_ended_because_its_payment_went_back_is_told_with_that(
    town: Town, cause: Cause
) -> None:
    assert told(town, cause, refund=999, kept=0) == []


@pytest.mark.parametrize("cause", sorted(set(Cause) - {Cause.CUSTOMER, *WITHOUT_MONEY}))
def test_everybody_else_is_told_once_why(town: Town, cause: Cause) -> None:
    ((subject, text),) = told(town, cause, refund=999, kept=0)

    assert subject
    assert "We are refunding $9.99 CAD to the card you paid with." in text
    assert "up to ten days" in text


@pytest.mark.parametrize(
    ("refund", "kept", "said"),
    [
        (500, 499, "We are refunding $5.00 CAD to the card you paid with."),
        (500, 499, "$4.99 CAD is not refunded"),
        (0, 999, "the $9.99 CAD you paid is not refunded"),
        (0, 0, "your free session is yours again"),
    ],
)
def test_the_money_is_told_to_the_cent(town: Town, refund: int, kept: int, said: str) -> None:
    ((_, text),) = told(town, Cause.CUSTOMER_NO_SHOW, refund=refund, kept=kept)

    assert said in text
