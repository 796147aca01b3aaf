"""Where the owner of a connected account fills it in: /connect/onboard/{id}."""

from typing import Any

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.objects import accounts
from autodoctor.adapters.embedded.stripe_sandbox.pages.rendering import Message, message, page
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox

SEE_OTHER = 303


@attrs.frozen(kw_only=True)
class OnboardView:
    email: str
    country: str
    done: bool
    return_url: str


_UNKNOWN = Message(
    title="There is no such account",
    text="The address of this page is not complete. Ask for a new link.",
    link_text="All accounts of this sandbox",
    link="/",
)


async def show(sandbox: Sandbox, request: Request) -> Response:
    return await run_in_threadpool(_with_link, sandbox, request, _show)


async def submit(sandbox: Sandbox, request: Request) -> Response:
    response = await run_in_threadpool(_with_link, sandbox, request, _complete)
    sandbox.wake_courier()
    return response


def _with_link(sandbox: Sandbox, request: Request, step: Any) -> Response:
    """A stale link leads to its refresh address, as Stripe's does."""
    with sandbox.store.transaction() as books:
        link_id = request.query_params.get("link", "")
        link = books.lookup(link_id)
        if link is None or link["object"] != accounts.LINK:
            return message(_UNKNOWN, status=404)
        target = books.hidden(link_id)
        if target["account"] != request.path_params["id"]:
            return message(_UNKNOWN, status=404)
        if link["expires_at"] <= books.at:
            return RedirectResponse(target["refresh_url"], status_code=SEE_OTHER)
        response: Response = step(books, books.find(accounts.KIND, target["account"]), target)
        return response


def _show(_books: Books, account: Doc, target: Doc) -> Response:
    view = OnboardView(
        email=account["email"] or account["id"],
        country=account["country"],
        done=account["details_submitted"],
        return_url=target["return_url"],
    )
    return page("onboard.html", view)


def _complete(books: Books, account: Doc, target: Doc) -> Response:
    accounts.set_ready(books, account, ready=True)
    return RedirectResponse(target["return_url"], status_code=SEE_OTHER)
