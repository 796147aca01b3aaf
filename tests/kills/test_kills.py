"""Parts die in the middle of the story, again and again, and it ends right all the same."""

import contextlib
import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import attrs
import httpx
import pytest

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import SessionId
from support.insistent import Insistent
from support.money import balances, count
from support.people import Person, customer, mechanic
from support.running import Running
from support.waiting import ready, until

pytestmark = [pytest.mark.kills, pytest.mark.xdist_group("kills")]

KILLS = 15
PATIENCE_SECONDS = 150
"""Stripe tries a webhook again after growing waits: some of them fall into the killing."""
EVERY_SECONDS = (0.6, 1.8)
PARTS = ("web", "worker", "realtime", "valkey", "postgres")
STORIES = 4
"""Of each kind; all run at the same time."""
PRICE, PLATFORM, MECHANIC = 999, 199, 800
IS_DECLINED = "4000000000000002"


@attrs.frozen
class Cast:
    driver: Person
    wrench: Person


class Killer:
    """Kills a random part every second or so, so many times."""

    def __init__(self, running: Running, *, seed: int) -> None:
        self._running = running
        self._random = random.Random(seed)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.killed: list[str] = []

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        while len(self.killed) < KILLS:
            if self._ending.wait(self._random.uniform(*EVERY_SECONDS)):
                return
            self.kill(self._random.choice(PARTS))

    def kill(self, part: str) -> None:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.killpg(self._running.pid(part), signal.SIGKILL)
            self.killed.append(part)


def book_and_pay(running: Running, driver: Insistent) -> str:
    intake = driver.post(
        "/api/intake/start",
        plan="quick-chat",
        concern="Grinding noise when braking",
        vehicle={"year": 2015, "make": "Honda", "model": "Civic"},
    )["intake_id"]
    driver.post("/api/waiver/submit", intake_id=intake, full_name="Casey Driver", adult=True)
    page = driver.post("/api/checkout/create-session", intake_id=intake)["url"]
    checkout = page.rsplit("/", 1)[-1]
    with contextlib.suppress(httpx.HTTPStatusError):
        running.sandbox("pay", checkout=checkout, card=IS_DECLINED)
    running.sandbox("pay", checkout=checkout)
    return str(until("the session", partial(_active, driver), seconds=PATIENCE_SECONDS))


def _active(driver: Insistent) -> str | None:
    """Nobody asks Stripe: the webhook has to get through by itself."""
    sessions = driver.get("/api/customer/active-sessions")["sessions"]
    return sessions[0]["id"] if sessions else None


def complete(running: Running, cast: Cast) -> str:
    with (
        Insistent(running.url, cast.driver) as driver,
        Insistent(running.url, cast.wrench) as wrench,
    ):
        return _complete(running, driver, wrench)


def _complete(running: Running, driver: Insistent, wrench: Insistent) -> str:
    session_id = book_and_pay(running, driver)
    request = until("the request", partial(_request, wrench, session_id), seconds=PATIENCE_SECONDS)
    wrench.post(f"/api/mechanics/requests/{request}/accept")
    until(
        "both in the room",
        partial(_both_there, driver, wrench, session_id),
        seconds=PATIENCE_SECONDS,
    )
    for number in range(6):
        until(
            "a word that is sent",
            partial(_say, driver, wrench, session_id, number, client_id=str(uuid4())),
            seconds=PATIENCE_SECONDS,
        )
    _talked_long_enough(running, session_id)
    wrench.post(
        "/api/mechanic/sessions/complete",
        fine=(409,),
        session_id=session_id,
        findings="Worn pads",
        steps_taken="Looked",
        next_steps="Replace",
    )
    wrench.post(f"/api/sessions/{session_id}/end")
    driver.post(f"/api/customer/sessions/{session_id}/rate", fine=(409,), stars=5)
    return session_id


def _request(wrench: Insistent, session_id: str) -> str | None:
    offers = wrench.get("/api/mechanics/requests")["requests"]
    return next((offer["id"] for offer in offers if offer["session_id"] == session_id), None)


def _both_there(driver: Insistent, wrench: Insistent, session_id: str) -> bool:
    for each in (driver, wrench):
        state = each.post(f"/api/sessions/{session_id}/start")
    return bool(state["status"] == "live")


def _say(
    driver: Insistent, wrench: Insistent, session_id: str, number: int, *, client_id: str
) -> bool:
    """A kill can pause the session, which takes own words again once both are back."""
    who = driver if number % 2 else wrench
    answer = who.post(
        "/api/chat/send-message",
        fine=(409,),
        session_id=session_id,
        client_id=client_id,
        text=f"word {number}",
    )
    if "id" in answer:
        return True
    _both_there(driver, wrench, session_id)
    return False


def _talked_long_enough(running: Running, session_id: str) -> None:
    """A minute and a half on the clock, without waiting for it."""
    ninety = "UPDATE sessions SET timer_used = interval '90 seconds' WHERE id = :id"
    _insist_sql(running, ninety, id=session_id)


def _insist_sql(running: Running, statement: str, **values: object) -> list[Any]:
    from sqlalchemy.exc import OperationalError

    asked = partial(running.sql, statement, **values)
    return ready("the database", asked, OperationalError)


def cancel(running: Running, cast: Cast) -> str:
    with Insistent(running.url, cast.driver) as driver:
        session_id = book_and_pay(running, driver)
        driver.post(f"/api/customer/sessions/{session_id}/cancel")
    return session_id


def come_back(running: Running, cast: Cast) -> str:
    """Cancelled; the refund arrives, and the customer's bank sends it back."""
    session_id = cancel(running, cast)
    sent = partial(_sent_refund, running, session_id)
    refund = until("the refund to be made", sent, seconds=PATIENCE_SECONDS)
    running.sandbox("fail_refund", refund=refund)
    return session_id


def _sent_refund(running: Running, session_id: str) -> str | None:
    rows = _insist_sql(
        running,
        "SELECT provider_id FROM refunds WHERE session_id = :id AND status = 'done'",
        id=session_id,
    )
    return rows[0]["provider_id"] if rows else None


def expire(running: Running, cast: Cast) -> str:
    with Insistent(running.url, cast.driver) as driver:
        session_id = book_and_pay(running, driver)
    soon = "UPDATE requests SET expires_at = now() + interval '1 second' WHERE session_id = :id"
    _insist_sql(running, soon, id=session_id)
    timer = (
        "UPDATE timers SET due_at = now() + interval '1 second' WHERE kind = 'request_expiry' "
        "AND subject_id IN (SELECT id FROM requests WHERE session_id = :id)"
    )
    _insist_sql(running, timer, id=session_id)
    return session_id


def test_the_story_ends_right_however_often_its_parts_are_killed(mortal: Running) -> None:
    ports = mortal.here.ports
    deeds = [complete, cancel, expire, come_back] * STORIES
    casts = [Cast(customer(ports), mechanic(ports)) for _ in deeds]

    with Killer(mortal, seed=random.randrange(10_000)) as killer:
        with ThreadPoolExecutor(len(deeds)) as pool:
            played = [
                pool.submit(deed, mortal, cast) for deed, cast in zip(deeds, casts, strict=True)
            ]
            sessions = [each.result() for each in played]
        until("the killing to end", lambda: len(killer.killed) == KILLS, seconds=PATIENCE_SECONDS)

    mortal.wait_healthy()
    mortal.here.engine.dispose()  # our own connections to it died as well
    for deed, cast, session_id in zip(deeds, casts, sessions, strict=True):
        expected = "completed" if deed is complete else "refunded"
        until(
            f"{deed.__name__} to be {expected}",
            partial(_is, mortal, session_id, expected),
            seconds=PATIENCE_SECONDS,
        )
        if deed is come_back:
            _check_owed(mortal, cast, session_id)
        else:
            _check_money(mortal, cast, session_id, paid_out=deed is complete)
        _check_told(mortal, cast)
        if deed is complete:
            _check_words(mortal, session_id)
    _check_nothing_left(mortal)


def _is(running: Running, session_id: str, status: str) -> bool:
    rows = running.sql("SELECT status FROM sessions WHERE id = :id", id=session_id)
    return bool(rows[0]["status"] == status)


def _check_money(running: Running, cast: Cast, session_id: str, *, paid_out: bool) -> None:
    """One charge; and one split, or one refund of all of it."""
    kinds = [
        row["kind"]
        for row in running.sql(
            "SELECT kind FROM entries WHERE session_id = :id ORDER BY position", id=session_id
        )
    ]
    held = {"processor": PRICE, "platform": -PLATFORM, "mechanic": -MECHANIC, "held": 0}
    if paid_out:
        assert kinds == ["charge", "split"], kinds
        assert balances(running, cast.driver.id) == held
    else:
        assert kinds == ["charge", "refund"], kinds
        assert balances(running, cast.driver.id) == {"processor": 0, "held": 0}
        until("the refund", partial(_refunded_once, running, session_id), seconds=PATIENCE_SECONDS)


def _check_owed(running: Running, cast: Cast, session_id: str) -> None:
    """The money is the customer's again, and staff were told once."""
    issues = partial(count, running, "money_issues", session_id=session_id, kind="refund_failed")
    until("the failed refund", lambda: issues() == 1, seconds=PATIENCE_SECONDS)
    assert count(running, "refunds", session_id=session_id, status="failed") == 1
    found = balances(running, cast.driver.id)
    assert found == {"processor": PRICE, "owed": -PRICE, "held": 0}


def _check_told(running: Running, cast: Cast) -> None:
    """Of the payment once, in the app and by mail; and of the declined card no more."""
    told = partial(count, running, account_id=cast.driver.id)
    for table in ("notifications", "mails"):
        receipts = partial(told, table, occasion="payment_received")
        until(f"the receipt in {table}", lambda r=receipts: r() == 1, seconds=PATIENCE_SECONDS)
    assert told("notifications", occasion="payment_failed") == 0


def _refunded_once(running: Running, session_id: str) -> bool:
    rows = running.sql("SELECT status FROM refunds WHERE session_id = :id", id=session_id)
    return [row["status"] for row in rows] == ["done"]


def _check_words(running: Running, session_id: str) -> None:
    with running.here.ports.transactions(SYSTEM) as tx:
        said = tx.messages.since(SessionId(UUID(session_id)), 0, most=100)
    assert [message.text for message in said] == [f"word {number}" for number in range(6)]


def _check_nothing_left(running: Running) -> None:
    """No timer that should have rung, no delivery that was forgotten, no mail unsent."""
    for what, statement in {
        "timers": "SELECT 1 FROM timers WHERE due_at < now() - interval '35 seconds'",
        "deliveries": "SELECT 1 FROM deliveries WHERE done_at IS NULL",
        "mails": "SELECT 1 FROM mails WHERE sent_at IS NULL",
    }.items():
        until(f"no {what} left", lambda s=statement: not running.sql(s), seconds=150)
