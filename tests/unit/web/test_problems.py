from http import HTTPStatus

import pytest

from autodoctor.domain.plans.plan import PlanInactive, PlanUnknown
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.pages.problems import error_view, problem_view


def test_a_refusal_is_explained_by_its_title_and_its_category() -> None:
    view = problem_view(PlanUnknown.slug)

    assert view is not None
    assert view.title == "There is no such plan."
    assert view.status == "404 Not Found"
    assert view.members == ("plan",)


def test_each_category_has_its_status() -> None:
    views = [problem_view(kind.slug) for kind in (PlanInactive, InvalidField)]

    assert [view.status[:3] for view in views if view] == ["409", "422"]


def test_an_unknown_kind_has_no_page() -> None:
    assert problem_view("never-heard-of") is None


@pytest.mark.parametrize("status", [403, 404, 409, 422, 429, 500, 503])
def test_every_failure_says_what_to_do(status: int) -> None:
    view = error_view(HTTPStatus(status))

    assert view.status == status
    assert view.title.endswith(".")
    assert view.advice.endswith(".")


def test_a_refusals_own_title_wins_over_the_status() -> None:
    view = error_view(HTTPStatus.CONFLICT, title="The mechanic is in another session.")

    assert view.title == "The mechanic is in another session."


def test_a_status_without_words_of_its_own_is_told_as_ours() -> None:
    view = error_view(HTTPStatus.BAD_GATEWAY)

    assert (view.status, view.title) == (502, "Something broke on our side.")
