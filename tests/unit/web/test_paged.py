"""Lists that go on: the answer's header leads to the following page."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.shared.actor import Actor
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.testing.ports import Town, a_customer, a_paid_session, memory_town
from support.web import logged_in, web_in

NEXT = re.compile(r'<(?P<address>[^>]+)>; rel="next"')
LISTED = "/api/customer/sessions"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def customer(town: Town) -> Actor:
    """With five sessions, one an hour."""
    who = a_customer(town.ports)
    for _ in range(5):
        session = a_paid_session(town, who)
        cancel_session(town.ports, actor=who, session_id=session.id)
        town.clock.advance(timedelta(hours=1))
    return who


@pytest.fixture
def client(town: Town, customer: Actor) -> FlaskClient:
    return logged_in(web_in(town), town, customer)


def test_following_the_links_shows_each_once_and_ends(client: FlaskClient) -> None:
    address: str | None = f"{LISTED}?limit=2&kind=video"
    seen: list[str] = []
    pages = 0

    while address is not None:
        answer = client.get(address)
        assert answer.json is not None
        seen += [each["id"] for each in answer.json["sessions"]]
        found = NEXT.fullmatch(answer.headers.get("Link", ""))
        address = found["address"] if found else None
        pages += 1

    assert len(seen) == len(set(seen)) == 5
    assert pages == 3


def test_the_link_keeps_what_was_asked_for(client: FlaskClient) -> None:
    link = client.get(f"{LISTED}?limit=2&text=squeal%26").headers.get("Link")
    found = client.get(f"{LISTED}?limit=2&text=squeals").headers["Link"]

    assert link is None
    assert "limit=2" in found
    assert "text=squeals" in found
    assert "before=" in found


def test_without_more_there_is_no_link(client: FlaskClient) -> None:
    assert "Link" not in client.get(LISTED).headers


def test_every_list_with_a_cursor_leads_on() -> None:
    paged = {each.path for each in ENDPOINTS if each.paged}

    assert {LISTED, "/api/sessions"} <= paged
