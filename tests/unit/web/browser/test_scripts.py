"""What the scripts add to pages that work without them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def test_a_form_is_sent_once_however_often_its_button_is_pressed(open_page: Open) -> None:
    page = open_page("/dev/kit/login")
    sent: list[str] = []

    def accept(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/dev/kit/login", accept)
    page.fill("#email", "sam@example.com")
    page.fill("#password", "correct horse")

    button = page.locator("button")
    button.evaluate("button => { button.click(); button.click(); }")

    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_have_text("Logging in…")
    assert sent == ["POST"]


def test_a_refused_form_puts_the_focus_on_what_is_wrong(open_page: Open) -> None:
    page = open_page("/dev/kit/forms")

    expect(page.locator("[data-error-summary]")).to_be_focused()


def test_a_counter_says_how_much_room_is_left(open_page: Open) -> None:
    page = open_page("/dev/kit/wizard")
    counter = page.locator("#concern-counter")

    expect(counter).to_have_text("5,000 characters left")
    page.fill("#concern", "x" * 4950)
    expect(counter).to_have_text("50 characters left")
    expect(counter).to_have_attribute("data-tone", "bad")


def test_a_dialog_opens_takes_the_focus_and_closes_by_key_and_button(open_page: Open) -> None:
    page = open_page("/dev/kit/feedback")
    dialog = page.locator("#end")

    page.get_by_role("button", name="End session").first.click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="End session").first.click()
    dialog.get_by_role("button", name="Go back").click()
    expect(dialog).to_be_hidden()


def test_what_cannot_be_undone_is_not_sent_without_its_word(open_page: Open) -> None:
    page = open_page("/dev/kit/feedback")
    page.get_by_role("button", name="End session").first.click()
    word = page.locator("#end-confirm")

    word.fill("finish session")
    assert not word.evaluate("field => field.checkValidity()")
    word.fill("end session")
    assert word.evaluate("field => field.checkValidity()")


def test_a_countdown_turns_amber_then_red_then_stops_at_zero(open_page: Open) -> None:
    page = open_page("/dev/kit/login")
    page.clock.install()
    page.goto("/dev/kit/in/room")
    clock = page.locator("[data-countdown]")

    expect(clock).to_have_attribute("data-tone", "calm")
    page.clock.run_for((1600 - 300) * 1000)
    expect(clock).to_have_attribute("data-tone", "amber")
    expect(clock).to_have_text(re.compile(r"^\s*(5:00|4:59)"))
    page.clock.run_for(250_000)
    expect(clock).to_have_attribute("data-tone", "red")
    page.clock.run_for(60_000)
    expect(clock).to_have_text(re.compile(r"^\s*0:00"))


def test_the_server_time_counts_and_not_the_clock_of_the_device(open_page: Open) -> None:
    page = open_page("/dev/kit/login")
    page.clock.install(time="2001-01-01T00:00:00Z")

    page.goto("/dev/kit/in/room")

    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"^\s*26:(40|39|38)"))


def test_a_toast_can_be_dismissed(open_page: Open) -> None:
    page = open_page("/dev/kit/feedback")

    page.get_by_role("button", name="Dismiss").click()

    expect(page.locator(".toast")).to_have_count(0)


TOAST = Path(__file__).parents[4] / "frontend/js/toast.js"


def fail(page: Page, words: str) -> None:
    """As scripts of the page tell of a failure."""
    page.route("**/toast.js", lambda route: route.fulfill(path=TOAST))
    told = "async words => { (await import('/toast.js')).toast(words, { bad: true }); }"
    page.evaluate(told, words)


def test_failures_leave_by_themselves_but_not_while_somebody_reads_them(open_page: Open) -> None:
    page = open_page("/dev/kit/login")
    page.clock.install()
    page.goto("/dev/kit/in/room")
    fail(page, "first")
    failure = page.locator(".toast--bad")
    expect(failure).to_be_visible()

    failure.get_by_role("button").focus()
    page.clock.run_for(20_000)
    expect(failure).to_be_visible()
    page.locator("#text").focus()
    page.clock.run_for(2_000)

    expect(failure).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_more_than_three_toasts_are_shown_and_never_over_the_composer(
    width: int, open_page: Open
) -> None:
    page = open_page("/dev/kit/in/room", width=width)
    toasts = page.locator(".toast")

    for words in ("first", "second", "third", "fourth", "fourth"):
        fail(page, words)
        expect(toasts.last).to_contain_text(words)

    assert [text.strip("×") for text in toasts.all_text_contents()] == [
        "second",
        "third",
        "fourth",
    ]
    lowest = page.evaluate("document.querySelector('#toasts').getBoundingClientRect().bottom")
    assert lowest <= page.evaluate(
        "document.querySelector('.room__composer').getBoundingClientRect().top"
    )


def test_details_of_a_room_open_as_a_drawer_without_a_script(open_page: Open) -> None:
    page = open_page("/dev/kit/in/room", script=False)
    panel = page.locator("#panel")

    expect(panel).to_be_hidden()
    page.get_by_role("link", name="Details of the session").click()
    expect(panel).to_be_visible()
    page.get_by_role("link", name="Close details").click()
    expect(panel).to_be_hidden()


def test_a_composer_without_files_gives_their_room_to_the_field(open_page: Open) -> None:
    page = open_page("/dev/kit/in/room")
    composer, field = page.locator("[data-composer]"), page.locator("#text")
    with_files = field.bounding_box()["width"]  # type: ignore[index]

    page.locator("[data-attach]").evaluate("input => { input.parentElement.hidden = true; }")

    assert field.bounding_box()["width"] > with_files  # type: ignore[index]
    send, whole = composer.get_by_label("Send").bounding_box(), composer.bounding_box()
    assert send is not None
    assert whole is not None
    assert send["x"] + send["width"] == pytest.approx(whole["x"] + whole["width"], abs=1)


def test_escape_closes_the_drawer_and_the_focus_goes_back(open_page: Open) -> None:
    page = open_page("/dev/kit/in/room")
    opener = page.get_by_role("link", name="Details of the session")

    opener.click()
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_menu_of_a_phone_opens_without_a_script(open_page: Open) -> None:
    page = open_page("/dev/kit/in/dashboard", script=False)

    page.locator(".bottom__more summary").click()

    expect(page.get_by_role("link", name="Schedule")).to_be_visible()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
