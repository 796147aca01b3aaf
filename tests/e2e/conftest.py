"""A whole installation, and windows to look at it."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from autodoctor.entrypoints.web.call import COOKIE
from support.browsers import chromium
from support.people import Person
from support.providers import free_port
from support.running import Running, installation

PATIENCE_MS = 60_000

OpenWindow = Callable[..., Page]


@pytest.fixture(scope="package")
def issuer_port() -> int:
    """Where another provider speaks, once a test starts it."""
    return free_port()


@pytest.fixture(scope="package")
def running(issuer_port: int) -> Iterator[Running]:
    fleet = {
        "slug": "fleet",
        "label": "Fleet & Co",
        "issuer": f"http://localhost:{issuer_port}",
        "client_id": "our-client",
        "client_secret": "our secret",
    }
    with installation(
        "e2e", prepared=False, DEVELOPMENT_CLOCK="true", OIDC_PROVIDERS=json.dumps([fleet])
    ) as running:
        yield running


@pytest.fixture(scope="package")
def site(running: Running) -> str:
    """Under the name that the payment pages lead back to."""
    return f"http://localhost:{running.port}"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_window(browser: Browser, site: str) -> Iterator[OpenWindow]:
    """Opens a window of somebody, or of a visitor. At the end no script may have failed, and
    nothing been kept out by the policy."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(who: Person | None = None, *, width: int = 1280, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if who is not None:
            context.add_cookies([{"name": COOKIE, "value": who.token, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _kept_out(said.text) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _kept_out(text: str) -> bool:
    return "Content Security Policy" in text
