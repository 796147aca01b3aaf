from flask import Flask

from autodoctor.domain.plans.catalogue import (
    DEFAULT_PLANS,
    FREE,
    QUICK_CHAT,
    STANDARD_VIDEO,
)
from autodoctor.entrypoints.web.pages.plans import plan_view, plan_views


def test_a_paid_plan_shows_its_price_and_that_it_is_paid_once() -> None:
    view = plan_view(STANDARD_VIDEO)

    assert (view.price, view.price_note) == ("$29.99", "CAD, paid once")
    assert view.time == "45 minutes by video"
    assert view.url == "/onboarding/pricing?plan=standard-video"


def test_the_free_plan_asks_for_no_card() -> None:
    view = plan_view(FREE)

    assert (view.price, view.price_note) == ("Free", "no card needed")
    assert view.time == "5 minutes by chat"


def test_the_most_popular_plan_is_marked() -> None:
    assert plan_view(QUICK_CHAT).popular
    assert not plan_view(STANDARD_VIDEO).popular


def test_the_catalogue_of_the_application_is_shown_in_its_order(app: Flask) -> None:
    with app.app_context():
        views = plan_views()

    assert [view.slug for view in views] == [plan.slug for plan in DEFAULT_PLANS]
