"""Users of every kind, as staff look them up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal

import attrs
import msgspec
from flask import Response, stream_with_context

from autodoctor.application.access.accounts import PEOPLE
from autodoctor.application.accounts.people import export_people, people, person
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.api.admin_applications import PageNumber, PageSize
from autodoctor.entrypoints.web.api.admin_user_views import PersonAnswer, PersonRow
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sheets import csv_lines
from autodoctor.ports.people_queries import PersonFilter, PersonView
from autodoctor.ports.stores import Missing

admin_users = Endpoints("Admin")


class Narrowed(Body):
    """`text` is looked for in names, addresses and phone numbers."""

    text: str = ""
    standing: Standing | None = None
    verified: bool | None = None
    approved: bool | None = None


class PeopleQuery(Narrowed):
    page: PageNumber = 1
    page_size: PageSize = 50


class ExportQuery(Narrowed):
    format: Literal["csv", "json"] = "csv"
    role: Role | None = None


@attrs.frozen(kw_only=True)
class PeopleAnswer:
    """`total` counts all pages."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    page_size: int


def filter_of(query: Narrowed, *, role: Role | None, at: datetime) -> PersonFilter:
    return PersonFilter(
        at=at,
        role=role,
        standing=query.standing,
        verified=query.verified,
        approved=query.approved,
        text=query.text,
    )


def _listed(call: Call, query: PeopleQuery, role: Role) -> PeopleAnswer:
    at = call.ports.now()
    which = attrs.evolve(
        filter_of(query, role=role, at=at),
        skip=(query.page - 1) * query.page_size,
        most=query.page_size,
    )
    found = people(call.ports, actor=call.who, which=which)
    return PeopleAnswer(
        rows=tuple(PersonRow.of(each, at=at) for each in found.rows),
        total=found.total,
        page=query.page,
        page_size=query.page_size,
    )


@admin_users.route(
    "GET", "/api/admin/users/customers", action=PEOPLE, query=PeopleQuery, answer=PeopleAnswer
)
def customers(call: Call, *, query: PeopleQuery) -> PeopleAnswer:
    """Customers, newest first."""
    return _listed(call, query, Role.CUSTOMER)


@admin_users.route(
    "GET", "/api/admin/users/mechanics", action=PEOPLE, query=PeopleQuery, answer=PeopleAnswer
)
def mechanics(call: Call, *, query: PeopleQuery) -> PeopleAnswer:
    """Mechanics, newest first."""
    return _listed(call, query, Role.MECHANIC)


@admin_users.route(
    "GET",
    "/api/admin/users/mechanics/{mechanic_id}",
    action=PEOPLE,
    answer=PersonAnswer,
    refusals=(Missing,),
)
def mechanic(call: Call, *, mechanic_id: AccountId) -> PersonAnswer:
    """Everything about a mechanic."""
    found = person(call.ports, actor=call.who, account_id=mechanic_id)
    if Role.MECHANIC not in found.account.roles:
        raise Missing("mechanic")
    return PersonAnswer.of(found, at=call.ports.now())


@admin_users.route(
    "GET",
    "/api/admin/users/{account_id}",
    action=PEOPLE,
    answer=PersonAnswer,
    refusals=(Missing,),
)
def user(call: Call, *, account_id: AccountId) -> PersonAnswer:
    """Everything about somebody, whatever their role."""
    found = person(call.ports, actor=call.who, account_id=account_id)
    return PersonAnswer.of(found, at=call.ports.now())


KINDS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@admin_users.route("GET", "/api/admin/users/export", action=PEOPLE, query=ExportQuery, raw=True)
def export(call: Call, *, query: ExportQuery) -> Response:
    """The same lists as a file, sent as it is read: CSV, or JSON with `format=json`.

    In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    which = filter_of(query, role=query.role, at=call.ports.now())
    rows = export_people(call.ports, actor=call.who, which=which)
    parts = _as_csv(rows, which.at) if query.format == "csv" else _as_json(rows, which.at)
    answer = Response(stream_with_context(parts), content_type=KINDS[query.format])
    name = f"autodoctor-users.{query.format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_csv(rows: Iterator[PersonView], at: datetime) -> Iterator[str]:
    names = [field.name for field in attrs.fields(PersonRow)]
    told = (msgspec.to_builtins(PersonRow.of(row, at=at)) for row in rows)
    return csv_lines(names, ([_cell(each[name]) for name in names] for each in told))


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _as_json(rows: Iterator[PersonView], at: datetime) -> Iterator[bytes]:
    before = b"["
    for row in rows:
        yield before + msgspec.json.encode(PersonRow.of(row, at=at))
        before = b",\n"
    yield b"]\n" if before != b"[" else b"[]\n"
