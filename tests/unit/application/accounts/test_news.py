"""Agreeing to news and offers, and withdrawing that again."""

from datetime import timedelta

import pytest

from autodoctor.application.accounts.agreements import choose_news, consents_of, wants_news
from autodoctor.domain.accounts.consent import REQUIRED, ConsentKind
from autodoctor.domain.shared.actor import Actor
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import logged_in, newcomer, present
from support.web import logged_in as browser_of
from support.web import web_in


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def casey(town: Town) -> Actor:
    newcomer(town)
    return present(town.ports, logged_in(town)).actor


def kinds(town: Town, actor: Actor) -> set[ConsentKind]:
    return {each.kind for each in consents_of(town.ports, actor=actor) if each.in_force}


def test_news_are_withdrawn_as_easily_as_they_are_asked_for(town: Town, casey: Actor) -> None:
    assert not wants_news(town.ports, actor=casey)

    choose_news(town.ports, actor=casey, wanted=True)
    assert wants_news(town.ports, actor=casey)

    for _ in range(2):
        choose_news(town.ports, actor=casey, wanted=False)
    assert not wants_news(town.ports, actor=casey)


def test_what_everybody_agrees_to_stays(town: Town, casey: Actor) -> None:
    choose_news(town.ports, actor=casey, wanted=True)
    choose_news(town.ports, actor=casey, wanted=False)

    assert kinds(town, casey) == set(REQUIRED)


def test_each_time_they_were_given_and_withdrawn_stays_on_record(town: Town, casey: Actor) -> None:
    times = []
    for wanted in (True, False, True):
        town.clock.advance(timedelta(days=1))
        choose_news(town.ports, actor=casey, wanted=wanted)
        times.append(town.clock.now())

    news = ConsentKind.MARKETING
    kept = [each for each in consents_of(town.ports, actor=casey) if each.kind is news]

    assert [(each.given_at, each.withdrawn_at) for each in kept] == [
        (times[0], times[1]),
        (times[2], None),
    ]


def test_the_page_shows_when_they_were_withdrawn(town: Town) -> None:
    newcomer(town)
    casey = present(town.ports, logged_in(town)).actor
    choose_news(town.ports, actor=casey, wanted=True)
    town.clock.advance(timedelta(days=40))
    choose_news(town.ports, actor=casey, wanted=False)

    page = browser_of(web_in(town), town, casey).get("/account/consents").text
    (row,) = (row for row in page.split("<tr") if "news and offers" in row)

    assert "Today" in row
    assert row.count("<td") == 4
    assert row.replace("Today", "").count(":") == 2, "when it was given, and when withdrawn"
