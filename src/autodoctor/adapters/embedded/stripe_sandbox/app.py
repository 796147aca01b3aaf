"""The sandbox as an ASGI application."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib import resources

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from autodoctor.adapters.embedded.stripe_sandbox import control
from autodoctor.adapters.embedded.stripe_sandbox.api import gate
from autodoctor.adapters.embedded.stripe_sandbox.courier import Courier
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault
from autodoctor.adapters.embedded.stripe_sandbox.pages import dashboard, onboarding, paying
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox
from autodoctor.adapters.embedded.stripe_sandbox.settings import SandboxSettings

Page = Callable[[Sandbox, Request], Awaitable[Response]]
PAGES: tuple[tuple[str, str, Page], ...] = (
    ("GET", "/", dashboard.overview),
    ("GET", "/objects/{id}", dashboard.one_object),
    ("GET", "/c/pay/{id}", paying.show),
    ("POST", "/c/pay/{id}", paying.submit),
    ("GET", "/c/pay/{id}/authenticate", paying.show_authentication),
    ("POST", "/c/pay/{id}/authenticate", paying.authenticate),
    ("GET", "/connect/onboard/{id}", onboarding.show),
    ("POST", "/connect/onboard/{id}", onboarding.submit),
    ("POST", "/sandbox/control", control.endpoint),
)


def create(settings: SandboxSettings) -> Starlette:
    """Opens the state in `settings.data_dir`; webhooks are delivered while the app runs."""
    sandbox = Sandbox(settings)
    pages = [
        Route(path, partial(_guarded, show, sandbox), methods=[method])
        for method, path, show in PAGES
    ]
    small = [Route("/sandbox.css", _stylesheet), Route("/favicon.ico", _no_icon)]
    return Starlette(
        routes=[*gate.routes(sandbox), *pages, *small], lifespan=partial(_delivering, sandbox)
    )


@asynccontextmanager
async def _delivering(sandbox: Sandbox, _app: Starlette) -> AsyncIterator[None]:
    courier = asyncio.create_task(Courier(sandbox).run())
    courier.add_done_callback(_stop_when_broken)
    yield
    courier.cancel()
    with suppress(asyncio.CancelledError):
        await courier


def _stop_when_broken(courier: "asyncio.Task[None]") -> None:
    """A sandbox that cannot deliver ends, to be started again by whoever watches it."""
    if not courier.cancelled() and courier.exception() is not None:
        signal.raise_signal(signal.SIGTERM)


async def _guarded(show: Page, sandbox: Sandbox, request: Request) -> Response:
    """Other sites may link to the pages, but not send their forms."""
    if request.method == "POST" and request.headers.get("sec-fetch-site") == "cross-site":
        return PlainTextResponse("This form was sent by another site.", status_code=403)
    try:
        return await show(sandbox, request)
    except StripeFault as fault:
        return PlainTextResponse(fault.message, status_code=fault.status)


async def _stylesheet(_request: Request) -> Response:
    css = resources.files(__package__).joinpath("static", "sandbox.css").read_text("utf-8")
    return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=300"})


async def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)
