"""Headless Chromium for tests of a running installation: a window for each person."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from autodoctor.entrypoints.web.call import COOKIE
from support.running import Running

CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 15_000


@contextmanager
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def window(
    browser: Browser, running: Running, token: str, *, width: int = 1280, script: bool = True
) -> Page:
    """A window of its own, logged in with that token; close it by its context."""
    base = f"http://localhost:{running.port}"
    context: BrowserContext = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
    return context.new_page()
