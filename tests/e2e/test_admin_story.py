"""Staff decide on a mechanic beside the documents, and put somebody out, in a browser."""

from collections.abc import Callable
from datetime import date

import attrs
import pytest
from playwright.sync_api import Page, expect

from autodoctor.domain.mechanics.particulars import Certification, Particulars
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.vetting.document import DocumentKind
from support.looking import look_at
from support.papers import a_paper
from support.people import Person, customer, mechanic, person
from support.running import Running
from support.scene import an_applicant

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
OUT_WITHIN_MS = 5_000


@pytest.fixture
def applicant(running: Running) -> Person:
    """Not approved, with everything told and two documents."""
    ports = running.here.ports
    who = mechanic(ports, on_shift=False)
    with ports.transactions(SYSTEM) as tx:
        kept = tx.mechanics.get(who.actor.mechanic_id, lock=True)
        tx.mechanics.save(
            attrs.evolve(
                kept,
                approved=False,
                city="Hamilton",
                years_of_experience=12,
                specializations=("Brakes", "Electrical"),
                keywords=frozenset({"brakes", "battery", "check-engine"}),
                bio="Twelve years in one bay, the last six on hybrids.",
            )
        )
        told = Certification(
            type="310S",
            number="4471",
            authority="Skilled Trades Ontario",
            region="ON",
            expires_on=date(2031, 5, 17),
        )
        tx.particulars.save(
            Particulars(
                id=who.actor.mechanic_id,
                date_of_birth=date(1990, 4, 2),
                province="ON",
                languages=("en", "fr"),
                certifications=(told,),
                insurance_number="INS-0098",
                insurance_expires_on=date(2031, 5, 17),
                background_check_agreed_at=ports.now(),
            )
        )
    an_applicant(ports, who)
    for kind in (DocumentKind.LICENCE, DocumentKind.INSURANCE):
        a_paper(ports, who, kind)
    return who


@pytest.fixture
def admin(running: Running) -> Person:
    return person(running.here.ports, Role.ADMIN, name="Alex Park")


def test_an_application_is_decided_beside_its_documents(
    running: Running, open_window: Open, admin: Person, applicant: Person
) -> None:
    page = open_window(admin)
    page.goto("/admin/mechanics")
    look_at(page, "applications")
    page.goto(f"/admin/mechanics/{applicant.id}")
    expect(page.get_by_text("Waiting for us")).to_be_visible()
    for shown in page.locator("img.paper").all():
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("naturalWidth", 640)
    look_at(page, "application")

    page.get_by_role("button", name="Accept").first.click()
    page.get_by_label("Why not").first.fill("The page is cut off.")
    page.get_by_role("button", name="Refuse").first.click()
    expect(page.get_by_text("The page is cut off.").first).to_be_visible()
    page.get_by_label("Question").fill("Can you send the whole page?")
    page.get_by_role("button", name="Ask", exact=True).click()

    expect(page.get_by_text("Asked for more").first).to_be_visible()
    expect(page.get_by_text("Can you send the whole page?").first).to_be_visible()
    look_at(page, "application-asked")


def test_who_is_approved_may_work(
    running: Running, open_window: Open, admin: Person, applicant: Person
) -> None:
    page = open_window(admin, scripts=False)
    page.goto(f"/admin/mechanics/{applicant.id}")

    page.get_by_role("button", name="Approve").click()

    expect(page.locator(".badge", has_text="Approved").first).to_be_visible()
    with running.here.ports.transactions(SYSTEM) as tx:
        assert tx.mechanics.get(applicant.actor.mechanic_id).approved


def test_a_suspended_persons_open_page_ends(
    running: Running, open_window: Open, admin: Person
) -> None:
    driver = customer(running.here.ports)
    theirs, ours = open_window(driver), open_window(admin)
    theirs.goto("/customer/dashboard")
    ours.goto(f"/admin/users/{driver.id}")
    look_at(ours, "person")
    ours.get_by_text("Suspend", exact=True).first.click()
    form = ours.locator("form[action$='/suspend']")
    form.get_by_label("Days").fill("7")
    form.get_by_label("Reason").fill("Rude to a mechanic.")
    form.get_by_role("button", name="Suspend").click()
    expect(ours.get_by_text("Type the word").first).to_be_visible()
    look_at(ours, "person-refused")

    form.get_by_label("Type").fill("suspend")
    form.get_by_role("button", name="Suspend").click()

    expect(ours.locator(".badge", has_text="Suspended")).to_be_visible()
    theirs.wait_for_url("**/login**", timeout=OUT_WITHIN_MS)
    look_at(ours, "person-suspended")


def test_lists_log_and_hub(open_window: Open, admin: Person) -> None:
    page = open_window(admin)

    for path, name in (
        ("/admin/dashboard", "hub"),
        ("/admin/users", "people"),
        ("/admin/customers?standing=suspended", "customers"),
        ("/admin/audit", "audit"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look_at(page, name)
