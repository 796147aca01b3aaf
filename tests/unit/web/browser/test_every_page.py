"""Every page of the kit and every public page is accessible and fits its screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from support.looking import look_at

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
RENAME = """name => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let renamed = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const now = text.data.replace(/Maya Tremblay|Sam Okafor|2018 Honda Civic/g, name);
    if (now !== text.data) renamed += 1;
    text.data = now;
  }
  return renamed;
}"""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_fits_and_keeps_the_policy(
    path: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("/dev/kit/login")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(path, wait_until="load")

    assert [text for text in complaints if "status of 500" not in text] == []
    look_at(page)


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

    look_at(page)


@pytest.mark.parametrize("path", ["/dev/kit/in/dashboard", "/dev/kit/in/room", "/dev/kit/display"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_name_of_a_hundred_letters_fits(
    path: str, width: int, open_page: Callable[..., Page]
) -> None:
    page = open_page(path, width=width)

    renamed = page.evaluate(RENAME, "W" * 100)

    assert renamed > 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pages_of_a_visitor_stay_small(open_page: Callable[..., Page]) -> None:
    page = open_page("/dev/kit/login")
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))

    page.goto("/", wait_until="networkidle")

    assert 0 < sum(sizes) < 100_000
