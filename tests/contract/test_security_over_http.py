"""What the security log promises, over HTTP: nothing private without an entry, no flood, no more
in an entry than ids and our own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, get_type_hints

import attrs
import pytest
from flask import url_for

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransaction, MemoryTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.operations.security import READ_AGAIN
from autodoctor.application.operations.watched import watch
from autodoctor.domain.operations.security_bounds import PER_NETWORK_MAX
from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
)
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from support.api_keys import made_key
from support.corporate import a_company, who_runs
from support.scenery import an_account
from support.security import ADDRESS, World, a_world
from support.security_cases import CASES, a_session

Kind = SecurityKind
READS = (Kind.SESSION_READ, Kind.CHAT_READ, Kind.REPORT_READ, Kind.FILE_READ)
EXPORTS = (
    Kind.DATA_EXPORTED,
    Kind.PEOPLE_EXPORTED,
    Kind.COMPANY_EXPORTED,
    Kind.SECURITY_LOG_EXPORTED,
)
CHANGES = (Kind.PASSWORD_CHANGED, Kind.ROLES_CHANGED, Kind.PASSKEY_ADDED, Kind.API_KEY_MADE)


class LogAway(Unavailable):
    """The log cannot be written."""


@attrs.frozen
class FullLog:
    """Takes no entry of the kinds that `refuses` says."""

    _inner: Any
    _refuses: set[SecurityKind]

    def append(self, event: SecurityEvent, /) -> None:
        if event.kind in self._refuses:
            raise LogAway()
        self._inner.append(event)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class FullTransactions(MemoryTransactions):
    refused: set[SecurityKind]

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        with super().__call__(actor) as tx:
            come_from: Callable[..., None] = tx.come_from

            def then_guarded(origin: Any) -> None:
                come_from(origin)
                tx.__dict__["security"] = FullLog(tx.security, self.refused)

            tx.__dict__["come_from"] = then_guarded
            yield tx


@pytest.fixture(scope="module")
def kept() -> FullTransactions:
    kept = FullTransactions(routes=ROUTES, watch=watch)
    kept.refused = set()
    return kept


@pytest.fixture(scope="module")
def place(kept: FullTransactions) -> World:
    return a_world(kept, MemoryQueries(kept))


@pytest.fixture
def world(place: World, kept: FullTransactions) -> Iterator[World]:
    kept.refused = set()
    yield place.anew()
    kept.refused = set()


@pytest.mark.parametrize("kind", [*READS, *EXPORTS])
def test_what_cannot_be_recorded_is_not_shown(
    world: World, kept: FullTransactions, kind: SecurityKind
) -> None:
    shown: list[bytes] = []

    def seen(*arguments: Any, **sent: Any) -> Any:
        answer = World.act(world, *arguments, **sent)
        assert answer.status_code == 503
        shown.append(answer.data)
        raise LogAway

    watched = _Acting(world.town, world.app, world.request_id, seen)
    kept.refused = {kind}

    with pytest.raises(LogAway):
        CASES[kind](watched)

    assert len(shown) == 1
    assert b"%PDF" not in shown[0]
    assert world.entries(request_id=world.request_id, kind=kind) == ()


@attrs.frozen
class _Acting(World):
    """Whose one request is looked at by a test."""

    _seen: Callable[..., Any] = attrs.field(kw_only=False, default=None)

    def act(self, *arguments: Any, **sent: Any) -> Any:
        return self._seen(*arguments, **sent)


@pytest.mark.parametrize("kind", CHANGES)
def test_what_cannot_be_recorded_is_not_done(
    world: World, kept: FullTransactions, kind: SecurityKind
) -> None:
    before: list[object] = []

    def seen(*arguments: Any, **sent: Any) -> Any:
        kept.refused = {kind}
        before.append(_state(kept))
        assert World.act(world, *arguments, **sent).status_code == 503
        assert _state(kept) == before[0]
        raise LogAway

    with pytest.raises(LogAway):
        CASES[kind](_Acting(world.town, world.app, world.request_id, seen))


def _state(kept: MemoryTransactions) -> dict[str, Any]:
    names = ("accounts", "passkeys", "identities", "api_keys", "events", "mails", "totps")
    return {name: dict(getattr(kept.tables, name)) for name in names}


def test_a_person_who_reads_their_own_session_leaves_no_entry(world: World) -> None:
    session = a_session(world)
    client = world.browser(world.token(session.customer_id, Role.CUSTOMER))

    answer = world.act(client, "GET", f"/api/chat/session-info?session_id={session.id}")

    assert answer.status_code == 200
    assert world.entries(request_id=world.request_id) == ()


def test_whatever_shows_staff_a_session_or_booking_leaves_an_entry(world: World) -> None:
    """Every address that takes the id of one: what is added later has to be recorded, too."""
    session, shown = a_session(world), set[str]()

    for rule, path in list(_addresses(world, session)):
        one = world.anew()
        client = one.as_actor(an_account(one.kept, Role.ADMIN))
        if one.act(client, "GET", path).status_code == 200:
            shown.add(rule)
            kinds = {each.event.kind for each in one.entries(request_id=one.request_id)}
            assert kinds & set(READS), f"{rule} shows staff a session and leaves no entry"

    assert shown >= {
        "/admin/sessions/<uuid:session_id>",
        "/api/admin/sessions/<session_id>/timeline",
        "/api/chat/session-info",
        "/api/sessions/<session_id>",
        "/api/sessions/<session_id>/files",
        "/api/sessions/<session_id>/status",
        "/api/sessions/<session_id>/summary",
        "/api/waiver/check",
        "/api/waiver/get",
        "/chat/<uuid:session_id>",
    }


def _addresses(world: World, session: Session) -> Iterator[tuple[str, str]]:
    ids = {"session_id": session.id, "intake_id": session.intake_id}
    with world.app.test_request_context():
        for rule in world.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.arguments and rule.arguments <= ids.keys():
                yield rule.rule, url_for(rule.endpoint, **{k: ids[k] for k in rule.arguments})
    for endpoint in ENDPOINTS:
        asked = get_type_hints(endpoint.query) if endpoint.query else {}
        for name in ids.keys() & asked.keys() if endpoint.method == "GET" else ():
            yield endpoint.rule, f"{endpoint.path}?{name}={ids[name]}"


def test_who_reads_the_same_again_soon_has_one_entry(world: World) -> None:
    session, actor = a_session(world), an_account(world.kept, Role.ADMIN)
    client, path = world.as_actor(actor), f"/api/sessions/{session.id}/status"

    def look(times: int, **sent: Any) -> int:
        for _ in range(times):
            assert world.act(client, "GET", path, **sent).status_code == 200
        return len(world.entries(subject=session.id, kind=Kind.SESSION_READ))

    assert look(5) == 1
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.5"}}
    assert look(3, **elsewhere) == 2
    world.town.clock.advance(READ_AGAIN - timedelta(seconds=1))
    assert look(1) == 2
    world.town.clock.advance(timedelta(seconds=2))
    assert look(1) == 3
    other = world.as_actor(an_account(world.kept, Role.ADMIN))
    assert world.act(other, "GET", path).status_code == 200
    assert look(1) == 4


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("shown", ["", "Bearer guessed-secret-word"])
def test_a_wrong_secret_of_the_scheduler_is_denied_access(
    world: World, method: str, shown: str
) -> None:
    headers = {"Authorization": shown} if shown else {}

    answer = world.act(world.browser(), method, "/api/cron/monitor-sessions", headers=headers)

    assert answer.status_code == 404
    event = world.entry(Kind.ACCESS_DENIED).event
    assert (event.actor_id, event.subject.kind, event.origin.address) == (None, "job", ADDRESS)
    assert event.outcome is SecurityOutcome.REFUSED
    assert event.detail == f"secret-wrong {method} /api/cron/monitor-sessions"
    assert "guessed" not in repr(event)


def test_many_wrong_secrets_from_one_place_are_a_few_entries(world: World) -> None:
    place = {"REMOTE_ADDR": "192.0.2.77"}
    client = world.browser()

    for _ in range(30):
        world.act(client, "GET", "/api/cron/monitor-sessions", environ_base=place)

    entries = world.entries(address="192.0.2.77", kind=Kind.ACCESS_DENIED)
    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 30


def test_looking_at_the_log_leaves_no_entry(world: World) -> None:
    client = world.as_actor(an_account(world.kept, Role.ADMIN))

    assert world.act(client, "GET", "/admin/security-log").status_code == 200

    assert world.entries(request_id=world.request_id) == ()


def test_an_address_that_nobody_has_is_only_said_to_be_unknown(world: World) -> None:
    typed = "secret-word@nowhere.example"
    sent = {"email": typed, "password": "something"}

    world.act(world.browser(), "POST", "/api/auth/login", json=sent)

    event = world.entry(Kind.LOGIN_FAILED).event
    assert (event.subject.kind, event.subject.id) == ("unknown account", None)
    assert "nowhere" not in repr(event)


def test_an_unknown_address_whose_password_is_forgotten_is_not_kept(world: World) -> None:
    sent = {"email": "secret-word@nowhere.example"}

    assert world.act(world.browser(), "POST", "/forgot", data=sent).status_code == 200

    event = world.entry(Kind.PASSWORD_RESET_ASKED).event
    assert (event.actor_id, event.subject.id) == (None, None)
    assert "nowhere" not in repr(event)


def test_a_key_that_there_never_was_is_only_said_to_be_unknown(world: World) -> None:
    headers = {"Authorization": "Bearer adk_secret_word"}

    answer = world.act(world.browser(), "GET", "/api/corporate/departments", headers=headers)

    assert answer.status_code == 401
    event = world.entry(Kind.API_KEY_REFUSED).event
    assert (event.subject.kind, event.subject.id) == ("unknown API key", None)
    assert "secret" not in repr(event)


def test_a_key_that_may_not_is_denied_with_its_maker_and_its_own_id(world: World) -> None:
    boss = who_runs(world.kept, a_company(world.kept))
    made = made_key(world.ports, boss)
    headers = {"Authorization": f"Bearer {made.text}"}

    answer = world.act(world.browser(), "GET", "/api/corporate/keys", headers=headers)

    assert answer.status_code == 403
    event = world.entry(Kind.ACCESS_DENIED).event
    assert (event.actor_id, event.key_id) == (boss.account_id, made.key.id)


def test_an_entry_of_denied_access_names_the_route_and_not_what_was_put_into_it(
    world: World,
) -> None:
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))

    world.act(client, "GET", f"/admin/users/{person.id}?text=secret-word")

    event = world.entry(Kind.ACCESS_DENIED).event
    assert event.detail == "wrong-role GET /admin/users/<uuid:account_id>"


def test_a_visitor_who_is_sent_to_log_in_leaves_no_entry(world: World) -> None:
    assert world.act(world.browser(), "GET", "/admin/security-log").status_code == 303

    assert world.entries(request_id=world.request_id) == ()


def test_a_wrong_password_while_logged_in_is_one_entry_and_no_denied_access(world: World) -> None:
    CASES[Kind.CONFIRMATION_FAILED](world)

    kinds = [entry.event.kind for entry in world.entries(request_id=world.request_id)]
    assert kinds == [Kind.CONFIRMATION_FAILED]


@pytest.mark.parametrize("proof", [{"password": "wrong"}, {"code": "000000"}])
def test_a_request_that_fails_under_a_key_may_be_sent_again_with_it(
    world: World, proof: dict[str, str]
) -> None:
    """What it left in the log, and in the counts of guesses, is no work that was performed."""
    person = world.person()
    token = world.token(person.id, Role.CUSTOMER)
    client = world.browser(token)
    key = {"Idempotency-Key": world.request_id}

    wrong = client.post("/api/auth/confirm", json=proof, headers=key)
    right = client.post("/api/auth/confirm", json={"password": "a fine old password"}, headers=key)

    assert (wrong.status_code, right.status_code) == (403, 204)


def test_many_failed_logins_from_one_place_are_a_few_entries_that_count_them_all(
    world: World,
) -> None:
    """More are refused than tried: both are counted."""
    place = {"REMOTE_ADDR": "192.0.2.99"}
    client = world.app.test_client()
    client.environ_base |= place
    sent = {"email": "nobody@nowhere.example", "password": "something"}

    for _ in range(60):
        assert client.post("/api/auth/login", json=sent).status_code in (403, 429)

    entries = world.entries(kind=Kind.LOGIN_FAILED, address="192.0.2.99")
    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 60


def test_much_denied_access_is_a_few_entries_that_count_it_all(world: World) -> None:
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    client.environ_base["REMOTE_ADDR"] = "192.0.2.98"

    for _ in range(60):
        assert client.get("/admin/dashboard").status_code == 403

    entries = world.entries(kind=Kind.ACCESS_DENIED, address="192.0.2.98")
    assert len(entries) == PER_NETWORK_MAX + 1
    assert sum(entry.times for entry in entries) == 60


def test_a_forged_address_is_not_believed_without_a_trusted_proxy(world: World) -> None:
    sent = {"email": "nobody@nowhere.example", "password": "something"}
    forged = {"X-Forwarded-For": "203.0.113.9"}

    world.act(world.browser(), "POST", "/api/auth/login", json=sent, headers=forged)

    assert world.entry(Kind.LOGIN_FAILED).event.origin.address == ADDRESS


def test_what_the_entry_of_a_denied_request_costs_nobody_pays_when_the_log_is_away(
    world: World, kept: FullTransactions
) -> None:
    """It is answered as unavailable, and not as broken."""
    person = world.person()
    client = world.browser(world.token(person.id, Role.CUSTOMER))
    kept.refused = {Kind.ACCESS_DENIED}

    assert world.act(client, "GET", "/api/admin/security-log").status_code == 503


def test_the_export_has_what_was_found_and_not_itself(world: World) -> None:
    CASES[Kind.LOGIN_FAILED](world)
    admin = an_account(world.kept, Role.ADMIN)

    answer = world.as_actor(admin).get(
        f"/api/admin/security-log/export?request_id={world.request_id}"
    )

    lines = answer.text.splitlines()
    assert lines[0].startswith("number,at,kind,outcome,actor_id")
    assert len(lines) == 2
    assert (
        f"login_failed,failed,,,,account,{world.entry(Kind.LOGIN_FAILED).event.subject.id}"
        in (lines[1])
    )


def test_the_api_goes_on_by_its_cursor(world: World) -> None:
    person = world.person()
    for _ in range(3):
        world.token(person.id, Role.CUSTOMER)
    client = world.as_actor(an_account(world.kept, Role.ADMIN))
    path = f"/api/admin/security-log?person={person.id}&page_size=2"

    first = client.get(path).get_json()
    second = client.get(f"{path}&before={first['next']}").get_json()

    numbers = [row["number"] for row in (*first["entries"], *second["entries"])]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), second["next"]) == (3, None)


def test_every_detail_that_a_route_can_be_written_as_is_accepted(world: World) -> None:
    """A detail that is refused would be a request that breaks."""
    for rule in world.app.url_map.iter_rules():
        for method in rule.methods or ():
            detail = f"transition-not-yours {method} {rule.rule}"[:120]
            SecurityEvent(kind=Kind.ACCESS_DENIED, at=world.ports.now(), detail=detail)
