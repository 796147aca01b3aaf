"""Phone, mail and street of a customer reach nobody at work: everything is looked through that a
mechanic or a workshop can be shown, and what the parts write into their logs."""

import io
import re
from collections.abc import Iterator
from uuid import UUID

import attrs
import httpx
import pytest
from flask import Flask
from pypdf import PdfReader

from autodoctor.application.room.report import write_report
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.garage.details import Home
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.main import built
from support.running import Running
from support.scene import Scene, clients_of, live_scene
from support.talking import let_minutes_pass

pytestmark = pytest.mark.xdist_group("system")

MAIL, PHONE = "zyxw.unmistakable@contact.example", "+1 867 555 0942"
STREET, POSTAL_CODE = "77 Unmistakable Crescent", "X0A 9Z9"
TELLING = re.compile(
    r"zyxw\.unmistakable|867\D{0,3}555\D{0,3}0942|Unmistakable Crescent|X0A ?9Z9", re.IGNORECASE
)
AT_WORK = ("mechanic", "other mechanic", "workshop")
"""Whoever must not see them."""


@pytest.fixture(scope="module")
def scene(running: Running) -> Scene:
    """A live session of a customer whose phone and mail cannot be mistaken, with its report."""
    made = live_scene(running)
    driver, wrench = made.people["customer"], made.people["mechanic"]
    with running.here.transactions(SYSTEM) as tx:
        account = tx.accounts.get(driver.id, lock=True)
        tx.accounts.save(attrs.evolve(account, email=EmailAddress(MAIL), phone=PHONE))
        home = Home(street=STREET, city="Iqaluit", postal_code=POSTAL_CODE, country="CA")
        told = tx.customer_details.get(driver.actor.customer_id)
        tx.customer_details.save(attrs.evolve(told, home=home))
    let_minutes_pass(running, UUID(made.session_id), 2)
    write_report(
        running.here.ports,
        actor=wrench.actor,
        session_id=SessionId(UUID(made.session_id)),
        findings="Worn pads",
        steps_taken="Listened",
        next_steps="Replace them",
        parts_needed="",
    )
    return made


@pytest.fixture(scope="module")
def clients(running: Running, scene: Scene) -> Iterator[dict[str, httpx.Client]]:
    with clients_of(running, scene) as clients:
        yield clients


@pytest.fixture(scope="module")
def app(running: Running) -> Flask:
    return built(running.here)


def told(answer: httpx.Response) -> str:
    """All that an answer says, PDFs included."""
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return "\n".join(page.extract_text() for page in pages)
    return f"{answer.headers}\n{answer.text}"


def pages_of(app: Flask, scene: Scene) -> list[str]:
    """Every page that is looked at, but those of a developer's machine, which production does
    not have."""
    names = {endpoint.name for endpoint in ENDPOINTS} | {"static", "events"}
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in names
    ]
    templates = (re.sub(r"<(?:[^:>]+:)?(\w+)>", r"{\1}", rule) for rule in rules)
    return [scene.path(each) for each in templates if not each.startswith("/dev/")]


@pytest.mark.parametrize("who", AT_WORK)
def test_no_page_shows_them(
    who: str, app: Flask, scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    paths = pages_of(app, scene)

    leaks = [path for path in paths if TELLING.search(told(clients[who].get(path)))]

    assert len(paths) > 40
    assert leaks == []


@pytest.mark.parametrize("who", AT_WORK)
def test_no_endpoint_tells_them(who: str, scene: Scene, clients: dict[str, httpx.Client]) -> None:
    leaks = []
    for endpoint in sorted(ENDPOINTS, key=lambda each: each.method):
        path, query = scene.path(endpoint.path), scene.query(endpoint.path)
        body = None if endpoint.method == "GET" else scene.body(endpoint.path)
        if "logout" not in path:
            answer = clients[who].request(endpoint.method, path, params=query, json=body)
            leaks += [path] if TELLING.search(told(answer)) else []

    assert leaks == []


def test_no_stream_carries_them(running: Running, scene: Scene) -> None:
    rows = running.sql(
        "SELECT data::text AS data FROM live WHERE audience = ANY(:audiences)",
        audiences=["mechanics", *(f"account:{scene.people[who].id}" for who in AT_WORK)],
    )

    assert rows
    assert [row["data"] for row in rows if TELLING.search(row["data"])] == []


def test_no_mail_to_others_holds_them(running: Running, scene: Scene) -> None:
    rows = running.sql(
        "SELECT recipient, subject || body_text || body_html AS words FROM mails "
        "WHERE recipient <> :mail",
        mail=MAIL,
    )

    assert [row["recipient"] for row in rows if TELLING.search(row["words"])] == []


def test_no_log_keeps_them(running: Running, scene: Scene) -> None:
    logs = list((running.folder / "logs").glob("*.log"))

    assert {log.stem for log in logs} >= {"web", "worker", "realtime"}
    assert [log.name for log in logs if TELLING.search(log.read_text(errors="replace"))] == []


def test_the_search_finds_them_where_they_may_be(
    running: Running, clients: dict[str, httpx.Client]
) -> None:
    """Without this the others would prove nothing."""
    own = told(clients["customer"].get("/api/customer/profile"))

    assert len(TELLING.findall(own)) == 4
    assert TELLING.search("Call +1 (867) 555-0942")
