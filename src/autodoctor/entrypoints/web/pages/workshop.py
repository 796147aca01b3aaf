"""A workshop's dashboard."""

from flask import Blueprint, render_template

from autodoctor.application.access.workshops import DASHBOARD
from autodoctor.application.workshops.dashboard import dashboard
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.team_lines import manages
from autodoctor.entrypoints.web.pages.workshop_team_view import dashboard_view

pages = Blueprint("workshop", __name__, url_prefix="/workshop")


@pages.get("/dashboard")
@asks(DASHBOARD)
def show() -> str:
    here = call()
    found = dashboard(here.ports, actor=here.who)
    view = dashboard_view(found, when(here), may_manage=manages(here.who))
    return render_template("workshop/dashboard.html", view=view)
