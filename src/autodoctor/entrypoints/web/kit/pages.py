"""The pages of the kit; those under in/ are seen by somebody who is logged in."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from flask import Blueprint, abort, flash, render_template

from autodoctor.entrypoints.web.kit import samples
from autodoctor.entrypoints.web.pages.plans import plan_views
from autodoctor.entrypoints.web.pages.problems import error_view
from autodoctor.entrypoints.web.parts import Countdown, Urgency

kit_pages = Blueprint("kit", __name__)


def countdown(seconds: int, digits: str, tone: Urgency = Urgency.CALM) -> Countdown:
    now = datetime.now(UTC)
    ends_at = now + timedelta(seconds=seconds)
    return Countdown(ends_at=ends_at.isoformat(), now=now.isoformat(), digits=digits, tone=tone)


@kit_pages.get("/forms")
def forms() -> str:
    return render_template("kit/forms.html", sample=samples)


@kit_pages.get("/display")
def display() -> str:
    return render_template("kit/display.html", sample=samples, plans=plan_views())


@kit_pages.get("/feedback")
def feedback() -> str:
    flash("Your profile is saved.")
    clocks = (
        countdown(754, "12:34"),
        countdown(250, "4:10", Urgency.AMBER),
        countdown(42, "0:42", Urgency.RED),
    )
    return render_template("kit/feedback.html", sample=samples, clocks=clocks)


@kit_pages.get("/wizard")
def wizard() -> str:
    return render_template("kit/wizard.html", sample=samples)


@kit_pages.get("/login")
def login() -> str:
    return render_template("kit/login.html")


@kit_pages.get("/in/dashboard")
def dashboard() -> str:
    return render_template("kit/dashboard.html", sample=samples)


@kit_pages.get("/in/room")
def room() -> str:
    return render_template("kit/room.html", sample=samples, clock=countdown(1600, "26:40"))


@kit_pages.get("/in/video")
def video() -> str:
    return render_template("kit/video.html", sample=samples, clock=countdown(2000, "33:20"))


@kit_pages.get("/errors/<int:status>")
def error(status: int) -> str:
    if status not in {int(known) for known in HTTPStatus}:
        abort(HTTPStatus.NOT_FOUND)
    view = error_view(HTTPStatus(status), correlation_id="01JD2B", retry_url="/")
    return render_template("public/error.html", view=view)
