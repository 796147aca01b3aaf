"""Every page of the kit and every public page is accessible and fits its screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/services-pricing",
    "/how-it-works",
    "/about",
    "/privacy",
    "/terms",
    "/problems/conflict",
    "/dev/kit/errors/500",
    "/dev/kit/forms",
    "/dev/kit/display",
    "/dev/kit/feedback",
    "/dev/kit/wizard",
    "/dev/kit/login",
    "/dev/kit/in/dashboard",
    "/dev/kit/in/room",
    "/dev/kit/in/video",
)
SCREENS = ((360, "light"), (1280, "dark"))
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden, .skip"))
  .filter((target) => getComputedStyle(target).display !== "inline")
  .filter((target) => !target.matches("[type=checkbox], [type=radio]"))
  .filter((target) => target.getBoundingClientRect().height < 43.5)
  .map((target) => target.outerHTML)"""

axe = Axe()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "colours"), SCREENS)
def test_a_page_is_accessible_fits_and_keeps_the_policy(
    path: str, width: int, colours: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("/dev/kit/login", width=width, colours=colours)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(path, wait_until="load")

    assert [text for text in complaints if "status of 500" not in text] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []
    assert axe.run(page).generate_report().startswith("Found 0 accessibility violations")


@pytest.mark.parametrize(
    ("path", "opener"),
    [
        ("/", ".top__menu summary"),
        ("/dev/kit/in/dashboard", ".bottom__more summary"),
        ("/dev/kit/in/dashboard", ".active summary"),
        ("/dev/kit/in/room", "[href='#panel']"),
        ("/dev/kit/feedback", "[data-opens=end]"),
        ("/dev/kit/display", ".menu summary"),
    ],
)
def test_what_opens_is_accessible_too(
    path: str, opener: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(path)

    page.locator(opener).first.click()

    assert axe.run(page).generate_report().startswith("Found 0 accessibility violations")


def test_the_pages_of_a_visitor_stay_small(open_page: Callable[..., Page]) -> None:
    page = open_page("/dev/kit/login")
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))

    page.goto("/", wait_until="networkidle")

    assert 0 < sum(sizes) < 100_000
