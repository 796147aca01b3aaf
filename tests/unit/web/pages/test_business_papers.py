"""A business' papers sent with the form of its status page: what cannot be one is not stored."""

import re
from io import BytesIO

import pytest

from autodoctor.domain.shared.actor import Actor
from autodoctor.testing.ports import Town, memory_town
from support.hostile.corpus import mp4, photo
from support.web import logged_in, web_in
from support.workshops import applicant

PAPERS = "/workshop/status/papers"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def actor(town: Town) -> Actor:
    return applicant(town.ports)


def sent(town: Town, actor: Actor, content: bytes, media_type: str) -> tuple[int, str, int]:
    """The status, the page, and how many files lie in the storage afterwards."""
    client = logged_in(web_in(town), town, actor)
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/workshop/status").text)
    assert found is not None
    form = {"paper": (BytesIO(content), "paper", media_type), "csrf_token": found[1]}
    answer = client.post(PAPERS, data=form)
    stored = town.ports.storage.media_types  # type: ignore[attr-defined]
    return answer.status_code, answer.text, len(stored)


def test_a_film_is_refused_before_it_is_stored(town: Town, actor: Actor) -> None:
    status, page, stored = sent(town, actor, mp4(), "video/mp4")

    assert status == 422
    assert "Send a PDF, JPEG, PNG or WebP file." in page
    assert stored == 0


def test_a_picture_is_kept(town: Town, actor: Actor) -> None:
    status, _page, stored = sent(town, actor, photo(), "image/jpeg")

    assert (status, stored) == (303, 1)
