"""Who was in the room and when decides who did not come; the mail to the customer says so."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest

from autodoctor.application.notifications.letters import moment
from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Mail
from autodoctor.testing.ports import Town, a_booking, a_customer, a_mechanic, open_page
from autodoctor.testing.town import work
from support.towns import Pair, matched, request_of

STEP = timedelta(seconds=15)
STEPS_OF_TEN_MINUTES = 40
Job = Callable[[Ports], object]
Stay = tuple[float, float] | None
"""The minutes between which somebody's stream is open: the first one and the last."""

REPLACED = "We are looking for another mechanic"
MISSED_YOU = "We missed you"
MISSED_EACH_OTHER = "You missed each other"
SENTENCE = {
    REPLACED: "Your mechanic was not in the room when the ten minutes for coming were over.",
    MISSED_YOU: "You did not come to the room within ten minutes, and your mechanic was there",
    MISSED_EACH_OTHER: "one after the other, never at the same time",
}
ABOUT_IT = (Occasion.MECHANIC_RELEASED, Occasion.SESSION_ENDED)

STAYS: list[tuple[str, Stay, Stay, str]] = [
    ("neither came", None, None, REPLACED),
    ("only the customer came", None, (1, 10), REPLACED),
    ("the customer looked in", None, (1, 3), REPLACED),
    ("the mechanic left early", (0, 4), None, REPLACED),
    ("the mechanic left, then the customer came", (0, 4), (5, 10), REPLACED),
    ("one after the other, both gone", (0, 4), (5, 8), REPLACED),
    ("the other way round, both gone", (5, 8), (0, 4), REPLACED),
    ("the mechanic was lost for longer than a reload", (0, 9), None, REPLACED),
    ("the mechanic was lost at the last moment", (0, 9.75), None, MISSED_YOU),
    ("the mechanic came late", (9, 10), None, MISSED_YOU),
    ("the mechanic waited", (0, 10), None, MISSED_YOU),
    ("the customer left before the mechanic came", (5, 10), (0, 4), MISSED_EACH_OTHER),
]
CASES = pytest.mark.parametrize(
    ("mechanic", "customer", "subject"), [row[1:] for row in STAYS], ids=[row[0] for row in STAYS]
)


def there(stay: Stay, minutes: float) -> bool:
    return stay is not None and stay[0] <= minutes <= stay[1]


def ten_minutes(
    town: Town, pair: Pair, mechanic: Stay, customer: Stay, *, worker: bool = True
) -> None:
    """Open streams say again and again that they are there; the worker notices who does not."""
    stays: list[tuple[Actor, Stay]] = [(pair.mechanic, mechanic), (pair.customer, customer)]
    for step in range(STEPS_OF_TEN_MINUTES):
        for actor, stay in stays:
            if there(stay, step * STEP / timedelta(minutes=1)):
                join(town.ports, actor=actor, session_id=pair.session.id)
        if worker:
            lapse_leases(town.ports)
        town.clock.advance(STEP)


def mails(town: Town, pair: Pair) -> list[tuple[str, str]]:
    work(town)
    queued = [each.mail for each in town.kept.tables.mails.values()]  # type: ignore[attr-defined]
    mine = [mail for mail in queued if mail.account_id == pair.customer.account_id]
    return [(mail.subject, mail.text) for mail in mine if mail.occasion in ABOUT_IT]


@CASES
def test_the_customer_reads_what_was_so(
    town: Town, mechanic: Stay, customer: Stay, subject: str
) -> None:
    pair = matched(town)
    ten_minutes(town, pair, mechanic, customer)

    run_timers(town.ports)

    ((told, text),) = mails(town, pair)
    assert told == subject
    assert SENTENCE[subject] in text


@CASES
def test_jobs_that_run_late_change_nothing(
    town: Town, mechanic: Stay, customer: Stay, subject: str
) -> None:
    pair = matched(town)
    ten_minutes(town, pair, mechanic, customer)
    town.clock.advance(timedelta(minutes=3))

    lapse_leases(town.ports)
    run_timers(town.ports)

    ((told, _),) = mails(town, pair)
    assert told == subject


@CASES
@pytest.mark.parametrize("jobs", list(permutations((lapse_leases, run_timers))))
def test_a_worker_that_was_away_decides_the_same_whichever_job_comes_first(
    town: Town, mechanic: Stay, customer: Stay, subject: str, jobs: tuple[Job, ...]
) -> None:
    pair = matched(town)
    ten_minutes(town, pair, mechanic, customer, worker=False)
    town.clock.advance(timedelta(minutes=3))

    for job in jobs:
        job(town.ports)

    ((told, _),) = mails(town, pair)
    assert told == subject


def test_after_two_mechanics_who_left_the_mail_says_that_neither_was_there(town: Town) -> None:
    pair = matched(town)
    ten_minutes(town, pair, (0, 4), None)
    run_timers(town.ports)
    accept(town.ports, actor=a_mechanic(town.ports), request_id=request_of(town, pair.session).id)
    town.clock.advance(timedelta(minutes=10))

    run_timers(town.ports)

    *_, (subject, text) = mails(town, pair)
    assert subject == "No mechanic came to your session"
    assert "two mechanics accepted your request" in text
    assert "We are refunding $49.99 CAD" in text


def news_of_acceptance(town: Town, customer: Actor) -> tuple[Mail, str]:
    """The mail, and the zone its times are in."""
    work(town)
    with town.kept(SYSTEM) as tx:
        zone = tx.accounts.get(customer.account_id).time_zone
    queued = (each.mail for each in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    (mail,) = (each for each in queued if each.occasion is Occasion.REQUEST_ACCEPTED)
    return mail, zone


def test_who_is_told_that_a_mechanic_is_ready_reads_until_when_to_come(town: Town) -> None:
    pair = matched(town)

    mail, zone = news_of_acceptance(town, pair.customer)

    assert pair.session.matched_at is not None, "it is matched"
    until = pair.session.matched_at + timedelta(minutes=10)
    assert f"Come to the room by {moment(until, zone=zone)}." in mail.text
    assert "the session is called off and you get a full refund" in mail.text
    cancel = f"https://autodoctor.example/session/{pair.session.id}/cancel"
    assert f"Cancel it before it starts:\n{cancel}" in mail.text


def test_who_has_an_appointment_reads_that_staying_away_costs_the_price(town: Town) -> None:
    customer, at = a_customer(town.ports), town.clock.now() + timedelta(days=1)
    page = open_page(town, customer, a_booking(town.ports, customer, scheduled_for=at))
    town.bank.pay(page)
    paid = resolve(town.ports, provider_id=page)
    with town.kept(SYSTEM) as tx:
        session = tx.sessions.of_checkout(paid.id)
    assert session is not None, "it is paid"
    accept(town.ports, actor=a_mechanic(town.ports), request_id=request_of(town, session).id)

    mail, zone = news_of_acceptance(town, customer)

    assert mail.subject.endswith("has accepted your appointment")
    assert f"has accepted your request for {moment(at, zone=zone)}." in mail.text
    until = moment(at + timedelta(minutes=10), zone=zone)
    assert f"Come to the room by {until}." in mail.text
    assert "called off and the $49.99 CAD you paid is not refunded" in mail.text
