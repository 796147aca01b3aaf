"""The overview at / and a page for each object at /objects/{id}."""

import json

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.knobs import FAULT_MODES, holding
from autodoctor.adapters.embedded.stripe_sandbox.pages import tables, webhooks
from autodoctor.adapters.embedded.stripe_sandbox.pages.buttons import Button, buttons_for
from autodoctor.adapters.embedded.stripe_sandbox.pages.rendering import Message, message, page
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox

ROWS_EACH = 10
ROWS_ALONE = 500


@attrs.frozen(kw_only=True)
class OverviewView:
    holding: bool
    fault_modes: tuple[str, ...]
    balances: tuple[tables.Balance, ...]
    tables: tuple[tables.Table, ...]
    events: tuple[webhooks.EventRow, ...]
    narrowed: bool


@attrs.frozen(kw_only=True)
class ObjectView:
    id: str
    kind: str
    path: str
    json: str
    buttons: tuple[Button, ...]
    pay_url: str | None
    deliveries: str
    attempts: tuple[webhooks.AttemptRow, ...]


async def overview(sandbox: Sandbox, request: Request) -> Response:
    kind = request.query_params.get("kind")
    return await run_in_threadpool(_overview, sandbox, kind)


async def one_object(sandbox: Sandbox, request: Request) -> Response:
    return await run_in_threadpool(_one_object, sandbox, request.path_params["id"])


def _overview(sandbox: Sandbox, kind: str | None) -> Response:
    rows_max = ROWS_EACH if kind is None else ROWS_ALONE
    with sandbox.store.transaction() as books:
        view = OverviewView(
            holding=holding(books),
            fault_modes=FAULT_MODES,
            balances=tables.balances(books),
            tables=tables.tables(books, kind=kind, rows_max=rows_max),
            events=webhooks.event_rows(books, rows_max=rows_max) if kind in {None, "event"} else (),
            narrowed=kind is not None,
        )
    return page("overview.html", view)


def _one_object(sandbox: Sandbox, object_id: str) -> Response:
    with sandbox.store.transaction() as books:
        body = books.lookup(object_id)
        if body is None:
            return message(_UNKNOWN, status=404)
        view = _object_view(books, body)
    return page("object.html", view)


def _object_view(books: Books, body: Doc) -> ObjectView:
    event = body["object"] == "event"
    return ObjectView(
        id=body["id"],
        kind=body["object"],
        path=f"/objects/{body['id']}",
        json=json.dumps(body, indent=2, ensure_ascii=False),
        buttons=buttons_for(body),
        pay_url=body["url"] if body["object"] == "checkout.session" else None,
        deliveries=webhooks.deliveries(books, body["id"]) if event else "",
        attempts=webhooks.attempt_rows(books, body["id"]) if event else (),
    )


_UNKNOWN = Message(
    title="There is no such object",
    text="It may belong to another sandbox.",
    link_text="All objects of this sandbox",
    link="/",
)
