"""What customers say of a mechanic, as pages show it."""

from datetime import datetime

import attrs
from flask import Blueprint, render_template, request

from autodoctor.application.access.mechanics import REVIEWS
from autodoctor.application.mechanics.reviews import Reviews, reviews
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.mechanic_queries import ReviewView

PAGE = 20

pages = Blueprint("mechanic_reviews", __name__, url_prefix="/mechanic/reviews")


@attrs.frozen
class ReviewCard:
    """`rating` is "4"; `text` may be empty."""

    rating: str
    text: str
    by: str
    at: str
    when: str


@attrs.frozen
class Bar:
    """How many gave so many stars; `share` is out of 100."""

    label: str
    share: str
    count: str
    id: str


@attrs.frozen(kw_only=True)
class ReviewsView:
    """`older_url` is empty on the last page."""

    rating: str
    ratings: str
    bars: tuple[Bar, ...]
    cards: tuple[ReviewCard, ...]
    older_url: str


def review_card(view: ReviewView, told: When) -> ReviewCard:
    return ReviewCard(
        str(view.stars),
        view.review,
        f"{view.customer_first_name}, {view.plan_name}",
        view.rated_at.isoformat(),
        told.day(view.rated_at),
    )


def reviews_view(found: Reviews, told: When) -> ReviewsView:
    total = sum(count for _, count in found.by_stars)
    count, full = found.reputation.count, len(found.reviews) == PAGE
    return ReviewsView(
        rating=found.reputation.told,
        ratings="1 rating" if count == 1 else f"{count} ratings",
        bars=tuple(_bar(stars, each, total) for stars, each in found.by_stars) if total else (),
        cards=tuple(review_card(each, told) for each in found.reviews),
        older_url=f"?before={_cursor(found.reviews[-1].rated_at)}" if full else "",
    )


def _bar(stars: int, count: int, total: int) -> Bar:
    label = "1 star" if stars == 1 else f"{stars} stars"
    return Bar(label, str(100 * count // total), str(count), f"stars-{stars}")


def _cursor(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@pages.get("")
@asks(REVIEWS)
def show() -> str:
    here = call()
    found = reviews(here.ports, actor=here.who, before=_before(), most=PAGE)
    return render_template("mechanic/reviews.html", view=reviews_view(found, when(here)))


def _before() -> datetime | None:
    """An address somebody has written by hand begins at the newest."""
    try:
        at = datetime.fromisoformat(request.args.get("before", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None
