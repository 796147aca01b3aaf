"""The audit log: what staff did, to whom, and why. Nobody can change it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import attrs
from flask import Blueprint, render_template, request

from autodoctor.application.access.operations import AUDIT
from autodoctor.application.operations.log import audit_log
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.admin_issues import TITLES
from autodoctor.entrypoints.web.pages.deeds import happened
from autodoctor.entrypoints.web.pages.forms import FormView, asked, attempt, form_view
from autodoctor.entrypoints.web.pages.paging import Place, page_of, place_of
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Pager, Table
from autodoctor.ports.audit import Deed
from autodoctor.ports.audit_queries import DeedView
from autodoctor.ports.stores import Missing

PATH: Final = "/admin/audit"
MOST: Final = 50
NAMES: Final = ("by", "on")
COLUMNS: Final = (Column("When"), Column("Who"), Column("Did what"), Column("To"), Column("Why"))
PLACES: Final = {
    "account": "users",
    "mechanic": "mechanics",
    "workshop": "workshops",
    "session": "sessions",
}

MONEY_ISSUE: Final = "money_issue"
NOTHING: Final[tuple[object, ...]] = ("", None, [], ())
"""What a fact says nothing with: a filter that was left empty."""

pages = Blueprint("admin_audit", __name__, url_prefix=PATH)


@attrs.frozen
class AuditView:
    form: FormView
    table: Table
    pager: Pager


@pages.get("")
@asks(AUDIT)
def listed() -> str | tuple[str, int]:
    here, place = call(), place_of(request.args)
    values = asked(NAMES)
    found = attempt(
        lambda: audit_log(here.ports, actor=here.who, **values, before=place.before, most=MOST + 1),
        InvalidField,
        Missing,
    )
    if isinstance(found, Refusal):
        return render_template("admin/audit.html", view=_refused(found, values, when(here))), 422
    view = audit_view(found, values, place, when(here))
    return render_template("admin/audit.html", view=view)


def _refused(refusal: Refusal, values: Mapping[str, str], when: When) -> AuditView:
    named = next((name for name in NAMES if "@" in values[name]), "by")
    field = refusal.field if isinstance(refusal, InvalidField) else named
    told = refusal.reason if isinstance(refusal, InvalidField) else "Nobody has this address."
    form = form_view(NAMES, values, {field if field in NAMES else named: told})
    return attrs.evolve(audit_view((), values, Place(), when), form=form)


def audit_view(
    found: tuple[DeedView, ...], values: Mapping[str, str], place: Place, when: When
) -> AuditView:
    last = found[MOST - 1].deed.at if len(found) > MOST else None
    shown, pager = page_of(
        found, place, most=MOST, path=PATH, keep=values, last=last, what=("entry", "entries")
    )
    rows = tuple(_row(each, when) for each in shown)
    table = Table("Audit log", COLUMNS, rows, "Nothing like that was done.")
    return AuditView(form_view(NAMES, values), table, pager)


def _row(view: DeedView, when: When) -> tuple[Cell, ...]:
    deed, told = view.deed, happened(view.deed, when)
    about_money = deed.subject_kind == MONEY_ISSUE
    facts = () if about_money else _facts(deed, when)
    return (
        Cell(told.when),
        Cell(_actor(view), note=deed.actor_role),
        Cell(told.what, note=", ".join(facts)),
        _money(deed) if about_money else _subject(view),
        Cell(told.reason or "No reason given"),
    )


def _money(deed: Deed) -> Cell:
    """What needed attention: "Refund failed, $9.99"."""
    kind, minor = str(deed.facts["about"]), int(str(deed.facts["amount_minor"]))
    return Cell(f"{TITLES[IssueKind(kind)]}, {money_text(Money(minor))}", url="/admin/money")


def _facts(deed: Deed, when: When) -> tuple[str, ...]:
    return tuple(
        f"{name.replace('_', ' ')}: {_told(fact, when)}"
        for name, fact in deed.facts.items()
        if fact not in NOTHING
    )


def _actor(view: DeedView) -> str:
    if view.deed.actor_role is Role.SYSTEM:
        return "By itself"
    return view.actor_name or "Somebody who left"


def _told(fact: object, when: When) -> str:
    if isinstance(fact, list | tuple):
        return ", ".join(map(str, fact))
    at = _instant(str(fact))
    return when.moment(at) if at else str(fact)


def _instant(text: str) -> datetime | None:
    """Of a moment with its zone, as facts keep them."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _subject(view: DeedView) -> Cell:
    deed = view.deed
    place = PLACES.get(deed.subject_kind, "")
    name = view.subject_name or str(deed.subject_id)[:8].upper()
    url = f"/admin/{place}/{deed.subject_id}" if place else ""
    return Cell(name, url=url, note=deed.subject_kind)
