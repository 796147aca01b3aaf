"""Who cancels again and again after contact, as staff see it."""

from collections.abc import Callable
from typing import Final

import attrs
from flask import Blueprint, render_template

from autodoctor.application.access.operations import CONDUCT
from autodoctor.application.operations.conduct import Conduct, conduct
from autodoctor.domain.sessions.conduct import MESSAGES_MIN, TIMES_MIN, WINDOW, CalledOff, Repeated
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table

PATH: Final = "/admin/cancellations"
LEAD: Final = (
    f"Sessions of the last {WINDOW.days} days that a mechanic had accepted, in which own words or "
    f"files were sent, or at least {MESSAGES_MIN} short messages, and that were then cancelled by "
    "one of the two, or ended in the first minute, with money given back. Listed from "
    f"{TIMES_MIN} times on."
)
COLUMNS: Final = (
    Column("Times", numeric=True),
    Column("Last"),
    Column("Messages, last time", True),
)

pages = Blueprint("admin_conduct", __name__, url_prefix=PATH)

Who = Callable[[CalledOff], tuple[Cell, ...]]


@attrs.frozen
class ConductView:
    lead: str
    tables: tuple[Table, ...]


@pages.get("")
@asks(CONDUCT)
def listed() -> str:
    here = call()
    view = conduct_view(conduct(here.ports, actor=here.who), when(here))
    return render_template("admin/conduct.html", view=view)


def conduct_view(found: Conduct, when: When) -> ConductView:
    pair = ("Customer", "Mechanic")
    return ConductView(
        LEAD,
        (
            _table("Customers", ("Customer",), found.customers, _customer, when),
            _table("Mechanics", ("Mechanic",), found.mechanics, _mechanic, when),
            _table("Pairs", pair, found.pairs, _pair, when),
        ),
    )


def _table(
    caption: str, who: tuple[str, ...], found: tuple[Repeated, ...], cells: Who, when: When
) -> Table:
    columns = (*map(Column, who), *COLUMNS)
    rows = tuple((*cells(each.last), *_figures(each, when)) for each in found)
    return Table(caption, columns, rows, f"Nobody has done so {TIMES_MIN} times.")


def _figures(found: Repeated, when: When) -> tuple[Cell, ...]:
    last = found.last
    url = f"/admin/sessions/{last.session_id}"
    return Cell(str(found.times)), Cell(when.moment(last.at), url=url), Cell(str(last.messages))


def _customer(last: CalledOff) -> tuple[Cell, ...]:
    return (Cell(last.customer_name, url=f"/admin/users/{last.customer_id}"),)


def _mechanic(last: CalledOff) -> tuple[Cell, ...]:
    return (Cell(last.mechanic_name, url=f"/admin/users/{last.mechanic_id}"),)


def _pair(last: CalledOff) -> tuple[Cell, ...]:
    return *_customer(last), *_mechanic(last)
