"""Every way a session ends without a consultation, and the mails each person gets of it: one for
the customer, with the amount, where it goes and when it arrives, once the refund was made, too."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.payments.resolving import retry
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.operations import Mail
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.testing.ports import (
    Town,
    a_booking,
    a_customer,
    a_mechanic,
    a_paid_session,
    an_admin,
    open_page,
)
from autodoctor.testing.town import hear_everything, work
from support.towns import live, matched, request_of, stayed

BEGINNING = {Occasion.NEW_REQUEST, Occasion.REQUEST_ACCEPTED, Occasion.MECHANIC_RELEASED}
"""Not about the end."""
Ending = Callable[[Town], tuple[Actor, ...]]
"""Plays it; the customer first, then who else took part."""


def expired(town: Town) -> tuple[Actor, ...]:
    customer = a_customer(town.ports)
    a_paid_session(town, customer)
    town.clock.advance(timedelta(minutes=15))
    run_timers(town.ports)
    return (customer,)


def no_mechanic_twice(town: Town) -> tuple[Actor, ...]:
    """Returned to the queue once, and not taken up by somebody who came."""
    customer, one, other = a_customer(town.ports), a_mechanic(town.ports), a_mechanic(town.ports)
    session = a_paid_session(town, customer)
    for mechanic in (one, other):
        accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)
        town.clock.advance(timedelta(minutes=10))
        run_timers(town.ports)
    return customer, one, other


def returned_and_not_taken(town: Town) -> tuple[Actor, ...]:
    pair = matched(town)
    town.clock.advance(timedelta(minutes=10))
    run_timers(town.ports)
    work(town)
    town.clock.advance(timedelta(minutes=15))
    run_timers(town.ports)
    return pair.customer, pair.mechanic


def customer_did_not_come(town: Town) -> tuple[Actor, ...]:
    pair = matched(town)
    join(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    stayed(town, timedelta(minutes=10))
    run_timers(town.ports)
    return pair.customer, pair.mechanic


def cancelled_by(who: str) -> Ending:
    def play(town: Town) -> tuple[Actor, ...]:
        pair, admin = matched(town), an_admin(town.ports)
        by = {"customer": pair.customer, "mechanic": pair.mechanic, "admin": admin}[who]
        cancel_session(town.ports, actor=by, session_id=pair.session.id)
        return pair.customer, pair.mechanic, admin

    return play


def too_short(town: Town) -> tuple[Actor, ...]:
    pair = live(town)
    town.clock.advance(timedelta(seconds=30))
    end_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    return pair.customer, pair.mechanic


def paid_for_nothing(town: Town) -> tuple[Actor, ...]:
    customer = a_customer(town.ports)
    page = open_page(town, customer, a_booking(town.ports, customer))
    town.bank.pay(page, received=Money(4999 + 100))
    resolve(town.ports, provider_id=page)
    return (customer,)


ENDINGS = {
    "expired": (expired, "No mechanic was free in time"),
    "no mechanic came, twice": (no_mechanic_twice, "No mechanic came to your session"),
    "returned and not re-matched": (returned_and_not_taken, "No mechanic was free in time"),
    "the customer did not come": (customer_did_not_come, "We missed you"),
    "cancelled by the customer": (cancelled_by("customer"), "You cancelled your session"),
    "cancelled by the mechanic": (cancelled_by("mechanic"), "Your mechanic called off"),
    "cancelled by an admin": (cancelled_by("admin"), "We had to call off your session"),
    "too short": (too_short, "Your session was too short to count"),
}


def mails(town: Town, account_id: AccountId) -> list[Mail]:
    """About the end, or its money; that a session is theirs no more is told to mechanics apart."""
    queued = (each.mail for each in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    before = BEGINNING | {Occasion.PAYMENT_RECEIVED, Occasion.SESSION_LOST}
    return [m for m in queued if m.account_id == account_id and m.occasion not in before]


def settled(town: Town) -> None:
    """The refund is made, and the provider has told so; the clock has gone on."""
    work(town)
    hear_everything(town)
    work(town)
    town.clock.advance(timedelta(seconds=1))


@pytest.mark.parametrize(("play", "subject"), ENDINGS.values(), ids=ENDINGS)
def test_the_customer_gets_one_mail_with_the_money_and_nobody_else_any(
    town: Town, play: Ending, subject: str
) -> None:
    customer, *others = play(town)
    settled(town)

    assert [each.amount for each in town.bank.refunds.values()] == [Money(4999)]
    (mail,) = mails(town, customer.account_id)
    assert mail.subject == subject
    assert "We are refunding $49.99 CAD to the card you paid with." in mail.text
    assert "up to ten days" in mail.text
    assert [mails(town, each.account_id) for each in others] == [[] for _ in others]


def test_money_that_opened_no_session_is_one_mail(town: Town) -> None:
    (customer,) = paid_for_nothing(town)
    settled(town)

    with town.kept(SYSTEM) as tx:
        told = tx.notifications.of(customer.account_id, most=9)
    assert [each.title for each in told] == ["We are refunding your payment of $50.99 CAD"]
    assert mails(town, customer.account_id) == []


def test_what_was_refunded_before_is_not_promised_again(town: Town) -> None:
    pair = matched(town)
    (charge,) = town.bank.charges
    town.bank.refund_at_provider(charge, Money(1000))
    settled(town)

    cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    settled(town)

    first, second = mails(town, pair.customer.account_id)
    assert "$10.00 CAD was refunded to the card you paid with." in first.text
    assert "$10.00 CAD was refunded before. We are refunding the remaining $39.99" in second.text


def test_what_a_bank_holds_is_told_when_it_is_sent_after_all(town: Town) -> None:
    pair = matched(town)
    (charge,) = town.bank.charges
    dispute = town.bank.open_dispute(charge)
    settled(town)
    cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    settled(town)
    (held,) = mails(town, pair.customer.account_id)
    assert "once the bank has decided" in held.text

    town.bank.close_dispute(dispute, DisputeOutcome.WON)
    settled(town)

    _, sent = mails(town, pair.customer.account_id)
    assert sent.subject == "Your refund of $49.99 CAD is on its way"


def test_a_refund_that_staff_send_again_is_news(town: Town) -> None:
    admin = an_admin(town.ports)
    pair = matched(town)
    cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    settled(town)
    town.bank.fail_refund(next(iter(town.bank.refunds)))
    settled(town)
    (issue,) = town.ports.queries.money.open_issues()

    retry(town.ports, actor=admin, issue_id=issue.id, note="They have a new card.")
    settled(town)

    assert [each.subject for each in mails(town, pair.customer.account_id)] == [
        "You cancelled your session",
        "Your refund of $49.99 CAD is on its way",
    ]
