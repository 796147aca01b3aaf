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
class Button:
    """A form with one button: `fields` go to the control route."""

    label: str
    fields: dict[str, str]


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
        buttons=_buttons(body),
        pay_url=body["url"] if body["object"] == "checkout.session" else None,
        deliveries=webhooks.deliveries(books, body["id"]) if event else "",
        attempts=webhooks.attempt_rows(books, body["id"]) if event else (),
    )


def _buttons(body: Doc) -> tuple[Button, ...]:  # noqa: PLR0911 - a case for each kind
    """What can be done to the object as it is now."""
    name = body["id"]
    match body["object"], body.get("status"):
        case "checkout.session", "open":
            expire = {"action": "expire_checkout", "checkout": name}
            return (Button(label="Expire now", fields=expire),)
        case "charge", "succeeded" if not body["disputed"] and not body["refunded"]:
            dispute = {"action": "open_dispute", "charge": name}
            return (Button(label="Open a dispute", fields=dispute),)
        case "refund", "succeeded":
            fail = {"action": "fail_refund", "refund": name}
            return (Button(label="Let it fail", fields=fail),)
        case "dispute", "needs_response":
            return _verdicts(name)
        case "account", _:
            return (_readiness(name, ready=not body["payouts_enabled"]),)
        case "event", _:
            return _sendings(name)
    return ()


def _verdicts(dispute: str) -> tuple[Button, ...]:
    close = {"action": "close_dispute", "dispute": dispute}
    return (
        Button(label="Close as won", fields=close | {"outcome": "won"}),
        Button(label="Close as lost", fields=close | {"outcome": "lost"}),
    )


def _readiness(account: str, *, ready: bool) -> Button:
    fields = {"action": "account", "account": account, "ready": str(ready).lower()}
    return Button(label="Make ready" if ready else "Make not ready", fields=fields)


def _sendings(event: str) -> tuple[Button, ...]:
    send = {"action": "send", "event": event}
    return (
        Button(label="Send again", fields=send),
        Button(label="Send again in 30 seconds", fields=send | {"seconds": "30"}),
        Button(label="Never send", fields={"action": "lose", "event": event}),
    )


_UNKNOWN = Message(
    title="There is no such object",
    text="It may belong to another sandbox.",
    link_text="All objects of this sandbox",
    link="/",
)
