"""Every kind of problem has a page: whatever is refused anywhere, and what HTTP itself refuses."""

import gc
import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

import autodoctor
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.pages.problems import problem_view
from autodoctor.entrypoints.web.refusals import STATUS, http_slug, status_of
from autodoctor.testing.ports import memory_town
from support.web import web_in


def every_kind() -> list[type[Refusal]]:
    """Whether or not the web has a way to it today. attrs makes a class with slots anew: the
    first one goes with the next collection."""
    for module in pkgutil.walk_packages(autodoctor.__path__, "autodoctor."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    gc.collect()
    return sorted(_below(Refusal), key=lambda kind: (kind.slug, kind.__module__))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("autodoctor."):
            yield each
        yield from _below(each)


KINDS = every_kind()
HTTP_ERRORS = [status for status in HTTPStatus if status >= 400]


@pytest.fixture(scope="module")
def visitor() -> FlaskClient:
    return web_in(memory_town()).test_client()


def test_there_are_many() -> None:
    assert len(KINDS) > 60
    assert set(STATUS) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_refusal_has_a_page_that_says_what_to_do(
    kind: type[Refusal], visitor: FlaskClient
) -> None:
    view = problem_view(kind.slug)
    page = visitor.get(f"/problems/{kind.slug}")

    assert view is not None
    assert (view.title, view.status[:3]) == (kind.title, str(int(status_of(kind))))
    assert view.title.endswith(".")
    assert view.title != Refusal.title
    assert view.advice.endswith(".")
    assert page.status_code == 200
    assert f"/problems/{kind.slug}" in page.text


def test_no_two_kinds_share_a_page() -> None:
    shared = {slug: n for slug, n in Counter(kind.slug for kind in KINDS).items() if n > 1}

    assert shared == {}


@pytest.mark.parametrize("status", HTTP_ERRORS, ids=lambda status: str(int(status)))
def test_what_http_refuses_has_a_page_too(status: HTTPStatus, visitor: FlaskClient) -> None:
    slug = http_slug(status)

    assert slug.replace("-", "").isalpha()
    assert visitor.get(f"/problems/{slug}").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "slug"),
    [
        ("GET", "/api/nothing/here", "not-found"),
        ("DELETE", "/api/plans", "method-not-allowed"),
        ("GET", "/api/customer/sessions", "not-signed-in"),
        ("POST", "/api/customer/signup", "unsupported-media-type"),
    ],
)
def test_the_type_of_an_answer_leads_to_its_page(
    method: str, path: str, slug: str, visitor: FlaskClient
) -> None:
    answer = visitor.open(path, method=method)

    assert answer.json
    assert answer.json["type"] == f"/problems/{slug}"
    assert visitor.get(answer.json["type"]).status_code == 200


def test_what_is_no_problem_has_no_page(visitor: FlaskClient) -> None:
    assert visitor.get("/problems/never-heard-of").status_code == 404
