"""The hosted page to pay on: /c/pay/{id}."""

from datetime import UTC, datetime
from typing import Any

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from autodoctor.adapters.embedded.stripe_sandbox import forms
from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.objects import cards, checkouts, payments
from autodoctor.adapters.embedded.stripe_sandbox.pages.rendering import (
    Message,
    message,
    money,
    page,
)
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox

FIELDS = ("number", "expiry", "cvc", "name")
SEE_OTHER = 303


@attrs.frozen(kw_only=True)
class PayView:
    description: str
    amount: str
    email: str
    cancel_url: str | None
    values: dict[str, str]
    faults: dict[str, str]
    """By field; under "card" what the bank said."""


@attrs.frozen(kw_only=True)
class AuthenticateView:
    description: str
    amount: str


async def show(sandbox: Sandbox, request: Request) -> Response:
    return await run_in_threadpool(_in_checkout, sandbox, request, _show, {})


async def submit(sandbox: Sandbox, request: Request) -> Response:
    form = forms.parse(await request.body())
    response = await run_in_threadpool(_in_checkout, sandbox, request, _submit, form)
    sandbox.wake_courier()
    return response


async def show_authentication(sandbox: Sandbox, request: Request) -> Response:
    return await run_in_threadpool(_in_checkout, sandbox, request, _show_authentication, {})


async def authenticate(sandbox: Sandbox, request: Request) -> Response:
    form = forms.parse(await request.body())
    response = await run_in_threadpool(_in_checkout, sandbox, request, _authenticate, form)
    sandbox.wake_courier()
    return response


def _in_checkout(sandbox: Sandbox, request: Request, step: Any, form: Doc) -> Response:
    """One transaction, so that a form sent twice pays once: the second finds it complete."""
    with sandbox.store.transaction() as books:
        checkouts.expire_due(books)
        session = books.lookup(request.path_params["id"])
        if session is None or session["object"] != checkouts.KIND:
            return message(_UNKNOWN, status=404)
        if session["status"] == "complete" and request.method == "POST":
            return _to_success(session)
        if session["status"] != "open":
            return _closed(session)
        response: Response = step(books, session, form)
        return response


def _show(books: Books, session: Doc, _form: Doc) -> Response:
    return _pay_page(books, session, values={}, faults={})


def _submit(books: Books, session: Doc, form: Doc) -> Response:
    values = {field: str(form.get(field, "")) for field in FIELDS}
    today = datetime.fromtimestamp(books.at, UTC)
    try:
        card = cards.read(**values, year=today.year, month=today.month)
    except cards.CardFormFaults as wrong:
        return _pay_page(books, session, values=values, faults=wrong.by_field)
    intent = payments.pay(books, session, card)
    return _after(books, session, intent, values)


def _show_authentication(books: Books, session: Doc, _form: Doc) -> Response:
    if not payments.awaits_authentication(books, session):
        return RedirectResponse(f"/c/pay/{session['id']}", status_code=SEE_OTHER)
    view = AuthenticateView(
        description=books.hidden(session["id"])["description"],
        amount=money(session["amount_total"], session["currency"]),
    )
    return page("authenticate.html", view)


def _authenticate(books: Books, session: Doc, form: Doc) -> Response:
    if not payments.awaits_authentication(books, session):
        return RedirectResponse(f"/c/pay/{session['id']}", status_code=SEE_OTHER)
    intent = payments.authenticate(books, session, passed=form.get("outcome") == "complete")
    return _after(books, session, intent, {})


def _after(books: Books, session: Doc, intent: Doc, values: dict[str, str]) -> Response:
    if intent["status"] == "succeeded":
        return _to_success(session)
    if intent["status"] == "requires_action":
        return RedirectResponse(f"/c/pay/{session['id']}/authenticate", status_code=SEE_OTHER)
    faults = {"card": intent["last_payment_error"]["message"]}
    return _pay_page(books, session, values=values, faults=faults)


def _pay_page(
    books: Books, session: Doc, *, values: dict[str, str], faults: dict[str, str]
) -> Response:
    """The security code is never sent back."""
    view = PayView(
        description=books.hidden(session["id"])["description"],
        amount=money(session["amount_total"], session["currency"]),
        email=session["customer_email"] or "",
        cancel_url=session["cancel_url"],
        values={field: values.get(field, "") for field in FIELDS} | {"cvc": ""},
        faults=faults,
    )
    return page("pay.html", view, status=422 if faults else 200)


def _to_success(session: Doc) -> Response:
    return RedirectResponse(_success_url(session), status_code=SEE_OTHER)


def _success_url(session: Doc) -> str:
    url: str = session["success_url"]
    return url.replace("{CHECKOUT_SESSION_ID}", session["id"])


_UNKNOWN = Message(
    title="There is no such checkout",
    text="The address of this page is not complete, or the checkout was made elsewhere.",
    link_text="All checkouts of this sandbox",
    link="/",
)


def _closed(session: Doc) -> Response:
    if session["status"] == "complete":
        paid = Message(
            title="This is already paid",
            text="Your payment went through once, and nothing more is due.",
            link_text="Continue",
            link=_success_url(session),
        )
        return message(paid, status=200)
    expired = Message(
        title="This checkout has expired",
        text="Nothing was charged. Go back and start the payment again.",
        link_text="Go back",
        link=session["cancel_url"] or "/",
    )
    return message(expired, status=410)
