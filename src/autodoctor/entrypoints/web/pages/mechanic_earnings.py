"""What a mechanic earned, over a range of days."""

from flask import Blueprint, render_template, request

from autodoctor.application.mechanics.earnings import earnings
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.pages.forms import attempt
from autodoctor.entrypoints.web.pages.mechanic_earned import earnings_view
from autodoctor.entrypoints.web.pages.mechanic_ranges import Range, Span, range_of
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.staff import mechanic

pages = Blueprint("mechanic_earnings", __name__)


@pages.get("/mechanic/earnings")
def earned() -> tuple[str, int]:
    here = mechanic()
    told, error = when(here), ""
    today = told.now.astimezone(told.zone).date()
    asked = attempt(lambda: range_of(request.args, today=today), InvalidField)
    if isinstance(asked, InvalidField):
        error, asked = asked.reason, Range(Span.CUSTOM, today, today)
    since, until = asked.since(told.zone), asked.until(told.zone)
    found = earnings(here.ports, actor=here.who, since=since, until=until)
    view = earnings_view(found, asked, told, error=error)
    return render_template("mechanic/earnings.html", view=view), 422 if error else 200
