"""A mechanic whose session is gone hears of it and why, in the app and by mail."""

from datetime import timedelta

import pytest

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.application.sessions.give_back import give_back
from autodoctor.application.sessions.room import join
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.testing.ports import Town, an_admin
from autodoctor.testing.town import work
from support.towns import Pair, matched, stayed


def the_customer_cancels(town: Town, pair: Pair) -> None:
    cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)


def the_customer_does_not_come(town: Town, pair: Pair) -> None:
    join(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    ten_minutes_pass(town, pair)


def ten_minutes_pass(town: Town, pair: Pair) -> None:
    stayed(town, timedelta(minutes=10))
    run_timers(town.ports)


def staff_cancel(town: Town, pair: Pair) -> None:
    cancel_session(town.ports, actor=an_admin(town.ports), session_id=pair.session.id)


def the_mechanic_cancels(town: Town, pair: Pair) -> None:
    cancel_session(town.ports, actor=pair.mechanic, session_id=pair.session.id)


def the_mechanic_gives_it_back(town: Town, pair: Pair) -> None:
    give_back(town.ports, actor=pair.mechanic, session_id=pair.session.id)


def news(town: Town, pair: Pair) -> tuple[list[str], list[str]]:
    """Titles in the app, and subjects of the mails, once each is told twice."""
    for _ in range(2):
        work(town)
    with town.kept(SYSTEM) as tx:
        told = tx.notifications.of(pair.mechanic.account_id, most=50)
    queued = (each.mail for each in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    mine = [mail for mail in queued if mail.account_id == pair.mechanic.account_id]
    lost = Occasion.SESSION_LOST
    in_app = [each.title for each in told if each.occasion is lost]
    return in_app, [mail.subject for mail in mine if mail.occasion is lost]


@pytest.mark.parametrize(
    ("happens", "title"),
    [
        (the_customer_cancels, "Your customer cancelled the session"),
        (the_customer_does_not_come, "Your customer did not come"),
        (ten_minutes_pass, "You missed your session"),
        (staff_cancel, "We called off your session"),
    ],
)
def test_what_others_do_is_told_once_in_the_app_and_by_mail(
    town: Town, happens: object, title: str
) -> None:
    pair = matched(town)

    assert callable(happens)
    happens(town, pair)

    assert news(town, pair) == ([title], [title])


@pytest.mark.parametrize("happens", [the_mechanic_cancels, the_mechanic_gives_it_back])
def test_what_they_did_themselves_is_not_told(town: Town, happens: object) -> None:
    pair = matched(town)

    assert callable(happens)
    happens(town, pair)

    assert news(town, pair) == ([], [])
