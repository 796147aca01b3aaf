"""From a visitor to the waiting room, in a browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support import plain
from support.booking import IS_DECLINED, book, describe_concern, describe_vehicle, go_on, pay, sign
from support.looking import look_at
from support.mailbox import mailed_link
from support.people import customer
from support.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
WAITING = "Looking for your mechanic · autodoctor"


def test_a_visitor_signs_up_and_comes_back_to_the_plan_they_chose(
    open_window: Open, running: Running
) -> None:
    page = open_window(width=360)

    page.goto("/services-pricing")
    page.locator("#plan-quick-chat a").click()
    page.get_by_label("Full name").fill("Robin Newcomer")
    page.get_by_label("Email address").fill("robin@test.example")
    page.get_by_label("Password").fill("short")
    for agreement in ("18 or older", "terms of service", "privacy policy", "I understand"):
        page.get_by_label(agreement).check()
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("alert")).to_contain_text("Use 10 to 128 characters.")
    expect(page.get_by_label("Full name")).to_have_value("Robin Newcomer")
    page.get_by_label("Password").fill("a quiet engine hums")
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_text("robin@test.example")).to_be_visible()

    page.goto(mailed_link(running, "robin@test.example", "/verify"))
    page.get_by_role("button", name="Confirm and go on").click()

    expect(page).to_have_title("Your vehicle · autodoctor")
    expect(page.get_by_text("Quick Chat 30 minutes by chat")).to_be_visible()


def test_a_confirmation_link_works_once(open_window: Open, running: Running) -> None:
    signed_up = {"email": "sasha@test.example", "password": "a quiet engine hums"}
    agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
    body = {"full_name": "Sasha Twice", **signed_up, **agreed}
    plain.post(f"{running.url}/api/customer/signup", json=body).raise_for_status()
    link = mailed_link(running, "sasha@test.example", "/verify")
    first, second = open_window(), open_window()

    first.goto(link)
    second.goto(link)
    look_at(first, "confirm-address-elsewhere")
    for window in (first, second):
        window.get_by_label("Password", exact=True).fill(signed_up["password"])
    first.get_by_role("button", name="Confirm and go on").click()
    second.get_by_role("button", name="Confirm and go on").click()

    expect(first).to_have_title("Choose a plan · autodoctor")
    expect(second.get_by_role("heading", level=1)).to_have_text("This link does not work any more")


def test_logging_in_leads_on_to_the_page_that_was_asked_for_and_nowhere_else(
    open_window: Open,
) -> None:
    page = open_window()

    page.goto("/customer/sessions?show=done")
    page.get_by_label("Email address").fill("customer@demo.autodoctor.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("address or the password is wrong")
    page.get_by_label("Password").fill("demo-drive-2026")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/customer/sessions\?show=done$"))
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()

    page.goto("/login?next=//elsewhere.example/")
    page.get_by_label("Email address").fill("customer@demo.autodoctor.example")
    page.get_by_label("Password").fill("demo-drive-2026")
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(re.compile(r"localhost:\d+/customer/dashboard$"))


def test_a_booking_survives_reload_the_back_button_and_a_second_tab(
    open_window: Open, running: Running
) -> None:
    page = open_window(customer(running.here.ports))
    page.goto("/intake?plan=quick-chat")
    page.get_by_label("VIN optional").fill("1HGCM82633A004352")
    page.get_by_role("button", name="Fill in").click()
    expect(page.get_by_label("Model")).to_have_value("Accord")
    go_on(page)
    expect(page).to_have_title("Your mechanic · autodoctor")

    page.reload()
    other = page.context.new_page()
    other.goto(page.url)
    go_on(other)
    describe_concern(other, "Clunk over bumps in the second tab")
    expect(other.get_by_text("Clunk over bumps in the second tab")).to_be_visible()
    go_on(page)
    describe_concern(page, "Grinding noise when braking")
    expect(page).to_have_title("The waiver · autodoctor")
    page.go_back()

    expect(page.get_by_label("Describe it")).to_have_value("Grinding noise when braking")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Model")).to_have_value("Accord")
    other.get_by_role("link", name="Back").click()
    expect(other.get_by_label("Describe it")).to_have_value("Clunk over bumps in the second tab")


def test_a_declined_card_charges_nothing_and_another_one_pays(
    open_window: Open, running: Running
) -> None:
    page = open_window(customer(running.here.ports), width=360)
    book(page, "quick-chat")
    sign(page)

    pay(page, IS_DECLINED)
    expect(page.get_by_role("alert")).to_contain_text("declined")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("Nothing was charged")).to_be_visible()
    page.goto("/customer/sessions")
    expect(page.get_by_text("Your booking is not finished")).to_be_visible()
    look_at(page, "sessions-unfinished")
    page.goto("/customer/dashboard")
    look_at(page, "dashboard-unfinished")
    page.get_by_role("link", name="Continue your booking").click()
    page.get_by_role("button", name="Pay $9.99").click()
    pay(page)

    expect(page).to_have_title(WAITING)
    expect(page.get_by_text("it ends. $9.99 is refunded to your card")).to_be_visible()


def test_a_payment_that_comes_late_is_waited_for(open_window: Open, running: Running) -> None:
    page = open_window(customer(running.here.ports))
    book(page, "quick-chat")
    sign(page)
    expect(page.get_by_label("Card number")).to_be_visible()
    checkout = page.url.rsplit("/", 1)[1]

    page.goto(f"/checkout/success?session_id={checkout}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finalizing your payment")
    running.sandbox("pay", checkout=checkout)

    expect(page).to_have_title(WAITING)


def test_a_payment_page_that_does_not_answer_charges_nothing_and_is_tried_again(
    open_window: Open, running: Running
) -> None:
    page = open_window(customer(running.here.ports))
    book(page, "quick-chat")
    running.sandbox("fault", mode="error", calls=20)
    sign(page)
    expect(page.get_by_text("Payments are not reachable right now.")).to_be_visible()

    running.sandbox("fault", mode="error", calls=0)
    page.get_by_role("link", name="Try again").click()
    page.get_by_role("button", name="Pay $9.99").click()

    expect(page.get_by_label("Card number")).to_be_visible()


def test_somebody_elses_payment_is_nobodys(open_window: Open, running: Running) -> None:
    page, stranger = open_window(customer(running.here.ports)), customer(running.here.ports)
    book(page, "quick-chat")
    waiver = page.url
    sign(page)
    expect(page.get_by_label("Card number")).to_be_visible()
    checkout = page.url.rsplit("/", 1)[1]

    other = open_window(stranger)

    for path in (waiver, f"/checkout/success?session_id={checkout}"):
        answer = other.goto(path)
        assert answer is not None
        assert answer.status == 404


def test_a_session_is_booked_again_with_what_was_told_before(
    open_window: Open, running: Running
) -> None:
    page = open_window(customer(running.here.ports))
    book(page, "quick-chat")
    sign(page)
    pay(page)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Cancel the session").click()

    page.get_by_role("link", name="Book again").click()

    expect(page.get_by_label("Model")).to_have_value("Civic")
    go_on(page)
    go_on(page)
    expect(page.get_by_label("Describe it")).to_have_value("Grinding noise when braking")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_vehicle_saved_on_the_way_is_chosen_with_one_press(
    open_window: Open, running: Running, scripts: bool
) -> None:
    who = customer(running.here.ports)
    page = open_window(who, scripts=scripts)
    page.goto("/intake?plan=quick-chat")
    page.get_by_label("Year").fill("2018")
    page.get_by_label("Make").fill("Mazda")
    page.get_by_label("Model").fill("CX-5")
    page.get_by_label("Save this vehicle").check()
    go_on(page)

    page.goto("/customer/vehicles")
    expect(page.get_by_role("heading", name="2018 Mazda CX-5")).to_be_visible()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Your name for it").fill("The old one")
    page.get_by_label("Model").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Enter the model").first).to_be_visible()
    page.get_by_label("Model").fill("CX-5")
    page.get_by_role("button", name="Save", exact=True).click()

    page.goto("/intake?plan=quick-chat")
    page.get_by_role("button", name="The old one").click()
    page.goto(page.url.replace("/intake/mechanic", "/intake/vehicle"))
    expect(page.get_by_label("Model")).to_have_value("CX-5")
    page.goto("/customer/vehicles")
    page.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Remove the vehicle").click()
    expect(page.get_by_role("heading", name="No vehicle yet")).to_be_visible()


def test_a_booking_needs_no_scripts(open_window: Open, running: Running) -> None:
    page = open_window(customer(running.here.ports), scripts=False)

    book(page, "quick-chat")
    sign(page)
    pay(page)
    expect(page).to_have_title(WAITING)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_text("$9.99 is refunded to your card")).to_be_visible()
    page.get_by_role("button", name="Cancel the session").click()

    expect(page.get_by_text("The session is cancelled.")).to_be_visible()


def test_a_free_session_needs_no_card_and_there_is_one(open_window: Open, running: Running) -> None:
    page = open_window(customer(running.here.ports))

    page.goto("/intake?plan=free")
    page.get_by_role("button", name="Skip: no vehicle needed").click()
    go_on(page)
    describe_concern(page)
    sign(page)
    expect(page).to_have_title(WAITING)
    page.goto("/onboarding/pricing")

    expect(page.get_by_text("You have had your free session")).to_be_visible()
    expect(page.locator("#plan-free")).to_have_count(0)
    page.goto("/intake?plan=free")
    expect(page.get_by_text("You have had your free session. Choose another")).to_be_visible()


def test_one_session_at_a_time_shows_the_way_to_it(open_window: Open, running: Running) -> None:
    page = open_window(customer(running.here.ports))
    book(page, "free")
    sign(page)
    expect(page).to_have_title(WAITING)

    page.goto("/intake?plan=quick-chat")
    expect(page.get_by_text("You have a session under way")).to_be_visible()
    describe_vehicle(page)
    go_on(page)
    page.get_by_label("What is it about?").select_option("noise")
    page.get_by_label("Describe it in your own words").fill("Something else rattles")
    go_on(page, "Continue to the waiver")

    expect(page.get_by_role("heading", level=1)).to_have_text("You have a session under way")
    page.get_by_role("link", name="Go to your session").click()
    expect(page).to_have_title(WAITING)
