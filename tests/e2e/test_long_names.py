"""The longest names that can be entered, without a space, on the pages of staff: nothing is pushed
out of sight."""

from collections.abc import Callable

import attrs
import pytest
from playwright.sync_api import Page

from autodoctor.application.sessions.room import join
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.vetting.document import DocumentKind
from support.looking import SCREENS
from support.papers import a_paper
from support.people import Person, mechanic, person
from support.running import Running
from support.scene import an_applicant
from support.talking import room

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
LONGEST = 100 * "W"
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll(".table-frame")]
  .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
  .map((frame) => `${frame.className}: ${frame.scrollWidth} in ${frame.clientWidth}`)"""


@pytest.fixture(scope="module")
def paths(running: Running) -> list[str]:
    """Pages that show an applicant, a customer and a mechanic with such names."""
    here, ports = room(running), running.here.ports
    applicant = mechanic(ports, on_shift=False)
    for who in (here.customer, here.mechanic, applicant):
        rename(running, who)
    with ports.transactions(SYSTEM) as tx:
        kept = tx.mechanics.get(applicant.actor.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(kept, approved=False))
    an_applicant(ports, applicant)
    a_paper(ports, applicant, DocumentKind.INSURANCE, name=f"{LONGEST}.png")
    for who in (here.customer, here.mechanic):
        join(ports, actor=who.actor, session_id=here.session_id)
    return [
        "/admin/users",
        f"/admin/users/{here.customer.id}",
        "/admin/mechanics",
        f"/admin/mechanics/{applicant.id}",
        "/admin/sessions",
        f"/admin/sessions/{here.session_id}",
        "/admin/security-log",
        "/admin/audit",
        "/admin/money",
    ]


def rename(running: Running, who: Person) -> None:
    for table in ("accounts", "mechanics"):
        running.sql(
            f"UPDATE {table} SET name = :name WHERE id = :id RETURNING id", name=LONGEST, id=who.id
        )


def test_no_page_and_no_table_of_staff_is_wider_than_its_place(
    running: Running, open_window: Open, paths: list[str]
) -> None:
    page = open_window(person(running.here.ports, Role.ADMIN, name=LONGEST))
    wide = {}
    for path in paths:
        page.goto(path)
        for width, _ in SCREENS:
            page.set_viewport_size({"width": width, "height": 800})
            if found := page.evaluate(TOO_WIDE):
                wide[f"{path} at {width}"] = found

    assert wide == {}
