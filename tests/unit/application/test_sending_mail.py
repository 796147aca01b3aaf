"""Sending what waits: tried again for three days, or given up with the server's words."""

from datetime import timedelta

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.operations.due import send_mail
from autodoctor.application.operations.undelivered import undelivered
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.ports.operations import Mail
from autodoctor.testing.ports import Town, a_customer, memory_town


@pytest.fixture
def town() -> Town:
    return memory_town()


def queued(town: Town, recipient: str) -> Mail:
    mail = Mail(
        id=town.ports.ids.new(),
        recipient=recipient,
        occasion="session_ended",
        reference="1",
        subject="How was it?",
        text="Tell us.",
        html="<p>Tell us.</p>",
    )
    with town.kept(SYSTEM) as tx:
        tx.mails.queue(mail, at=town.clock.now())
    return mail


def an_admin() -> Actor:
    return Actor(SYSTEM.account_id, Role.ADMIN)


def test_one_that_is_refused_for_good_holds_up_nobody_and_is_not_tried_again(town: Town) -> None:
    town.mailer.refuses.add("gone@test.example")
    queued(town, "gone@test.example")
    town.clock.advance(timedelta(seconds=1))
    queued(town, "sam@test.example")

    assert [send_mail(town.ports) for _ in range(3)] == [True, True, False]
    town.clock.advance(timedelta(days=30))
    assert not send_mail(town.ports)

    assert [mail.recipient for mail in town.mailer.sent] == ["sam@test.example"]
    (view,) = undelivered(town.ports, actor=an_admin())
    assert (view.recipient, view.attempts) == ("gone@test.example", 1)
    assert view.last_error == "550 nobody here by that name"
    assert view.given_up_at is not None


def test_a_server_that_is_away_for_three_days_is_given_up(town: Town) -> None:
    queued(town, "sam@test.example")
    town.mailer.down = True
    began, tries = town.clock.now(), 0

    while town.clock.now() < began + timedelta(days=4):
        tries += send_mail(town.ports)
        town.clock.advance(timedelta(minutes=1))

    (view,) = undelivered(town.ports, actor=an_admin())
    assert view.given_up_at == began + timedelta(days=3)
    assert tries == view.attempts
    town.mailer.down = False
    assert not send_mail(town.ports)


def test_one_that_comes_back_in_time_takes_it(town: Town) -> None:
    mail = queued(town, "sam@test.example")
    town.mailer.down = True
    assert send_mail(town.ports)
    town.mailer.down = False
    town.clock.advance(timedelta(hours=1))

    assert send_mail(town.ports)

    assert town.mailer.sent == [mail]
    assert undelivered(town.ports, actor=an_admin()) == ()


def test_only_staff_see_it(town: Town) -> None:
    with pytest.raises(WrongRole):
        undelivered(town.ports, actor=a_customer(town.ports))
