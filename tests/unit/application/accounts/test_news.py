"""Agreeing to news and offers, and withdrawing that again."""

import pytest

from autodoctor.application.accounts.agreements import choose_news, consents_of, wants_news
from autodoctor.domain.accounts.consent import REQUIRED, ConsentKind
from autodoctor.domain.shared.actor import Actor
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import logged_in, newcomer, present


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def casey(town: Town) -> Actor:
    newcomer(town)
    return present(town.ports, logged_in(town)).actor


def kinds(town: Town, actor: Actor) -> set[ConsentKind]:
    return {each.kind for each in consents_of(town.ports, actor=actor)}


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
