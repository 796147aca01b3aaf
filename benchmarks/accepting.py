"""Accepting over HTTP, against pgbench running the very same statements.

Every transaction, on both sides, lets another mechanic accept another request: rows are made
beforehand, with ids that end in a running number.
"""

import os
import re
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import ClientCursor
from sqlalchemy import Connection, event

from autodoctor.adapters.embedded.postgres import APP, binaries
from autodoctor.application.accounts.sign_in import authenticate
from autodoctor.application.sessions.accept import accept
from autodoctor.domain.shared.ids import RequestId
from autodoctor.entrypoints.bootstrap import Installation
from benchmarks.running import Running
from benchmarks.table import Measured

FIRST = 100_000_000_000
CLIENTS = 8
EACH = 60
"""Accepts of each client in a round, over HTTP and in pgbench alike."""
ROUNDS = 5
"""Both take turns; what is told is the round in the middle."""
GOAL = 0.35

ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PREFIX = {"customer": "c", "mechanic": "a", "intake": "b", "session": "d", "request": "e"}


def uuid_of(kind: str, number: int) -> UUID:
    return UUID(f"{PREFIX[kind] * 8}-0000-4000-8000-{number:012d}")


def _sql_id(kind: str) -> str:
    return f"('{PREFIX[kind] * 8}-0000-4000-8000-' || n)::uuid"


MADE = f"""
INSERT INTO accounts (id, email, name, password_hash, roles, phone, time_zone, language, standing,
    created_at, verified_at, version)
SELECT {_sql_id("customer")}, 'c' || n || '@bench.example', 'Casey Driver', '!', '{{customer}}'::text[], '',
    'UTC', 'en', 'active', now(), now(), 0 FROM generate_series(%(first)s, %(last)s) n
UNION ALL
SELECT {_sql_id("mechanic")}, 'm' || n || '@bench.example', 'Morgan Wrench', '!', '{{mechanic}}'::text[], '',
    'UTC', 'en', 'active', now(), now(), 0 FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO logins (id, account_id, role, token_hash, created_at, seen_at, address, agent)
SELECT gen_random_uuid(), {_sql_id("mechanic")}, 'mechanic', sha256(('bench-' || n)::bytea), now(),
    now(), '', '' FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO mechanics (id, name, approved, profile_completion, workshop_approved,
    years_of_experience, red_seal, keywords, brands, specializations, country, city, bio,
    rating_stars, rating_count, completed_sessions, on_shift_since, payouts_ready, version)
SELECT {_sql_id("mechanic")}, 'Morgan Wrench', true, 100, true, 9, true, '{{}}', '{{}}', '{{}}', 'CA',
    'Toronto', '', 0, 0, 0, now(), false, 0 FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO intakes (id, customer_id, plan, concern, category, keywords, urgent, file_ids, city,
    province, country, postal_code, routing, status, created_at, version)
SELECT {_sql_id("intake")}, {_sql_id("customer")}, 'free', 'Grinding noise', 'brakes', '{{}}', false,
    '{{}}', '', '', '', '', 'broadcast', 'new', now(), 0
FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO sessions (id, customer_id, intake_id, plan, kind, minutes, price_minor, currency, report,
    status, created_at, timer_allowed, timer_used, present, mechanic_no_shows, version)
SELECT {_sql_id("session")}, {_sql_id("customer")}, {_sql_id("intake")}, 'free', 'chat', 5, 0, 'cad',
    false, 'waiting', now(), '5 minutes', '0', '{{}}', 0, 0
FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO requests (id, session_id, customer_id, routing, waiting_since, expires_at, status, version)
SELECT {_sql_id("request")}, {_sql_id("session")}, {_sql_id("customer")}, 'broadcast', now(),
    now() + interval '1 hour', 'waiting', 0 FROM generate_series(%(first)s, %(last)s) n;
"""


def make(url: str, first: int, count: int) -> None:
    values = {"first": first, "last": first + count - 1}
    with psycopg.connect(url) as connection, ClientCursor(connection) as cursor:
        cursor.execute(MADE, values)
        cursor.execute("ANALYZE")


def captured(here: Installation, number: int) -> list[str]:
    """The statements of one accept, authentication included, as a script for pgbench."""
    said: list[str] = []
    with psycopg.connect(here.database_url) as connection, ClientCursor(connection) as cursor:

        def keep(_c: Any, _cursor: Any, statement: str, given: Any, _x: Any, many: bool) -> None:
            rows = given if many else [given]
            said.extend(cursor.mogrify(statement, row) for row in rows)

        listeners = {
            "before_cursor_execute": keep,
            "begin": lambda c: None if _alone(c) else said.append("BEGIN"),
            "commit": lambda _c: said.append("COMMIT"),
        }
        for name, listener in listeners.items():
            event.listen(here.engine, name, listener)
        found = authenticate(here.ports, token=f"bench-{number}")
        assert found is not None
        request_id = RequestId(uuid_of("request", number))
        accept(here.ports, actor=found[0], request_id=request_id)
        for name, listener in listeners.items():
            event.remove(here.engine, name, listener)
    return [_for_any(statement, number) for statement in said]


def _alone(connection: Connection) -> bool:
    """A read without a transaction around it."""
    return connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def _for_any(statement: str, number: int) -> str:
    """The same for the row that pgbench's variable `n` names, with ids of its own."""
    token = sha256(f"bench-{number}".encode()).hexdigest()
    line = " ".join(statement.split())
    line = re.sub(rf"'\\x{token}'(::bytea)?", "sha256('bench-:n'::bytea)", line)
    line = line.replace(str(number), ":n")
    return re.sub(rf'"({ID})"', _of_its_own, line).rstrip(";") + ";"


def _of_its_own(found: re.Match[str]) -> str:
    """An id inside JSON that the accept made: another one for each `n`, the same for the same."""
    return f""" "' || md5('{found[1]}:n')::uuid || '" """.strip()


def _pgbench(here: Installation, script: list[str], first: int) -> float:
    head = [r"\set k :k + 1", rf"\set n {first} + :client_id * {EACH} + :k"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "accept.sql"
        path.write_text("\n".join([*head, *script]) + "\n")
        ports = here.settings.ports
        command = [str(binaries() / "pgbench"), "-n", "-f", str(path), "-D", "k=-1"]
        command += ["-c", str(CLIENTS), "-j", "1", "-t", str(EACH)]
        command += ["-h", "127.0.0.1", "-p", str(ports.postgres), "-U", APP, "autodoctor"]
        environment = os.environ | {"PGPASSWORD": here.embedded.secret("database")}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found is not None, done.stdout
    return float(found[1])


def measure(running: Running) -> list[Measured]:
    here = running.here
    count = CLIENTS * EACH
    owner = here.owner_url
    made = 2 * ROUNDS * count
    make(owner, FIRST, made + 1)
    script = captured(here, FIRST + made)
    rounds = []
    for first in range(FIRST, FIRST + made, 2 * count):
        running.settle()
        http, _ = running.load("accept", first=first, clients=CLIENTS, each=EACH)
        running.settle()
        rounds.append((http, _pgbench(here, script, first + count)))
    rounds.sort(key=lambda rates: rates[0] / rates[1])
    http, bare = rounds[ROUNDS // 2]
    ratio = http / bare
    accepted = _accepted(owner)
    how = f"{http:.0f}/s against {bare:.0f}/s, {len(script)} statements; {accepted} accepted"
    good = ratio >= GOAL and accepted == made + 1
    return [Measured("accept over HTTP / pgbench", f"{ratio:.2f}", f"≥ {GOAL}", good, how)]


def _accepted(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM requests WHERE status = 'accepted'")
        return int(row.fetchone()[0])  # type: ignore[index]
