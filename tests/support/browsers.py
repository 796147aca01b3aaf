"""The browser that tests look through: Chromium's headless shell, which needs half the processor
of the whole browser to show the same pages, or the whole one where there is no shell."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Final

from playwright.sync_api import Browser, sync_playwright

NAMES: Final = ("chromium-headless-shell", "chromium")
ARGUMENTS: Final = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    # Otherwise each window starts a second process in advance, which most never need.
    "--renderer-process-limit=1",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """RuntimeError where there is none."""
    found = next(filter(None, map(which, NAMES)), None)
    if found is None:
        raise RuntimeError(f"Install one of {', '.join(NAMES)}; `make test` does it on Debian.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
