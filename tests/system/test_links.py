"""No page leads nowhere: every link that somebody can see is followed."""

import re
from collections import Counter, deque
from html import unescape

import httpx
import pytest

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import end_session
from autodoctor.application.sessions.room import join
from autodoctor.domain.shared.actor import SYSTEM, Role
from support.api_keys import company_person, made_key
from support.corporate import a_department, an_employee
from support.people import as_person, booked, customer, mechanic, person
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")

ALIKE_MAX = 3
"""Of addresses that differ in nothing but an id, a day or a place in a list, so many are followed:
days go back for ever."""
WHICH = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d(-\d\d)?|(?<=before=)[^&]+"
)
LINK = re.compile(r'<(?:a|link)\b[^>]*\shref="(/[^"#]*)')
FORM = re.compile(r'<form\b[^>]*\smethod="get"[^>]*\saction="(/[^"#]*)"')


def crawl(client: httpx.Client, *starts: str) -> dict[str, int]:
    """Each address reached from `starts`, and the status it answers with."""
    seen: dict[str, int] = {}
    alike: Counter[str] = Counter()
    waiting = deque(starts)
    while waiting:
        path = waiting.popleft()
        shape = WHICH.sub("*", path)
        if path in seen or alike[shape] == ALIKE_MAX:
            continue
        alike[shape] += 1
        answer = client.get(path, follow_redirects=True)
        seen[path] = answer.status_code
        if answer.headers.get("content-type", "").startswith("text/html"):
            found = LINK.findall(answer.text) + FORM.findall(answer.text)
            waiting.extend(unescape(each) for each in found)
    return seen


def broken(seen: dict[str, int]) -> dict[str, int]:
    """Booking is for customers: others who come by the home page are told so."""
    theirs = {path: 403 for path in seen if path.startswith("/onboarding/pricing?")}
    dead = {path: status for path, status in seen.items() if status >= 400}
    return {path: status for path, status in dead.items() if theirs.get(path) != status}


def test_a_visitor_finds_no_dead_link(running: Running) -> None:
    with running.client() as client:
        seen = crawl(client, "/")

    assert len(seen) > 10
    assert broken(seen) == {}


def test_customers_mechanics_and_admins_find_no_dead_link(running: Running) -> None:
    ports = running.here.ports
    driver, wrench, admin = customer(ports), mechanic(ports), person(ports, Role.ADMIN)
    intake = booked(ports, driver, plan="free")
    session_id = check_out(ports, actor=driver.actor, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    accept(ports, actor=wrench.actor, request_id=request.id)
    for each in (driver, wrench):
        join(ports, actor=each.actor, session_id=session_id)
    ninety = "UPDATE sessions SET timer_used = interval '90 seconds' WHERE id = :id"
    running.sql(ninety, id=session_id)
    starts = {
        "customer": (driver, ("/customer/dashboard", f"/chat/{session_id}")),
        "mechanic": (wrench, ("/mechanic/dashboard", f"/chat/{session_id}")),
        "admin": (admin, ("/admin/dashboard",)),
    }

    for ended in (False, True):
        if ended:
            end_session(ports, actor=wrench.actor, session_id=session_id)
        for role, (who, pages) in starts.items():
            with as_person(running.url, who) as client:
                assert broken(crawl(client, *pages)) == {}, (role, ended)


def test_who_runs_a_company_finds_no_dead_link(running: Running) -> None:
    ports = running.here.ports
    boss = company_person(ports)
    company = boss.actor.organization_id
    an_employee(ports.transactions, organization_id=company)
    a_department(ports.transactions, organization_id=company)
    invite_employee(ports, actor=boss.actor, email="dee@test.example", form=EmployeeForm())
    made_key(ports, boss.actor)

    with as_person(running.url, boss) as client:
        seen = crawl(client, "/corporate/dashboard")

    assert {"/corporate/employees", "/corporate/sessions", "/corporate/integrations"} <= set(seen)
    assert broken(seen) == {}
