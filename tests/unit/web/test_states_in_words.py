"""A session in each of its states, on the pages of each who can look at it: in words."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import attrs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.application.operations.due import run_timers
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.keeping import keep
from autodoctor.application.sessions.room import join, let_lapse
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.sessions.aftermath import escalate
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.pages.wording import words
from autodoctor.ports.sessions import Lease
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    deliver_all,
    memory_town,
)
from support.web import logged_in, web_in

RAW = re.compile(r"\b(pending|matched|reconnecting|escalated|archived|[a-z]+(?:_[a-z]+)+)\b")
"""States that nobody would say so, and names of our own that ended up in a text."""

UNSEEN = re.compile(r"<(script|style|template|head)\b.*?</\1>|<[^>]+>", re.DOTALL)


@attrs.frozen
class Scene:
    """`told` is the session; the two are its parties, whether or not they have met."""

    town: Town
    customer: Actor
    mechanic: Actor
    admin: Actor
    told: Session

    def accept(self) -> None:
        with self.town.kept(SYSTEM) as tx:
            request = tx.requests.current(self.told.id)
        assert request is not None, "it waits"
        accept(self.town.ports, actor=self.mechanic, request_id=request.id)

    def talk(self) -> None:
        self.accept()
        for actor in (self.customer, self.mechanic):
            join(self.town.ports, actor=actor, session_id=self.told.id)
        self.town.clock.advance(timedelta(minutes=5))

    def now(self) -> Session:
        with self.town.kept(SYSTEM) as tx:
            return tx.sessions.get(self.told.id)

    def keep(self, **changes: object) -> None:
        with self.town.kept(SYSTEM) as tx:
            session = tx.sessions.get(self.told.id)
            tx.sessions.save(attrs.evolve(session, **changes))  # type: ignore[arg-type]


def an_admin(town: Town) -> Actor:
    account = Account(
        id=AccountId(town.ports.ids.new()),
        email=EmailAddress("admin@test.example"),
        name="Ada Staff",
        password_hash="!",
        roles=frozenset({Role.ADMIN}),
        created_at=town.clock.now(),
        verified_at=town.clock.now(),
    )
    with town.kept(SYSTEM) as tx:
        tx.accounts.add(account)
    return Actor(account.id, Role.ADMIN)


@pytest.fixture
def scene() -> Scene:
    town = memory_town()
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    return Scene(town, customer, mechanic, an_admin(town), a_paid_session(town, customer))


def scheduled(scene: Scene) -> None:
    scene.keep(scheduled_for=scene.town.clock.now() + timedelta(days=2))
    scene.accept()


def loses_one(scene: Scene) -> None:
    scene.talk()
    let_lapse(scene.town.ports, Lease(scene.told.id, Party.CUSTOMER, scene.town.clock.now()))


def completed(scene: Scene) -> None:
    scene.talk()
    end_session(scene.town.ports, actor=scene.customer, session_id=scene.told.id)


def handed_over(scene: Scene) -> None:
    completed(scene)
    at = scene.town.clock.now()
    with scene.town.kept(SYSTEM) as tx:
        after, events = escalate(tx.sessions.get(scene.told.id), at=at)
        keep(scene.town.ports, tx, after, events, by=scene.mechanic, at=at)


def expired(scene: Scene) -> None:
    scene.town.clock.advance(timedelta(minutes=15))
    run_timers(scene.town.ports)


def called_off(scene: Scene) -> None:
    scene.accept()
    cancel_session(scene.town.ports, actor=scene.customer, session_id=scene.told.id)


def given_back(scene: Scene) -> None:
    called_off(scene)
    deliver_all(scene.town)


def out_of_sight(scene: Scene) -> None:
    completed(scene)
    scene.town.clock.advance(timedelta(days=30))
    run_timers(scene.town.ports)


STORIES: dict[S, Callable[[Scene], None]] = {
    S.WAITING: lambda scene: None,
    S.MATCHED: Scene.accept,
    S.SCHEDULED: scheduled,
    S.LIVE: Scene.talk,
    S.RECONNECTING: loses_one,
    S.COMPLETED: completed,
    S.ESCALATED: handed_over,
    S.EXPIRED: expired,
    S.CANCELLED: called_off,
    S.REFUNDED: given_back,
    S.ARCHIVED: out_of_sight,
}
"""The shortest way to each state that is kept; pending never is."""

PAGES = {
    Role.CUSTOMER: ("/customer/dashboard", "/customer/sessions", "/customer/sessions/{id}"),
    Role.MECHANIC: ("/mechanic/dashboard", "/mechanic/sessions", "/mechanic/sessions/{id}"),
    Role.ADMIN: ("/admin/dashboard", "/admin/sessions", "/admin/sessions/{id}"),
}
LISTS = {
    Role.CUSTOMER: "/customer/sessions",
    Role.MECHANIC: "/mechanic/sessions",
    Role.ADMIN: "/admin/sessions",
}
NOT_YET_OR_NO_MORE_THEIRS = (S.WAITING, S.EXPIRED)


def seen(client: FlaskClient, path: str) -> str:
    """What is to be read there, wherever it leads."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code in (200, 404), f"{path}: {answer.status_code}"
    return re.sub(r"\s+", " ", unescape(UNSEEN.sub(" ", answer.text)))


def looking(scene: Scene, role: Role, app: Flask) -> FlaskClient:
    actors = (scene.customer, scene.mechanic, scene.admin)
    return logged_in(app, scene.town, next(each for each in actors if each.role is role))


def test_a_raw_word_would_be_found() -> None:
    assert RAW.findall("It is reconnecting, for no_show. Matched.") == ["reconnecting", "no_show"]


def test_every_state_that_is_kept_has_its_story() -> None:
    assert set(STORIES) == set(S) - {S.PENDING}


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("status", STORIES)
def test_a_page_shows_no_raw_word(scene: Scene, status: S, role: Role) -> None:
    STORIES[status](scene)
    assert scene.now().status is status

    client = looking(scene, role, web_in(scene.town))

    for path in PAGES[role]:
        text = seen(client, path.format(id=scene.told.id))
        assert RAW.findall(text) == [], path


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize("status", STORIES)
def test_a_list_says_the_state_in_the_readers_words(scene: Scene, status: S, role: Role) -> None:
    if role is Role.MECHANIC and status in NOT_YET_OR_NO_MORE_THEIRS:
        STORIES[status](scene)
        assert "Casey" not in seen(looking(scene, role, web_in(scene.town)), LISTS[role])
        return
    STORIES[status](scene)

    text = seen(looking(scene, role, web_in(scene.town)), LISTS[role])

    assert words(status, role).label in text
