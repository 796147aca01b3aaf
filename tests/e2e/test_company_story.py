"""From the first admin, and a company's sign-up that is turned down once, to an employee who books
for it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.domain.shared.actor import Role
from support.agreeing import agree
from support.booking import book
from support.corporate import a_department, an_employee, company_applicant, company_owner
from support.looking import look_at
from support.mailbox import mailed_link
from support.people import logged_in, person
from support.running import Running
from support.turning_down import turn_down

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("e2e")]

Open = Callable[..., Page]
PASSWORD = "a fine old password"


def first_admin(running: Running, page: Page, email: str) -> None:
    """Created by the operator on the command line, then logged in as anybody."""
    command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "admin", "create"]
    command += ["--email", email, "--name", "Alex Park"]
    environment = running.environment | {"ADMIN_PASSWORD": PASSWORD}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, cwd=os.getcwd())
    page.goto("/admin/login")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/admin/dashboard$"))


def test_a_company_comes_in_and_its_employee_books_for_it(
    running: Running, open_window: Open
) -> None:
    mark = uuid4().hex[:8]
    name, email, worker = f"Swift {mark}", f"fleet-{mark}@test.example", f"d-{mark}@test.example"
    page, admin = open_window(width=360, scripts=False), open_window()
    page.goto("/corporate/signup")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Please check what is marked")).to_be_visible()
    page.get_by_label("Name of the company").fill(name)
    page.get_by_label("What it does").select_option("fleet")
    page.get_by_label(re.compile("Starter")).check()
    page.get_by_label("Contact person").fill("Fran Fleet")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    agree(page)
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    page.goto(mailed_link(running, email, "/verify"))
    page.get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="We have received your application")).to_be_visible()

    first_admin(running, admin, f"admin-{mark}@test.example")
    turned_down(admin, page, name)
    admin.get_by_role("button", name="Let them in").click()
    expect(admin.get_by_text("approve organization application")).to_be_visible()

    page.goto("/corporate/employees")
    page.get_by_label("Email address").fill(worker)
    page.get_by_role("button", name="Send the invitation").click()
    invited = open_window(width=360)
    invited.goto(mailed_link(running, worker, "/invitations/"))
    expect(invited.get_by_role("heading", name=f"{name} invites you")).to_be_visible()
    invited.get_by_label("Full name").fill("Dee Driver")
    invited.get_by_label("Password", exact=True).fill(PASSWORD)
    agree(invited)
    invited.get_by_role("button", name=f"Join {name}").click()
    expect(invited).to_have_url(re.compile("/customer/dashboard"))
    book(invited, "free")
    expect(invited.get_by_text(name).first).to_be_visible()


def turned_down(admin: Page, page: Page, name: str) -> None:
    """With a reason that the company reads, and answers with another application."""
    admin.goto("/admin/corporate")
    admin.get_by_role("link", name=name).click()
    turn_down(admin, page, why="Which vehicles?", dashboard="/corporate/dashboard")
    page.get_by_label("Vehicles in the fleet").fill("40")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="We have received your application")).to_be_visible()
    admin.reload()


def test_the_pages_of_companies(running: Running, open_window: Open) -> None:
    ports = running.here.ports
    boss, waiting = company_owner(ports), company_applicant(ports)
    vans = a_department(ports.transactions, organization_id=boss.organization_id)
    employee = an_employee(
        ports.transactions, organization_id=boss.organization_id, department_id=vans.id
    )
    invited = f"{uuid4().hex}@test.example"
    invite_employee(ports, actor=boss, email=invited, form=EmployeeForm())
    owner, admin = logged_in(ports, boss), person(ports, Role.ADMIN)
    pages = {
        "company-signup": (None, "/corporate/signup"),
        "company-signed-up": (None, "/corporate/signup/success"),
        "company-invitation": (None, mailed_link(running, invited, "/invitations/")),
        "company-status": (logged_in(ports, waiting), "/corporate/status"),
        "company-dashboard": (owner, "/corporate/dashboard"),
        "company-employees": (owner, "/corporate/employees"),
        "company-employee": (owner, f"/corporate/employees/{employee.id}"),
        "company-upload": (owner, "/corporate/employees/upload"),
        "company-departments": (owner, "/corporate/departments"),
        "company-sessions": (owner, "/corporate/sessions"),
        "company-team": (owner, "/corporate/team"),
        "company-profile": (owner, "/corporate/profile"),
        "company-integrations": (owner, "/corporate/integrations"),
        "admin-companies": (admin, "/admin/corporate"),
        "admin-company": (admin, f"/admin/corporate/{waiting.organization_id}"),
        "admin-company-open": (admin, f"/admin/corporate/{boss.organization_id}"),
    }
    for name, (who, path) in pages.items():
        page = open_window(who)
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, name
        look_at(page, name)
