"""The live stream: events reach the page, and a lost connection resumes where it stopped."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from support.looking import look_at

pytestmark = pytest.mark.browser

DASHBOARD = "/dev/kit/in/dashboard"
NEWS = (
    "retry: 20\nid: {id}\nevent: notification\n"
    'data: {{"title": "Quote received", "url": "/about"}}\n\n'
)


@pytest.fixture
def requests() -> list[Request]:
    return []


@pytest.fixture
def listening(open_page: Callable[..., Page], requests: list[Request]) -> Callable[..., Page]:
    """Opens a page with a stream that answers in turn, and then stays silent."""

    def opened(*answers: Callable[[Route], None], path: str = DASHBOARD) -> Page:
        page = open_page("/dev/kit/login")
        waiting = list(answers)

        def answer(route: Route) -> None:
            requests.append(route.request)
            (waiting.pop(0) if waiting else quiet)(route)

        page.route("**/realtime/events*", answer)
        page.goto(path)
        return page

    return opened


def news(route: Route) -> None:
    route.fulfill(content_type="text/event-stream", body=NEWS.format(id=7))


def later_news(route: Route) -> None:
    route.fulfill(content_type="text/event-stream", body=NEWS.format(id=8))


def quiet(route: Route) -> None:
    """Holds the stream open: nothing is answered."""


def refused(route: Route) -> None:
    route.fulfill(status=503)


def test_a_notification_counts_on_the_bell_and_is_told(listening: Callable[..., Page]) -> None:
    page = listening(news)

    expect(page.locator("[data-figure]")).to_have_text("4")
    expect(page.get_by_role("link", name="Quote received")).to_have_attribute("href", "/about")


def test_what_is_told_is_made_for_thumbs_too(listening: Callable[..., Page]) -> None:
    page = listening(news)
    expect(page.get_by_role("link", name="Quote received")).to_be_visible()

    look_at(page)


def test_a_stream_that_ends_is_taken_up_again(listening: Callable[..., Page]) -> None:
    page = listening(news, later_news)

    expect(page.locator("[data-figure]")).to_have_text("5")
    expect(page.locator("[data-reconnecting]")).to_be_hidden()


def test_a_refused_stream_is_opened_anew_from_the_last_event_and_says_so(
    listening: Callable[..., Page], requests: list[Request]
) -> None:
    page = listening(news, refused, refused, refused)

    expect(page.locator("[data-reconnecting]")).to_be_visible()
    again = [asked.url.partition("?")[2] for asked in requests[2:]]
    assert set(again) == {"after=7"}


def superseded(route: Route) -> None:
    body = "retry: 20\nid: 9\nevent: superseded\ndata: {}\n\n"
    route.fulfill(content_type="text/event-stream", body=body)


def ten_reconnects_later(page: Page) -> None:
    """Of another stream, which comes back as soon as this one would."""
    seen = []

    def answer(route: Route) -> None:
        seen.append(route.request)
        route.fulfill(content_type="text/event-stream", body="retry: 20\n\n")

    page.route("**/another-stream", answer)
    with page.expect_request(lambda _: len(seen) >= 10):
        page.evaluate("new EventSource('/another-stream')")
    page.unroute("**/another-stream")


def test_a_stream_that_made_room_comes_back_when_it_is_looked_at(
    listening: Callable[..., Page], requests: list[Request]
) -> None:
    page = listening(superseded, news)
    expect(page.locator("[data-figure]")).to_have_text("3")
    ten_reconnects_later(page)
    assert len(requests) == 1

    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-figure]")).to_have_text("4")


def test_a_page_stays_while_a_form_of_it_is_answered(open_page: Callable[..., Page]) -> None:
    """To close one's account ends the login: the page is told before the answer is there."""
    page, streams, posts = open_page("/dev/kit/login"), list[Route](), list[Route]()

    def stream(route: Route) -> None:
        streams.append(route)

    def post(route: Route) -> None:
        posts.append(route)

    page.route("**/realtime/events*", stream)
    page.route("**/answered-later", post)
    with page.expect_request("**/realtime/events*"):
        page.goto(DASHBOARD)
    page.evaluate("""() => {
        document.addEventListener("live:logged-out", () => console.log("told"));
        document.body.insertAdjacentHTML("beforeend", `<form method="post"
            action="/answered-later"></form>`);
    }""")

    with page.expect_request("**/answered-later"):
        page.evaluate("[...document.forms].at(-1).requestSubmit()")
    body = "id: 8\nevent: logged-out\ndata: {}\n\n"
    with page.expect_console_message(lambda said: said.text == "told"):
        streams[0].fulfill(content_type="text/event-stream", body=body)
    posts[0].fulfill(content_type="text/html", body="<title>Goodbye</title>")

    expect(page).to_have_title("Goodbye")


def test_a_room_says_whose_stream_it_wants(open_page: Callable[..., Page]) -> None:
    page = open_page("/dev/kit/login")

    with page.expect_request("**/realtime/events?session=example"):
        page.goto("/dev/kit/in/room")


def test_visitors_open_no_stream(listening: Callable[..., Page], requests: list[Request]) -> None:
    page = listening(news, path="/")
    with page.expect_response("**/realtime/events?of=test"):
        page.evaluate("new EventSource('/realtime/events?of=test')")

    assert [request.url.partition("?")[2] for request in requests] == ["of=test"]
