"""A change of the installation's key, to its end: the old one is taken away, and everybody comes
in who did not log in meanwhile."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID, uuid4

import attrs
import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from autodoctor.adapters.system.clock import RandomIds
from autodoctor.adapters.totp.codes import PyotpCodes
from autodoctor.application.accounts.resealing import BATCH, Sealed, count_sealed
from autodoctor.application.accounts.second_factor import begin_app, confirm_app
from autodoctor.application.operations.due import run_timers, schedule_nights
from autodoctor.application.operations.failed_jobs import failed_jobs
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.factor import Totp
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town, town_on
from support.contest import at_once
from support.newcomers import EMAIL, PASSWORD, confirmed, logged_in
from support.postgres import Cluster, Database
from support.web import web_in

OLD, NEW = "o" * 32, "n" * 32
MANY: Final = 2 * BATCH + 5


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    with cluster.database() as database:
        yield database


@pytest.fixture
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, ids=RandomIds(), codes=PyotpCodes(OLD))


def with_keys(town: Town, *keys: str) -> Town:
    """After a restart with those, the newest first."""
    return attrs.evolve(town, ports=attrs.evolve(town.ports, codes=PyotpCodes(*keys)))


def an_app(town: Town) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Casey's, with its recovery codes."""
    address = EmailAddress(EMAIL)
    account = attrs.evolve(
        somebody(town),
        email=address,
        password_hash=town.ports.passwords.hash_for(address, PASSWORD),
        verified_at=town.clock.now(),
    )
    with town.kept(SYSTEM) as tx:
        tx.accounts.add(account)
    who = confirmed(town.ports, logged_in(town, role=Role.MECHANIC))
    app = pyotp.TOTP(begin_app(town.ports, present=who).secret.replace(" ", ""))
    codes = confirm_app(town.ports, present=who, code=app.at(town.clock.now()))
    town.clock.advance(timedelta(seconds=30))
    return app, codes


def somebody(town: Town) -> Account:
    return Account(
        id=AccountId(uuid4()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name="Alex Park",
        password_hash="!",
        roles=frozenset({Role.MECHANIC}),
        created_at=town.clock.now(),
    )


def some_apps(town: Town, count: int = MANY) -> list[AccountId]:
    accounts = [somebody(town) for _ in range(count)]
    with town.kept(SYSTEM) as tx:
        for account in accounts:
            tx.accounts.add(account)
            sealed = town.ports.codes.new()
            tx.factors.put(Totp(account.id, sealed, confirmed_at=town.clock.now()))
    return [account.id for account in accounts]


def worker_starts(town: Town) -> None:
    schedule_nights(town.ports)
    run_timers(town.ports)


def half_way(town: Town) -> FlaskClient:
    """A browser whose password was right."""
    client = web_in(town, alone=True).test_client()
    right = {"email": EMAIL, "password": PASSWORD}
    assert client.post("/api/auth/login", json=right).json["stage"] == "second_factor"
    return client


def test_whoever_did_not_log_in_meanwhile_comes_in_with_their_app(town: Town) -> None:
    app, _ = an_app(town)

    both = with_keys(town, NEW, OLD)
    assert count_sealed(both.ports) == Sealed(old=1, unreadable=0)
    worker_starts(both)
    assert count_sealed(both.ports) == Sealed(old=0, unreadable=0)

    client = half_way(with_keys(town, NEW))
    code = {"code": app.at(town.clock.now())}
    assert client.post("/api/auth/second-factor", json=code).json["stage"] == "complete"


def test_where_the_old_key_went_too_early_a_recovery_code_lets_them_in(town: Town) -> None:
    app, codes = an_app(town)

    client = half_way(with_keys(town, NEW))
    refused = client.post("/api/auth/second-factor", json={"code": app.at(town.clock.now())})

    assert refused.status_code == 409
    assert refused.content_type == "application/problem+json"
    assert refused.json["type"] == "/problems/authenticator-unreadable"
    assert "recovery code" in refused.json["title"]
    given = client.post("/api/auth/second-factor", json={"code": codes[0]})
    assert given.json["stage"] == "complete"


def test_the_page_says_so_too(town: Town) -> None:
    app, _ = an_app(town)

    client = half_way(with_keys(town, NEW))
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login/second-step").text)
    assert found is not None
    sent = {"code": app.at(town.clock.now()), "csrf_token": found[1]}
    page = client.post("/login/second-step", data=sent)

    assert page.status_code == 409
    assert "Use a recovery code" in page.text


def test_staff_find_it_in_the_security_log(town: Town, database: Database) -> None:
    app, _ = an_app(town)

    client = half_way(with_keys(town, NEW))
    client.post("/api/auth/second-factor", json={"code": app.at(town.clock.now())})

    with database.owner.connect() as connection:
        found = connection.execute(text("SELECT detail FROM security_events")).scalars().all()
    assert "authenticator-unreadable" in found


def test_every_batch_is_done(town: Town) -> None:
    some_apps(town)

    worker_starts(with_keys(town, NEW, OLD))

    assert count_sealed(with_keys(town, NEW).ports) == Sealed(old=0, unreadable=0)


def test_it_happens_every_night_too(town: Town) -> None:
    both = with_keys(town, NEW, OLD)
    worker_starts(both)
    some_apps(town, 1)

    both.clock.advance(timedelta(days=1))
    run_timers(both.ports)

    assert count_sealed(with_keys(town, NEW).ports) == Sealed(old=0, unreadable=0)


@pytest.mark.races
def test_several_workers_at_once_lose_nothing(town: Town, database: Database) -> None:
    some_apps(town)
    before = _secrets(with_keys(town, OLD))

    both = with_keys(town, NEW, OLD)
    at_once([partial(_start, both) for _ in range(4)])
    run_timers(both.ports)

    assert _secrets(with_keys(town, NEW)) == before


def _start(town: Town) -> bool:
    worker_starts(town)
    return True


def _secrets(town: Town) -> dict[UUID, str]:
    with town.kept(SYSTEM) as tx:
        apps = tx.factors.totps_after(AccountId(UUID(int=0)), most=MANY)
    return {app.account_id: town.ports.codes.set_up(app.secret, label="x").secret for app in apps}


def refuse_writing(town: Town, database: Database, account: AccountId) -> None:
    with database.owner.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE 'this row cannot be written'; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER refuse BEFORE UPDATE ON totps FOR EACH ROW "
                f"WHEN (OLD.account_id = '{account}') EXECUTE FUNCTION refuse()"
            )
        )


def unreadable(town: Town, database: Database, account: AccountId) -> None:
    with town.kept(SYSTEM) as tx:
        tx.factors.put(Totp(account, PyotpCodes("lost").new(), confirmed_at=town.clock.now()))


@pytest.mark.parametrize(
    ("spoil", "left"),
    [(refuse_writing, Sealed(old=1, unreadable=0)), (unreadable, Sealed(old=0, unreadable=1))],
)
def test_a_row_that_fails_keeps_no_other_from_it(
    town: Town,
    database: Database,
    spoil: Callable[[Town, Database, AccountId], None],
    left: Sealed,
) -> None:
    spoil(town, database, min(some_apps(town)))

    worker_starts(with_keys(town, NEW, OLD))

    assert count_sealed(with_keys(town, NEW, OLD).ports) == left


def test_a_row_that_cannot_be_written_is_shown_to_staff(town: Town, database: Database) -> None:
    refuse_writing(town, database, some_apps(town, 1)[0])
    both = with_keys(town, NEW, OLD)

    worker_starts(both)

    (job,) = failed_jobs(both.ports, actor=Actor(SYSTEM.account_id, Role.ADMIN))
    assert job.job.kind == "reseal_secret"
