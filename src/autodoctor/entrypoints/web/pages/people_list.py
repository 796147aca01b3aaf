"""People as staff list them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.application.accounts.people import Found
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.numbered import SIZE, Turn, pager
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Option, Pager, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.people_queries import MechanicFacts, PersonFilter, PersonView

NAMES: Final = ("role", "standing", "verified", "text")
ROLES: Final = tuple(
    Option(role, role.value.capitalize()) for role in Role if role is not Role.SYSTEM
)
STANDINGS: Final[dict[Standing, tuple[str, Tone]]] = {
    Standing.ACTIVE: ("Active", Tone.OK),
    Standing.SUSPENDED: ("Suspended", Tone.WARN),
    Standing.BANNED: ("Banned", Tone.BAD),
    Standing.CLOSED: ("Left", Tone.NEUTRAL),
}
STANDING_OPTIONS: Final = tuple(Option(key, label) for key, (label, _) in STANDINGS.items())
VERIFIED: Final = (Option("yes", "Confirmed"), Option("no", "Not confirmed"))
COLUMNS: Final = (
    Column("Person"),
    Column("Roles"),
    Column("State"),
    Column("Sessions", numeric=True),
    Column("Last here"),
)


@attrs.frozen(kw_only=True)
class PeopleView:
    """`roles` is empty where only one role is listed."""

    title: str
    path: str
    values: Mapping[str, str]
    roles: tuple[Option, ...]
    standings: tuple[Option, ...]
    verified: tuple[Option, ...]
    table: Table
    pager: Pager
    csv_url: str
    json_url: str


def filter_of(values: Mapping[str, str], turn: Turn, at: datetime) -> PersonFilter:
    """A choice that there is not narrows nothing."""
    role, standing = values["role"], values["standing"]
    return PersonFilter(
        at=at,
        role=Role(role) if role in {option.value for option in ROLES} else None,
        standing=Standing(standing) if standing in set(Standing) else None,
        verified={"yes": True, "no": False}.get(values["verified"]),
        text=values["text"],
        skip=turn.skip,
        most=SIZE,
    )


def people_view(
    found: Found, values: Mapping[str, str], turn: Turn, when: When, *, title: str, path: str
) -> PeopleView:
    rows = tuple(_row(each, when) for each in found.rows)
    everybody = path == "/admin/users"
    kept = values if everybody else {**values, "role": ""}
    return PeopleView(
        title=title,
        path=path,
        values=values,
        roles=ROLES if everybody else (),
        standings=STANDING_OPTIONS,
        verified=VERIFIED,
        table=Table(title, COLUMNS, rows, "Nobody is like that."),
        pager=pager(turn, shown=len(rows), total=found.total, path=path, keep=kept),
        csv_url=_export(values, "csv"),
        json_url=_export(values, "json"),
    )


def _export(values: Mapping[str, str], kind: str) -> str:
    verified = {"yes": "true", "no": "false"}.get(values["verified"], "")
    asked = {**values, "verified": verified, "format": kind}
    return f"/api/admin/users/export?{urlencode({k: v for k, v in asked.items() if v})}"


def _row(view: PersonView, when: When) -> tuple[Cell, ...]:
    label, tone = STANDINGS[view.standing_at(when.now)]
    confirmed = "" if view.verified_at else " (not confirmed)"
    return (
        Cell(view.name, url=f"/admin/users/{view.id}", note=f"{view.email}{confirmed}"),
        Cell(
            ", ".join(role.capitalize() for role in sorted(view.roles)), note=_work(view.mechanic)
        ),
        Cell(label, tone=tone),
        Cell(str(view.mechanic.completed_sessions if view.mechanic else view.booked)),
        Cell(when.ago(view.seen_at) if view.seen_at else "Never"),
    )


def _work(facts: MechanicFacts | None) -> str:
    if facts is None:
        return ""
    stars = f", {facts.reputation.told} of 5" if facts.reputation.count else ""
    return f"{'Approved' if facts.approved else 'Not approved'}{stars}"
