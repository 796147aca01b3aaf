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
    Customers,
    ExpireCheckout,
    FailRefund,
    Fault,
    FinishPayout,
    ForgetKeys,
    ForgetPlans,
    Hold,
    Lose,
    OpenDispute,
    Pay,
    Payees,
    PayOut,
    Plan,
    RefundCharge,
    Refunds,
    Release,
    ReverseTransfer,
    Send,
    SetAccount,
    Webhooks,
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
    payouts,
    refunds,
    transfers,
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
            case SetAccount() | ReverseTransfer() | PayOut() | FinishPayout():
                return _payees(books, command)
            case RefundCharge() | FailRefund():
                return _refunds(books, command)
            case _:
                return _customers(books, command)


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


def _customers(books: Books, command: Customers) -> Doc:
    match command:
        case Pay(checkout=checkout, card=number, amount=amount):
            card = Card(number=number, expiry_month=12, expiry_year=2099, name="Test Customer")
            session = books.find(checkouts.KIND, checkout)
            return payments.pay(books, session, card, amount=amount)
        case ExpireCheckout(checkout=checkout):
            return checkouts.expire(books, books.find(checkouts.KIND, checkout))
        case OpenDispute(charge=charge, amount=amount):
            return disputes.open_for(books, books.find(payments.CHARGE, charge), amount)
        case CloseDispute(dispute=dispute, outcome=outcome):
            return disputes.close(books, books.find(disputes.KIND, dispute), outcome)
        case _:
            assert_never(command)


def _payees(books: Books, command: Payees) -> Doc:
    match command:
        case SetAccount(account=account, ready=ready):
            return accounts.set_ready(books, books.find(accounts.KIND, account), ready=ready)
        case ReverseTransfer(transfer=transfer, amount=amount):
            params = {} if amount is None else {"amount": amount}
            return transfers.reverse(books, books.find(transfers.KIND, transfer), params)
        case PayOut(account=account, amount=amount):
            return payouts.create(books, books.find(accounts.KIND, account), amount)
        case FinishPayout(payout=payout, failure_code=code):
            found = books.find(payouts.KIND, payout)
            return payouts.fail(books, found, code) if code else payouts.pay(books, found)
        case _:
            assert_never(command)


def _refunds(books: Books, command: Refunds) -> Doc:
    match command:
        case RefundCharge(charge=charge, amount=amount):
            params: Doc = {"charge": charge}
            return refunds.create(books, params if amount is None else params | {"amount": amount})
        case FailRefund(refund=refund, reason=reason):
            return refunds.fail(books, books.find(refunds.KIND, refund), reason)
        case _:
            assert_never(command)
