"""POST /sandbox/control: makes happen what Stripe, a bank or the net would do some day.

A JSON body or a form with an `action` and its fields; unknown fields are refused. A form's
`back` is the path to return to.
"""

import random
from typing import assert_never

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from autodoctor.adapters.embedded.stripe_sandbox import forms
from autodoctor.adapters.embedded.stripe_sandbox.api import idempotency
from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.commands import (
    AnyCommand,
    Api,
    CloseDispute,
    ExpireCheckout,
    FailRefund,
    Fault,
    ForgetKeys,
    ForgetPlans,
    Hold,
    Lose,
    OpenDispute,
    Pay,
    Plan,
    Release,
    Send,
    SetAccount,
    Webhooks,
    World,
)
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.events import deliver
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault
from autodoctor.adapters.embedded.stripe_sandbox.knobs import turn
from autodoctor.adapters.embedded.stripe_sandbox.objects import (
    accounts,
    checkouts,
    disputes,
    payments,
    refunds,
)
from autodoctor.adapters.embedded.stripe_sandbox.objects.cards import Card
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox


async def endpoint(sandbox: Sandbox, request: Request) -> Response:
    body = await request.body()
    back: str | None = None
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            command = msgspec.json.decode(body, type=AnyCommand)
        else:
            form = forms.parse(body)
            back = form.pop("back", None)
            command = msgspec.convert(form, AnyCommand, strict=False)
        result = await run_in_threadpool(_obey, sandbox, command)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        return JSONResponse({"error": {"message": str(error)}}, status_code=422)
    except StripeFault as fault:
        return JSONResponse(fault.body, status_code=fault.status)
    sandbox.wake_courier()
    if back is not None:
        return RedirectResponse(_own_path(back), status_code=303)
    return JSONResponse(result)


def _own_path(back: object) -> str:
    """`back` when it is a path of this server."""
    own = isinstance(back, str) and back.startswith("/") and back[1:2] not in {"/", "\\"}
    return str(back) if own else "/"


def _obey(sandbox: Sandbox, command: AnyCommand) -> Doc:
    """The object it was done to, or an empty one."""
    with sandbox.store.transaction() as books:
        match command:
            case Fault() | ForgetKeys():
                return _api(books, command)
            case Hold() | Release() | Plan() | ForgetPlans() | Send() | Lose():
                return _webhooks(books, command)
            case _:
                return _world(books, command)


def _api(books: Books, command: Api) -> Doc:
    match command:
        case Fault(mode=mode, calls=calls, seconds=seconds):
            turn(books, "fault", {"mode": mode, "calls": calls, "seconds": seconds})
        case ForgetKeys():
            idempotency.forget_all(books)
        case _:
            assert_never(command)
    return {}


def _webhooks(books: Books, command: Webhooks) -> Doc:
    match command:
        case Hold():
            turn(books, "hold", True)
        case Release(order=order):
            _rearrange(books, order)
            turn(books, "hold", False)
        case Plan():
            books.sql.execute(
                "INSERT INTO rules (event_type, effect, seconds, times_left) VALUES (?, ?, ?, ?)",
                (command.event_type or None, command.effect, command.seconds, command.times),
            )
        case ForgetPlans():
            books.sql.execute("DELETE FROM rules")
        case Send(event=event, seconds=seconds):
            deliver(books, books.find("event", event)["id"], delay_seconds=seconds)
        case Lose(event=event):
            books.sql.execute(
                "UPDATE deliveries SET state = 'lost' WHERE event_id = ? AND state = 'due'",
                (books.find("event", event)["id"],),
            )
        case _:
            assert_never(command)
    return {}


def _rearrange(books: Books, order: str) -> None:
    """Gives what is due its places anew."""
    rows = books.sql.execute("SELECT id, place FROM deliveries WHERE state = 'due' ORDER BY place")
    due = [(row["id"], row["place"]) for row in rows]
    places = [place for _, place in due]
    if order == "reversed":
        places.reverse()
    elif order == "shuffled":
        random.shuffle(places)
    books.sql.executemany(
        "UPDATE deliveries SET place = ? WHERE id = ?",
        [(place, delivery) for place, (delivery, _) in zip(places, due, strict=True)],
    )


def _world(books: Books, command: World) -> Doc:
    match command:
        case Pay(checkout=checkout, card=number):
            card = Card(number=number, expiry_month=12, expiry_year=2099, name="Test Customer")
            return payments.pay(books, books.find(checkouts.KIND, checkout), card)
        case ExpireCheckout(checkout=checkout):
            return checkouts.expire(books, books.find(checkouts.KIND, checkout))
        case SetAccount(account=account, ready=ready):
            return accounts.set_ready(books, books.find(accounts.KIND, account), ready=ready)
        case OpenDispute(charge=charge):
            return disputes.open_for(books, books.find(payments.CHARGE, charge))
        case CloseDispute(dispute=dispute, outcome=outcome):
            return disputes.close(books, books.find(disputes.KIND, dispute), outcome)
        case FailRefund(refund=refund):
            return refunds.fail(books, books.find(refunds.KIND, refund))
        case _:
            assert_never(command)
