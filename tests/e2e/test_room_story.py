"""The room and what comes of it, in two browsers."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from autodoctor.domain.shared.actor import Role
from support.people import as_person, person
from support.running import Running
from support.talking import Room, let_minutes_pass, room
from support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]

OLD_ZONES = """
const now = Intl.DateTimeFormat;
const before = { "America/Vancouver": "Etc/GMT+8" };
Intl.DateTimeFormat = function (locale, { timeZone, ...options } = {}) {
  return new now(locale, { ...options, timeZone: before[timeZone] ?? timeZone });
};
"""
"""A browser that has not heard that British Columbia keeps summer time for good."""
LEAVE_MS = 2_500
"""After which an open room leads on once it is closed (`room/state.js`)."""


@pytest.fixture
def here(running: Running) -> Room:
    return room(running)


@pytest.fixture
def both(open_window: Open, here: Room) -> tuple[Page, Page]:
    """The customer on a phone and the mechanic at a desk, both in the room."""
    customer, mechanic = open_window(here.customer, width=360), open_window(here.mechanic)
    for page in (customer, mechanic):
        page.goto(here.path)
    for page in (customer, mechanic):
        expect(page.locator("#room-presence")).to_contain_text("In the room")
    return customer, mechanic


def say(page: Page, text: str) -> None:
    page.get_by_label("Message").fill(text)
    page.get_by_role("button", name="Send").click()


def said(page: Page) -> Locator:
    return page.locator(".bubble__text")


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
    return content.getvalue()


@pytest.mark.parametrize("width", [360, 1280])
def test_before_the_start_and_in_a_pause_there_are_short_messages_and_a_draft_waits(
    open_window: Open, here: Room, running: Running, width: int
) -> None:
    customer = open_window(here.customer, width=width)
    customer.goto(here.path)
    send, attach = customer.get_by_role("button", name="Send"), customer.locator("[data-attach]")
    expect(send).to_be_hidden()
    expect(attach).to_be_hidden()
    customer.get_by_label("Message").fill("It grinds when I brake")
    customer.get_by_role("button", name="I am next to the car.").click()
    expect(said(customer)).to_have_text(["I am next to the car."])
    assert customer.evaluate("document.scrollingElement.scrollWidth - innerWidth") == 0

    mechanic = open_window(here.mechanic)
    mechanic.goto(here.path)
    expect(said(mechanic)).to_have_text(["I am next to the car."])
    expect(customer.locator("[data-short]")).to_be_hidden()
    expect(customer.get_by_label("Message")).to_have_value("It grinds when I brake")
    send.click()
    expect(said(mechanic)).to_have_text(["I am next to the car.", "It grinds when I brake"])
    expect(attach.locator("..")).to_be_visible()

    mechanic.close()
    long_gone(running, here, "mechanic")
    expect(customer.get_by_role("button", name="I lost the connection")).to_be_visible()
    expect(customer.locator("#short-why")).to_contain_text("While the session is paused")
    expect(send).to_be_hidden()


def long_gone(running: Running, here: Room, party: str) -> None:
    """As if they had not been heard of for longer than their lease lasts."""
    statement = (
        "UPDATE presence SET seen_at = now() - interval '1 minute' "
        "WHERE session_id = :id AND party = :party RETURNING seen_at"
    )
    assert running.sql(statement, id=here.session_id, party=party)


def test_what_was_sent_as_a_pause_began_is_sent_when_both_are_back(
    both: tuple[Page, Page], open_window: Open, here: Room, running: Running
) -> None:
    customer, mechanic = both
    mechanic.close()
    customer.route("**/chat/*/state", lambda route: route.abort())
    long_gone(running, here, "mechanic")
    until("the pause", lambda: status(running, here) == "reconnecting")
    say(customer, "And it shudders")
    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", "sending")

    customer.unroute("**/chat/*/state")
    again = open_window(here.mechanic)
    again.goto(here.path)

    expect(said(again)).to_have_text(["And it shudders"])
    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", re.compile("read|del"))


def status(running: Running, here: Room) -> str:
    (row,) = running.sql("SELECT status FROM sessions WHERE id = :id", id=here.session_id)
    return str(row["status"])


def test_a_plan_without_files_offers_none(open_window: Open, here: Room, running: Running) -> None:
    running.sql("UPDATE sessions SET plan = 'free' WHERE id = :id RETURNING id", id=here.session_id)
    customer, mechanic = open_window(here.customer), open_window(here.mechanic)
    for page in (customer, mechanic):
        page.goto(here.path)

    expect(mechanic.locator("[data-attach]").locator("..")).to_be_visible()
    expect(customer.get_by_role("button", name="Send")).to_be_visible()
    expect(customer.locator("[data-attach]").locator("..")).to_be_hidden()
    expect(customer.get_by_text("This plan does not include files.")).to_be_visible()


def test_the_clock_starts_when_both_are_there(open_window: Open, here: Room) -> None:
    customer = open_window(here.customer)
    customer.goto(here.path)
    expect(customer.locator("#room-presence")).to_have_text("Not here yet")
    expect(customer.locator("[data-countdown]")).to_contain_text("5:00")

    open_window(here.mechanic).goto(here.path)

    expect(customer.locator("#room-presence")).to_have_text("In the room")
    expect(customer.locator("#room-state")).to_be_hidden()
    expect(customer.locator("[data-countdown]")).to_contain_text("4:5")


def test_both_see_what_is_said_being_typed_and_read(both: tuple[Page, Page]) -> None:
    customer, mechanic = both

    say(customer, "It grinds when I brake\n<b>at the front</b>")
    expect(said(mechanic)).to_have_text("It grinds when I brake\n<b>at the front</b>")
    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", "read")
    mechanic.get_by_label("Message").press_sequentially("Which wheel?")
    expect(customer.locator("[data-typing]")).to_have_text("Morgan Wrench is typing…")
    mechanic.keyboard.press("Enter")

    expect(said(customer)).to_have_count(2)
    expect(customer.locator("[data-typing]")).to_be_empty()
    expect(mechanic.get_by_role("img", name="Read")).to_be_visible()


def marks_sent(page: Page, path: str) -> int:
    """How many read marks an opened room has sent, after it was certainly looked at: what it puts
    off for a moment is brought forward."""
    marks: list[str] = []
    page.on("request", lambda sent: marks.append(sent.url) if "chat/read" in sent.url else None)
    page.clock.install()
    page.goto(path)
    expect(said(page)).to_have_count(1)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(5_000)
    page.evaluate("fetch(location.pathname + '/state').then((answer) => answer.text())")
    return len(marks)


def test_staff_who_look_on_mark_nothing_as_read_and_are_denied_nothing(
    open_window: Open, both: tuple[Page, Page], here: Room, running: Running
) -> None:
    say(both[0], "It grinds when I brake")
    expect(said(both[1])).to_have_count(1)
    staff = person(running.here.ports, Role.ADMIN, name="Alex Park")

    assert marks_sent(open_window(staff), here.path) == 0
    denied = "SELECT 1 FROM security_events WHERE kind = 'access_denied' AND actor_id = :who"
    assert running.sql(denied, who=staff.actor.account_id) == []
    assert marks_sent(open_window(here.mechanic), here.path) >= 1


@pytest.mark.parametrize("zone", ["America/Vancouver", "Asia/Kathmandu"])
def test_a_message_shows_one_time_live_and_after_a_reload(
    open_window: Open, running: Running, here: Room, zone: str
) -> None:
    """In Vancouver a browser's own time zones may be older than ours: this one's are."""
    change = "UPDATE accounts SET time_zone = :zone WHERE id = :id RETURNING id"
    running.sql(change, zone=zone, id=here.customer.id)
    customer = open_window(here.customer)
    customer.add_init_script(OLD_ZONES)
    customer.goto(here.path)
    open_window(here.mechanic).goto(here.path)
    expect(customer.locator("#room-presence")).to_have_text("In the room")

    say(customer, "What time is it?")
    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", "read")
    live = customer.locator(".bubble--own time").inner_text()
    customer.reload()

    expect(customer.locator(".bubble--own time")).to_have_text(live)


def test_a_picture_reaches_the_other_one_and_stays(both: tuple[Page, Page]) -> None:
    customer, mechanic = both
    file = {"name": "wheel.jpg", "mimeType": "image/jpeg", "buffer": picture()}

    customer.locator("[data-attach]").set_input_files(file)  # type: ignore[arg-type]

    for page in both:
        shown = page.locator(".bubble .attachment img")
        expect(shown).to_have_js_property("naturalWidth", 64)
        expect(page.locator("#room-files").get_by_text("wheel.jpg")).to_have_count(1)
    mechanic.reload()
    expect(mechanic.locator(".bubble").get_by_text("wheel.jpg")).to_be_visible()


def test_a_file_that_is_something_else_is_refused_with_a_word(both: tuple[Page, Page]) -> None:
    customer, _ = both
    file = {"name": "wheel.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}

    customer.locator("[data-attach]").set_input_files(file)  # type: ignore[arg-type]

    expect(customer.locator(".toast--bad")).to_contain_text("wheel.jpg was not sent")
    expect(customer.locator(".bubble")).to_have_count(0)


def test_a_lost_connection_misses_nothing_and_doubles_nothing(both: tuple[Page, Page]) -> None:
    customer, mechanic = both
    say(customer, "one")
    expect(said(mechanic)).to_have_count(1)

    customer.context.set_offline(True)
    expect(customer.locator("[data-reconnecting]")).to_be_visible()
    say(customer, "two, said without a connection")
    for text in ("three", "four"):
        say(mechanic, text)
    expect(mechanic.locator(".bubble--own")).to_have_count(2)
    expect(mechanic.locator(".bubble--own[data-state=sending]")).to_have_count(0)
    expect(customer.locator(".bubble").last).to_have_attribute("data-state", "sending")
    customer.context.set_offline(False)

    in_order = ["one", "three", "four", "two, said without a connection"]
    for page in both:
        expect(said(page)).to_have_text(in_order)
    customer.reload()
    expect(said(customer)).to_have_count(4)


def test_what_was_not_sent_before_a_reload_is_sent_after_it_once(both: tuple[Page, Page]) -> None:
    customer, mechanic = both
    customer.route("**/api/chat/send-message", lambda route: route.abort())
    say(customer, "into the void")
    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", "sending")

    customer.unroute("**/api/chat/send-message")
    customer.reload()

    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", re.compile("read|del"))
    expect(said(mechanic)).to_have_text(["into the void"])


def test_an_answer_that_got_lost_does_not_double_the_message(both: tuple[Page, Page]) -> None:
    customer, _ = both
    attempts: list[str] = []

    def keep_and_lose(route: Any) -> None:
        attempts.append(route.request.post_data)
        answer = route.fetch()
        if len(attempts) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    customer.route("**/api/chat/send-message", keep_and_lose)
    say(customer, "said once")

    expect(customer.locator(".bubble--own")).to_have_attribute("data-state", re.compile("read|del"))
    say(customer, "and then this")
    for page in both:
        expect(said(page)).to_have_text(["said once", "and then this"])
    assert len({sent for sent in attempts if "said once" in sent}) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_conversation_scrolls_by_itself(open_window: Open, here: Room, width: int) -> None:
    customer = open_window(here.customer, width=width)
    customer.goto(here.path)
    open_window(here.mechanic).goto(here.path)
    expect(customer.locator("#room-presence")).to_contain_text("In the room")
    for number in range(30):
        say(customer, f"Message {number}")
    expect(customer.locator(".bubble--own[data-state=read]")).to_have_count(30)

    customer.get_by_label("Message").press_sequentially("and one more\nline")

    assert customer.evaluate("document.scrollingElement.scrollHeight - innerHeight") == 0
    assert customer.evaluate("scrollY") == 0
    expect(customer.get_by_label("Message")).to_be_in_viewport(ratio=1)
    expect(customer.locator(".room__header")).to_be_in_viewport(ratio=1)
    expect(said(customer).last).to_be_in_viewport()


def test_a_conversation_that_is_over_stays_readable(
    both: tuple[Page, Page], here: Room, running: Running
) -> None:
    customer, mechanic = both
    say(customer, "It grinds when I brake")
    expect(said(mechanic)).to_have_count(1)
    let_minutes_pass(running, here.session_id, 3)
    mechanic.get_by_role("link", name="End and write the report").click()
    mechanic.get_by_role("button", name="End and write the report").click()
    expect(customer).to_have_url(re.compile(f"/customer/sessions/{here.session_id}$"))

    for page in both:
        page.clock.install()
        with page.expect_response("**/state"):
            page.goto(here.path)
        page.clock.fast_forward(2 * LEAVE_MS)
        expect(page).to_have_url(re.compile(f"{here.path}$"))
        expect(said(page)).to_have_text(["It grinds when I brake"])


def test_before_the_start_it_is_called_off_and_afterwards_ended(
    open_window: Open, here: Room
) -> None:
    customer = open_window(here.customer)
    customer.goto(here.path)
    steps = customer.locator("#room-steps")
    expect(steps).to_have_text("Cancel before it starts")

    open_window(here.mechanic).goto(here.path)

    expect(steps).to_have_text("End the session")


def test_a_request_given_back_leads_the_customer_to_the_waiting_room(
    open_window: Open, here: Room
) -> None:
    mechanic = open_window(here.mechanic, scripts=False)
    customer = open_window(here.customer)
    customer.goto(here.path)
    mechanic.goto(here.path)

    mechanic.get_by_role("link", name="Give the request back").click()
    mechanic.get_by_role("button", name="Give it back").click()

    expect(mechanic.get_by_text("back with the others")).to_be_visible()
    expect(customer).to_have_title("Looking for your mechanic · autodoctor")


def test_both_are_told_when_the_time_runs_out(
    both: tuple[Page, Page], here: Room, running: Running
) -> None:
    let_minutes_pass(running, here.session_id, 4)
    running.sql(
        "UPDATE timers SET due_at = now() WHERE subject_id = :id AND kind = 'warn_last'",
        id=here.session_id,
    )

    for page in both:
        expect(page.get_by_text("One minute left.").last).to_be_visible()


def test_notes_are_the_mechanics_alone(both: tuple[Page, Page]) -> None:
    customer, mechanic = both

    mechanic.get_by_label("Your notes").fill("Pads at two millimetres")
    expect(mechanic.get_by_text("Saved.")).to_be_visible()
    mechanic.reload()

    expect(mechanic.get_by_label("Your notes")).to_have_value("Pads at two millimetres")
    customer.get_by_role("link", name="Details of the session").click()
    expect(customer.get_by_text("2015 Honda Civic")).to_be_visible()
    expect(customer.get_by_text("Pads at two millimetres")).to_have_count(0)


def test_without_scripts_the_room_is_read_and_written(open_window: Open, here: Room) -> None:
    plain = open_window(here.customer, scripts=False)
    mechanic = open_window(here.mechanic)
    mechanic.goto(here.path)
    plain.goto(here.path)

    plain.get_by_role("button", name="I am running late.").click()
    expect(said(mechanic)).to_have_text("I am running late.")
    expect(plain.get_by_label("Message")).to_be_hidden()
    plain.get_by_role("button", name="Come in").click()

    file = {"name": "wheel.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    plain.locator("[data-attach]").set_input_files(file)  # type: ignore[arg-type]
    say(plain, "Written without scripts")
    expect(mechanic.get_by_text("Written without scripts")).to_be_visible()
    say(mechanic, "And answered")
    expect(
        mechanic.get_by_role("img", name="Delivered").or_(mechanic.get_by_role("img", name="Sent"))
    ).to_be_visible()
    plain.get_by_role("link", name="Look for new messages").click()

    expect(plain.get_by_text("And answered")).to_be_visible()
    expect(plain.locator(".bubble").get_by_text("wheel.jpg")).to_be_visible()


def test_the_end_leads_both_on_and_the_report_the_rating_and_the_list_follow(
    both: tuple[Page, Page], here: Room, running: Running
) -> None:
    customer, mechanic = both
    let_minutes_pass(running, here.session_id, 3)

    mechanic.get_by_role("link", name="End and write the report").click()
    mechanic.get_by_role("button", name="End and write the report").click()
    expect(customer.get_by_text("is complete").first).to_be_visible()
    expect(customer).to_have_url(re.compile(f"/customer/sessions/{here.session_id}$"))
    expect(customer.get_by_text("3 minutes")).to_be_visible()

    report = {"findings": "Pads worn", "steps_taken": "Looked at photos", "next_steps": "Replace"}
    with as_person(running.url, here.mechanic) as api:
        body = {"session_id": str(here.session_id), "parts_needed": "", **report}
        api.post("/api/mechanic/sessions/complete", json=body).raise_for_status()
    expect(customer.get_by_text("Pads worn")).to_be_visible()
    with customer.expect_download() as download:
        customer.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")

    customer.get_by_role("radio", name="4 stars: very good").check(force=True)
    customer.get_by_label("A few words").fill("Clear and patient")
    customer.get_by_role("button", name="Send the rating").click()
    expect(customer.get_by_text("You gave 4 stars of 5.")).to_be_visible()
    expect(customer.get_by_role("button", name="Send the rating")).to_have_count(0)
    customer.goto("/customer/sessions?show=done&q=civic")
    row = customer.get_by_role("row").filter(has_text="Quick Chat")
    expect(row).to_contain_text("Completed")
    expect(row).to_contain_text("4 of 5")


def test_the_conversation_stays_readable_and_is_closed(
    both: tuple[Page, Page], here: Room, running: Running
) -> None:
    customer, mechanic = both
    say(customer, "Thank you")
    expect(said(mechanic)).to_have_count(1)
    let_minutes_pass(running, here.session_id, 2)

    customer.get_by_role("link", name="Details of the session").click()
    customer.get_by_role("link", name="End the session").click()
    customer.get_by_role("button", name="End the session").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Thank you")
    customer.get_by_role("link", name="Read the conversation").click()

    expect(customer.get_by_text("Thank you")).to_be_visible()
    expect(customer.get_by_text("The conversation is closed.")).to_be_visible()
    expect(customer.get_by_label("Message")).to_have_count(0)


def test_somebody_else_finds_no_room(open_window: Open, here: Room, running: Running) -> None:
    stranger = open_window(room(running).customer)

    answer = stranger.goto(here.path)

    assert answer is not None
    assert answer.status == 404
