"""Whoever switches something off does not hear of it any more, unless it is about money."""

import pytest

from autodoctor.application.notifications.choosing import choices_of, choose
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.notifications.choices import Choice, NotChoosable, choosable
from autodoctor.domain.notifications.table import Channel, Occasion
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    deliver_all,
    memory_town,
)

Told = set[tuple[str, str]]
RECEIPT: Told = {("payment_received", "email"), ("payment_received", "in_app")}


@pytest.fixture
def town() -> Town:
    return memory_town()


def told_of_accepting(town: Town, customer: Actor) -> Told:
    """Occasion and channel of everything the customer hears of it, besides the receipt."""
    mechanic = a_mechanic(town.ports)
    session = a_paid_session(town, customer)
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session.id)
    assert request is not None
    accept(town.ports, actor=mechanic, request_id=request.id)
    join(town.ports, actor=customer, session_id=session.id)
    deliver_all(town)
    return heard_by(town, customer) - RECEIPT


def heard_by(town: Town, customer: Actor) -> Told:
    tables = town.kept.tables  # type: ignore[attr-defined]
    mails = (queued.mail for queued in tables.mails.values())
    by_mail = {(each.occasion, "email") for each in mails if each.account_id == customer.account_id}
    shown = (each for each in tables.notifications.values())
    in_app = {(each.occasion, "in_app") for each in shown if each.account_id == customer.account_id}
    return by_mail | in_app


def test_everybody_is_told_everything_at_first(town: Town) -> None:
    customer = a_customer(town.ports)

    assert all(choices_of(town.ports, actor=customer).values())
    assert told_of_accepting(town, customer) == {
        ("request_accepted", "email"),
        ("request_accepted", "in_app"),
    }


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.IN_APP])
def test_one_channel_goes_quiet_and_the_other_does_not(town: Town, channel: Channel) -> None:
    customer = a_customer(town.ports)
    off = Choice(Occasion.REQUEST_ACCEPTED, channel)

    choose(town.ports, actor=customer, muted=frozenset({off}))

    (other,) = {"email", "in_app"} - {channel.value}
    assert told_of_accepting(town, customer) == {("request_accepted", other)}
    assert [each for each, on in choices_of(town.ports, actor=customer).items() if not on] == [off]


def test_a_choice_is_one_persons_and_can_be_taken_back(town: Town) -> None:
    quiet, loud = a_customer(town.ports), a_customer(town.ports)
    everything = frozenset(choosable(quiet.role))

    choose(town.ports, actor=quiet, muted=everything)

    assert told_of_accepting(town, quiet) == set()
    assert told_of_accepting(town, loud)
    choose(town.ports, actor=quiet, muted=frozenset())
    assert all(choices_of(town.ports, actor=quiet).values())


def test_news_of_money_reaches_whoever_switched_off_everything(town: Town) -> None:
    customer = a_customer(town.ports)
    choose(town.ports, actor=customer, muted=frozenset(choosable(customer.role)))

    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    deliver_all(town)

    assert heard_by(town, customer) == RECEIPT | {("refund_processed", "email")}


def test_what_is_told_in_any_case_cannot_be_chosen(town: Town) -> None:
    customer = a_customer(town.ports)
    refund = frozenset({Choice(Occasion.REFUND_PROCESSED, Channel.EMAIL)})

    with pytest.raises(NotChoosable):
        choose(town.ports, actor=customer, muted=refund)

    assert all(choices_of(town.ports, actor=customer).values())
