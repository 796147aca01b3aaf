"""What a mechanic earned, over a range of days."""

from flask import Blueprint, render_template, request

from autodoctor.application.access.mechanics import EARNINGS
from autodoctor.application.mechanics.earnings import earnings
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.mechanic_earned import earnings_view
from autodoctor.entrypoints.web.pages.mechanic_ranges import asked_for
from autodoctor.entrypoints.web.pages.people import when

pages = Blueprint("mechanic_earnings", __name__)


@pages.get("/mechanic/earnings")
@asks(EARNINGS)
def earned() -> tuple[str, int]:
    here = call()
    told = when(here)
    asked = asked_for(request.args, today=told.now.astimezone(told.zone).date())
    since, until = asked.range.since(told.zone), asked.range.until(told.zone)
    found = earnings(here.ports, actor=here.who, since=since, until=until)
    view = earnings_view(found, asked, told)
    return render_template("mechanic/earnings.html", view=view), 422 if asked.error else 200
