"""A page as people meet it: on a phone by day and on a desk by night. It is accessible, fits its
screen and is made for thumbs."""

import os
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

SCREENS: Final = ((360, "light"), (1280, "dark"))
HEIGHT: Final = 800
AXE: Final = "() => axe.run(document, {reporter: 'no-passes'})"
PAINTED: Final = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
SMALL_TARGETS: Final = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden, .skip"))
  .filter((target) => getComputedStyle(target).display !== "inline")
  .filter((target) => !target.matches("[type=checkbox], [type=radio], .told__link"))
  .filter((target) => target.getBoundingClientRect().height < 43.5)
  .map((target) => target.outerHTML)"""


def look_at(page: Page, name: str = "") -> None:
    """Checks what is shown now on each of the screens, without loading it again, and leaves the
    window as it was. A picture of each where somebody asks for pictures (SCREENSHOTS=folder)."""
    size = page.viewport_size
    assert size is not None
    for width, colours in SCREENS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        page.evaluate(PAINTED)
        _check(page, name or page.url, width)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")


def _check(page: Page, name: str, width: int) -> None:
    folder = os.environ.get("SCREENSHOTS", "")
    if folder and "/" not in name:
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], f"{name} at {width}: {small}"
    report = AxeResults(_violations(page)).generate_report()
    assert report.startswith("Found 0 accessibility violations"), f"{name} at {width}: {report}"


def _violations(page: Page) -> dict[str, Any]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(AXE)
    return found
