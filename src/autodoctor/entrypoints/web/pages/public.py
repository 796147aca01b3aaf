"""Pages for visitors: what autodoctor is, what it costs, and its rules."""

from flask import Blueprint, abort, render_template

from autodoctor.application.access.operations import LOOK
from autodoctor.domain.accounts.consent import VERSIONS, ConsentKind
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.pages.plans import plan_views
from autodoctor.entrypoints.web.pages.problems import problem_view
from autodoctor.entrypoints.web.pages.sample import CONVERSATION, MECHANIC
from autodoctor.entrypoints.web.pages.split_example import SPLIT_EXAMPLE

pages = Blueprint("pages", __name__)


@pages.get("/")
@asks(LOOK)
def home() -> str:
    return render_template(
        "public/home.html", plans=plan_views(), mechanic=MECHANIC, conversation=CONVERSATION
    )


@pages.get("/services-pricing")
@asks(LOOK)
def pricing() -> str:
    return render_template("public/pricing.html", plans=plan_views())


@pages.get("/how-it-works")
@asks(LOOK)
def how_it_works() -> str:
    return render_template("public/how_it_works.html")


@pages.get("/about")
@asks(LOOK)
def about() -> str:
    return render_template("public/about.html", split=SPLIT_EXAMPLE)


@pages.get("/privacy")
@asks(LOOK)
def privacy() -> str:
    return render_template("public/privacy.html", version=VERSIONS[ConsentKind.PRIVACY])


@pages.get("/terms")
@asks(LOOK)
def terms() -> str:
    return render_template("public/terms.html", version=VERSIONS[ConsentKind.TERMS])


@pages.get("/problems/<slug>")
@asks(LOOK)
def problem(slug: str) -> str:
    view = problem_view(slug)
    if view is None:
        abort(404)
    return render_template("public/problem.html", view=view)
