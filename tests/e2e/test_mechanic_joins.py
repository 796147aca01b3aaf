"""A mechanic joins, in the browser and without scripts: from the sign-up to the first shift."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from autodoctor.application.accounts.sign_in import open_login
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId
from support.applicants import an_approved_one
from support.looking import look_at
from support.mailbox import mailed_link
from support.people import Person, person
from support.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
ROOT = "/mechanic/signup"
PASSWORD = "a fine password of mine"
STEPS = ("personal", "credentials", "service", "insurance", "bank", "review")
INSIDE = (
    "/mechanic/status",
    "/mechanic/documents",
    "/mechanic/profile",
    "/mechanic/reviews",
    "/mechanic/onboarding/service-tier",
    "/mechanic/onboarding/virtual-only",
    "/mechanic/onboarding/stripe",
)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def tell_who(page: Page, email: str) -> None:
    page.goto(ROOT)
    page.get_by_label("Full name").fill("Robin Torque")
    go_on(page)
    expect(page.locator("#phone-error")).to_contain_text("phone number")
    expect(page.get_by_label("Full name")).to_have_value("Robin Torque")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Phone").fill("+1 416 555 0188")
    page.get_by_label("Date of birth").fill("1988-04-30")
    page.get_by_label("City").fill("Hamilton")
    page.get_by_label("Province").select_option("ON")
    for label in ("I am 18", "I accept the", "I have read", "I understand"):
        page.get_by_label(label).check()
    go_on(page)


def tell_what(page: Page) -> None:
    page.get_by_label("Years of experience").fill("12")
    page.get_by_role("button", name="Add a certification").click()
    page.locator("#type_0").fill("310S")
    go_on(page)
    expect(page.locator("#number_0-error")).to_contain_text("Enter its number")
    page.locator("#number_0").fill("88-1")
    page.locator("#authority_0").fill("Skilled Trades Ontario")
    page.locator("#region_0").fill("Ontario")
    go_on(page)
    page.get_by_label("Online only").check()
    page.locator("#specializations").get_by_label("Brakes").check()
    for label in ("ABS", "Battery", "Clutch"):
        page.locator("#keywords").get_by_label(label).check()
    go_on(page)
    page.get_by_label("Liability insurance number").fill("INS-200")
    page.get_by_label("Expiry date").fill("2031-12-31")
    page.get_by_label("I agree that").check()
    go_on(page)
    page.get_by_label("Where is your bank account?").select_option("CA")
    go_on(page)


def account_of(running: Running, email: str) -> AccountId:
    with running.here.ports.transactions(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(email))
    assert account is not None
    return account.id


def ask(staff: Page, question: str) -> None:
    staff.get_by_label("Question").fill(question)
    staff.get_by_role("button", name="Ask", exact=True).click()
    expect(staff.get_by_text(question).first).to_be_visible()


def reject(staff: Page, reason: str) -> None:
    staff.reload()
    expect(staff.get_by_text("Wheel & Road Mutual.").first).to_be_visible()
    staff.get_by_label("Reason").fill(reason)
    staff.get_by_role("button", name="Reject").click()
    expect(staff.get_by_text(reason).first).to_be_visible()


def accept_paper_and_approve(staff: Page) -> None:
    staff.reload()
    expect(staff.get_by_text("There are documents nobody has looked at")).to_be_visible()
    staff.get_by_role("button", name="Accept").click()
    expect(staff.get_by_text("There are documents nobody has looked at")).to_have_count(0)
    staff.get_by_role("button", name="Approve").click()
    expect(staff.locator(".badge", has_text="Approved").first).to_be_visible()


@pytest.fixture(scope="module")
def robin(running: Running) -> Person:
    """Somebody who has come in already."""
    ports = running.here.ports
    staff = person(ports, Role.ADMIN).actor
    actor = an_approved_one(ports, staff=staff, email="robin.inside@test.example", bio="")
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    login = open_login(ports, account, role=Role.MECHANIC, address="127.0.0.1", agent="tests")
    return Person(login.actor, login.token)


def test_from_the_sign_up_to_the_first_shift_without_scripts(
    running: Running, open_window: Open, tmp_path: Path
) -> None:
    email, staff = "robin.joins@test.example", open_window(person(running.here.ports, Role.ADMIN))
    visitor = open_window(scripts=False)
    tell_who(visitor, email)
    visitor.goto(ROOT)
    expect(visitor).to_have_url(re.compile("/credentials$"))
    tell_what(visitor)
    expect(visitor.get_by_text("Confirm your address, then hand in")).to_be_visible()
    expect(visitor.get_by_role("button", name="Hand in")).to_have_count(0)

    elsewhere = open_window(scripts=False)
    elsewhere.goto(mailed_link(running, email, "/verify"))
    elsewhere.get_by_label("Password", exact=True).fill(PASSWORD)
    elsewhere.locator("main form button").click()
    expect(elsewhere).to_have_url(re.compile(f"{ROOT}/review$"))
    elsewhere.get_by_role("button", name="Hand in my application").click()
    expect(elsewhere.get_by_text("We have received your application").first).to_be_visible()
    staff.goto(f"/admin/mechanics/{account_of(running, email)}")
    ask(staff, "Which insurer?")
    elsewhere.reload()
    elsewhere.get_by_label("Your answer").fill("Wheel & Road Mutual.")
    elsewhere.get_by_role("button", name="Send my answer").click()
    expect(elsewhere.get_by_text("Wheel & Road Mutual.")).to_be_visible()
    reject(staff, "We have seen no paper of yours.")
    elsewhere.goto("/mechanic/status")
    expect(elsewhere.get_by_text("We have seen no paper of yours.")).to_be_visible()

    elsewhere.get_by_role("button", name="Change it and hand in again").click()
    show_a_paper(elsewhere, tmp_path)
    elsewhere.goto(f"{ROOT}/review")
    elsewhere.get_by_role("button", name="Hand in my application").click()
    expect(elsewhere.get_by_text("We have received your application").first).to_be_visible()
    elsewhere.goto("/mechanic/dashboard")
    expect(elsewhere.get_by_text("Your application is not approved yet")).to_be_visible()
    accept_paper_and_approve(staff)
    elsewhere.reload()
    elsewhere.get_by_role("switch", name="On shift").check()
    elsewhere.get_by_role("button", name="Save").click()
    expect(elsewhere.get_by_role("switch", name="On shift")).to_be_checked()
    elsewhere.get_by_role("switch", name="On shift").uncheck()
    elsewhere.get_by_role("button", name="Save").click()


def show_a_paper(page: Page, folder: Path) -> None:
    Image.new("RGB", (600, 400), "white").save(folder / "insurance.png")
    page.goto("/mechanic/documents")
    page.get_by_label("What is it?").select_option("insurance")
    page.get_by_label("Number on it").fill("A-77")
    page.set_input_files("#file", folder / "insurance.png")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#expires_on-error")).to_contain_text("Enter the expiry date.")
    page.get_by_label("Expiry date").fill("2031-12-31")
    page.set_input_files("#file", folder / "insurance.png")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Being looked at")).to_be_visible()


def test_payouts_are_set_up_at_the_provider_and_back(robin: Person, open_window: Open) -> None:
    page = open_window(robin)
    page.goto("/mechanic/onboarding/service-tier")
    go_on(page)
    page.get_by_role("button", name="That is how I work").click()
    page.get_by_role("button", name="Set up payouts").click()
    page.get_by_role("button", name="Complete onboarding").click()

    expect(page.get_by_text("You can be paid")).to_be_visible()
    page.goto("/mechanic/profile")
    expect(page.get_by_role("link", name="Your payouts")).to_have_count(0)


def test_a_profile_is_changed_and_everybody_reads_it(
    robin: Person, open_window: Open, tmp_path: Path
) -> None:
    page, visitor = open_window(robin, scripts=False), open_window(scripts=False)
    Image.new("RGB", (300, 300), "teal").save(tmp_path / "me.png")
    page.goto("/mechanic/profile")
    page.set_input_files("#photo", tmp_path / "me.png")
    page.get_by_role("button", name="Save the photo").click()
    page.get_by_label("About you").fill("Brakes and patience.")
    page.get_by_role("button", name="Save", exact=True).click()

    visitor.goto(f"/mechanics/{robin.id}")

    expect(visitor.get_by_role("heading", name="Robin Torque")).to_be_visible()
    expect(visitor.get_by_text("Brakes and patience.")).to_be_visible()
    assert "416 555" not in visitor.content()
    assert "robin.inside" not in visitor.content()
    photo = visitor.request.get(f"/mechanics/{robin.id}/photo")
    assert (photo.status, photo.headers["content-type"]) == (200, "image/png")


def test_every_page_is_accessible_and_fits(robin: Person, open_window: Open) -> None:
    visitor, inside = open_window(), open_window(robin)
    pages = [(visitor, f"{ROOT}/{step}") for step in STEPS]
    pages += [(visitor, f"/mechanics/{robin.id}"), (inside, f"/mechanics/{robin.id}")]
    pages += [(inside, path) for path in INSIDE]

    for page, path in pages:
        page.goto(path)
        look_at(page)
