"""A customer hears once what became of a payment, and nothing that is not true any more."""

import attrs
import pytest

from autodoctor.application.operations.due import run_timers, send_mail
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.domain.booking.checkout import LASTS
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.money import Money
from autodoctor.testing.ports import Town, a_booking, a_customer, deliver_all, open_page
from autodoctor.testing.town import hear_everything
from support.towns import request_of

PLAN = "quick-chat"


@attrs.frozen
class Paying:
    """A customer at the payment page."""

    town: Town
    customer: Actor
    intake: Intake
    page: str

    def decline(self) -> None:
        self.town.bank.decline(self.page)
        hear_everything(self.town)

    def pay(self, received: Money | None = None) -> None:
        self.town.bank.pay(self.page, received=received)
        hear_everything(self.town)

    def told(self) -> list[tuple[str, str]]:
        """Occasions and addresses of what is in the app."""
        with self.town.kept(SYSTEM) as tx:
            found = tx.notifications.of(self.customer.account_id, most=50)
        return [(each.occasion, each.url) for each in found]

    def mailed(self) -> list[str]:
        return [each.subject for each in self.town.mailer.sent]


@pytest.fixture
def paying(town: Town) -> Paying:
    customer = a_customer(town.ports)
    intake = a_booking(town.ports, customer, plan=PLAN)
    return Paying(town, customer, intake, open_page(town, customer, intake))


def session_of(paying: Paying) -> Session:
    with paying.town.kept(SYSTEM) as tx:
        checkout = tx.checkouts.by_provider(paying.page)
        assert checkout is not None
        session = tx.sessions.of_checkout(checkout.id)
    assert session is not None, "it was paid"
    return session


def test_a_declined_card_leads_back_to_the_booking_and_is_told_once(paying: Paying) -> None:
    for _ in range(3):
        paying.decline()
        deliver_all(paying.town)
    send_all(paying.town)

    assert paying.told() == [(Occasion.PAYMENT_FAILED, f"/waiver?intake={paying.intake.id}")]
    assert paying.mailed() == ["Your payment did not go through"]


def test_after_the_payment_the_declined_card_is_no_news_any_more(paying: Paying) -> None:
    paying.decline()
    deliver_all(paying.town)
    paying.pay()
    deliver_all(paying.town)
    send_all(paying.town)

    session = session_of(paying)
    assert paying.told() == [(Occasion.PAYMENT_RECEIVED, f"/session/{session.id}")]
    assert paying.mailed() == ["We received your payment of $9.99 CAD"]


def test_a_payment_on_the_next_payment_page_makes_a_declined_card_no_news(paying: Paying) -> None:
    paying.decline()
    deliver_all(paying.town)
    paying.town.clock.advance(LASTS)
    run_timers(paying.town.ports)
    page = open_page(paying.town, paying.customer, paying.intake)
    assert page != paying.page
    paying = attrs.evolve(paying, page=page)

    paying.pay()
    deliver_all(paying.town)

    assert [occasion for occasion, _ in paying.told()] == [Occasion.PAYMENT_RECEIVED]


def test_a_declined_card_that_is_heard_of_after_the_payment_is_no_news(paying: Paying) -> None:
    paying.pay()
    deliver_all(paying.town)
    paying.decline()
    deliver_all(paying.town)

    assert [occasion for occasion, _ in paying.told()] == [Occasion.PAYMENT_RECEIVED]


def test_the_receipt_gives_the_figures_and_the_next_step(paying: Paying) -> None:
    paying.pay()
    deliver_all(paying.town)
    send_all(paying.town)

    (mail,) = paying.town.mailer.sent
    session = session_of(paying)
    assert "Plan: Quick Chat, 30 minutes" in mail.text
    assert "Paid: $9.99 CAD" in mail.text
    assert "Date: Monday, 2 March 2026 at 07:00 EST" in mail.text
    assert f"Receipt number: {session.checkout_id}" in mail.text
    until = request_of(paying.town, session).expires_at
    assert until.minute == 15
    assert "If none accepts by Monday, 2 March 2026 at 07:15 EST, you get a full refund." in (
        mail.text
    )
    assert f"https://autodoctor.example/session/{session.id}" in mail.text


def test_a_payment_that_no_session_came_of_is_told_with_the_reason(paying: Paying) -> None:
    paying.decline()
    deliver_all(paying.town)
    paying.pay(received=Money(100))
    deliver_all(paying.town)
    send_all(paying.town)

    assert [occasion for occasion, _ in paying.told()] == [Occasion.PAYMENT_RECEIVED]
    (told,) = (
        each
        for each in paying.town.mailer.sent
        if "refunding your payment of $1.00 CAD" in each.subject
    )
    assert "The amount was not the price of your booking" in told.text


def test_a_second_payment_for_the_same_booking_is_told_as_going_back(town: Town) -> None:
    customer = a_customer(town.ports)
    pages = [
        open_page(town, customer, a_booking(town.ports, customer, plan=PLAN)) for _ in range(2)
    ]
    for page in pages:
        town.bank.pay(page)
        resolve(town.ports, provider_id=page)
    deliver_all(town)

    with town.kept(SYSTEM) as tx:
        found = tx.notifications.of(customer.account_id, most=9)
    assert sorted(each.title for each in found) == [
        "We are refunding your payment of $9.99 CAD",
        "We received your payment of $9.99 CAD",
    ]


def send_all(town: Town) -> None:
    """What the worker does with mails that wait."""
    more = True
    while more:
        more = send_mail(town.ports)
