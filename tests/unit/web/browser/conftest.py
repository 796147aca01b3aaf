"""The kit in headless Chromium, with the files of the front-end's build and without a server:
what the browser asks for is answered by the application directly."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from autodoctor.entrypoints.web.kit.app import kit_app
from support.browsers import chromium

ORIGIN = "http://localhost"

PageMaker = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One after the other: while Chromium is driven, the thread's event loop is taken."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("kit"))


@pytest.fixture(scope="session")
def kit() -> FlaskClient:
    return kit_app(realtime_url="/realtime").test_client(use_cookies=False)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, kit: FlaskClient) -> Iterator[PageMaker]:
    """Opens a path in a window of that width and those colours; its live stream stays silent."""
    contexts = []

    def answer(route: Route) -> None:
        with kit.get(route.request.url.removeprefix(ORIGIN)) as given:
            body = given.get_data()
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=body)

    def opened(path: str, *, width: int = 360, colours: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            base_url=ORIGIN,
            viewport={"width": width, "height": 740},
            color_scheme=colours,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.route("**/realtime/events*", lambda held: None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
