"""A login that has ended is out everywhere within five seconds: cookie, token and stream."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.standing import ban, change_roles, suspend
from autodoctor.application.corporate.overseeing import suspend_company
from autodoctor.domain.accounts.account import IDLE_LOGOUT
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.entrypoints.realtime.presence import good_logins
from support import plain
from support.api_keys import company_person
from support.corporate import company_of
from support.people import Person, customer, person
from support.running import Running
from support.streams import Stream

pytestmark = pytest.mark.xdist_group("system")

AT_ONCE_SECONDS = 2.0
LATEST_SECONDS = 5.0


@pytest.fixture
def admin(running: Running) -> Actor:
    return person(running.here.ports, Role.ADMIN).actor


def ends(running: Running, admin: Actor) -> dict[str, Callable[[Person], Any]]:
    ports = running.here.ports
    why = "Rude to a customer."

    def log_out(who: Person) -> None:
        plain.post(f"{running.url}/api/auth/logout", headers=who.headers).raise_for_status()

    def removed(who: Person) -> None:
        with ports.transactions(SYSTEM) as tx:
            end_logins(tx, who.id, at=ports.now())

    return {
        "logged out": log_out,
        "suspended": lambda who: suspend(ports, actor=admin, account_id=who.id, reason=why, days=1),
        "banned": lambda who: ban(ports, actor=admin, account_id=who.id, reason=why),
        "another role": lambda who: change_roles(
            ports, actor=admin, account_id=who.id, roles=frozenset({Role.CORPORATE}), reason=why
        ),
        "logins ended": removed,
    }


ENDS = ("logged out", "suspended", "banned", "another role", "logins ended")


@pytest.mark.parametrize("how", ENDS)
def test_the_stream_closes_at_once_and_the_cookie_opens_nothing(
    how: str, running: Running, admin: Actor
) -> None:
    who, other = customer(running.here.ports), customer(running.here.ports)
    stream, control = Stream(running, who), Stream(running, other)

    ends(running, admin)[how](who)

    assert stream.closes_within(AT_ONCE_SECONDS), "told through the live table"
    assert "event: logged-out" in stream.heard
    for path in ("/api/customer/profile", "/api/auth/logins"):
        assert plain.get(f"{running.url}{path}", headers=who.headers).status_code == 401
    assert not control.closes_within(0.2), "a stream whose login is good stays open"
    assert plain.get(f"{running.url}/api/auth/logins", headers=other.headers).status_code == 200


def test_without_being_told_it_closes_within_five_seconds(running: Running) -> None:
    who = customer(running.here.ports)
    stream = Stream(running, who)

    running.sql("UPDATE logins SET ended_at = now() WHERE account_id = :who", who=who.id)

    assert stream.closes_within(LATEST_SECONDS)


CASES: dict[str, str] = {
    "good": "",
    "ended": "UPDATE logins SET ended_at = now() WHERE id = :login",
    "idle": "UPDATE logins SET seen_at = seen_at - interval '1 day' WHERE id = :login",
    "old": "UPDATE logins SET created_at = created_at - interval '31 days' WHERE id = :login",
    "half-way": "UPDATE logins SET stage = 'second_factor' WHERE id = :login",
    "another hat": "UPDATE accounts SET roles = '{admin}' WHERE id = :who",
    "banned": "UPDATE accounts SET standing = 'banned' WHERE id = :who",
    "closed": "UPDATE accounts SET standing = 'closed' WHERE id = :who",
    "suspended": "UPDATE accounts SET standing = 'suspended' WHERE id = :who",
    "suspended for now": "UPDATE accounts SET standing = 'suspended', "
    "suspended_until = now() + interval '1 hour' WHERE id = :who",
    "suspended before": "UPDATE accounts SET standing = 'suspended', "
    "suspended_until = now() - interval '1 hour' WHERE id = :who",
}


@pytest.mark.parametrize("case", CASES)
def test_streams_and_requests_agree_on_which_logins_are_good(case: str, running: Running) -> None:
    ports, who = running.here.ports, customer(running.here.ports)
    with ports.transactions(SYSTEM) as tx:
        (login,) = tx.logins.of(who.id)
    if CASES[case]:
        values = {"login": login.id, "who": who.id}
        used = {name: values[name] for name in values if f":{name}" in CASES[case]}
        running.sql(CASES[case], **used)
    with ports.transactions(SYSTEM) as tx:
        found = tx.logins.find(login.token_hash)
    assert found is not None
    at = ports.now()

    by_domain = found[0].good(found[1], at=at) and found[0].stage is Stage.COMPLETE

    assert (login.token_hash in _good(running, login.token_hash)) is by_domain
    assert by_domain is (case in ("good", "suspended before"))


def _good(running: Running, token_hash: bytes) -> frozenset[bytes]:
    import asyncio

    async def ask() -> frozenset[bytes]:
        from autodoctor.entrypoints.realtime.feed import connect

        async with await connect(running.here.database_url) as connection:
            return await good_logins(connection, [token_hash], at=running.here.ports.now())

    return asyncio.run(ask())


def test_each_role_has_its_idle_time_in_the_streams_too(running: Running) -> None:
    ports = running.here.ports
    for role, idle in IDLE_LOGOUT.items():
        who = person(ports, role)
        with ports.transactions(SYSTEM) as tx:
            (login,) = tx.logins.of(who.id)
        for back, good in ((idle - timedelta(minutes=1), True), (idle, False)):
            running.sql(
                "UPDATE logins SET seen_at = :seen WHERE id = :login",
                seen=ports.now() - back,
                login=login.id,
            )
            assert bool(_good(running, login.token_hash)) is good, role


def test_who_runs_a_company_is_out_when_it_is_suspended(running: Running, admin: Actor) -> None:
    ports = running.here.ports
    who, other = company_person(ports), company_person(ports)
    stream, control = Stream(running, who), Stream(running, other)

    suspend_company(
        ports, actor=admin, organization_id=company_of(who.actor), reason="Nobody answers."
    )

    assert stream.closes_within(AT_ONCE_SECONDS)
    for path in ("/api/corporate/profile", "/api/auth/logins"):
        assert plain.get(f"{running.url}{path}", headers=who.headers).status_code == 401
    assert not control.closes_within(0.2), "another company's stream stays open"
