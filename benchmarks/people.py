"""Logging in against the bare hash, and what it costs to know who asks."""

import hashlib
import os
import threading
import time
from uuid import uuid4

import psycopg

from autodoctor.adapters.argon2.passwords import Argon2Passwords
from benchmarks.caller import LOGINS, PASSWORD
from benchmarks.running import Running
from benchmarks.table import Measured

CLIENTS = 4
EACH = 8
"""Logins of each client, and verifications of each thread."""
READS = 1500

MADE = """
INSERT INTO accounts (id, email, name, password_hash, roles, phone, time_zone, language, standing,
    created_at, verified_at, version)
VALUES (%s, %s, 'Casey Driver', %s, '{customer}', '', 'UTC', 'en', 'active', now(), now(), 0)
"""
LOGIN = """
INSERT INTO logins (id, account_id, role, token_hash, created_at, seen_at, address, agent)
VALUES (gen_random_uuid(), %s, 'customer', %s, now(), now(), '', '')
"""


def _people(url: str, password_hash: str) -> None:
    with psycopg.connect(url) as connection:
        for number in range(LOGINS):
            account = uuid4()
            email = f"login-{number}@bench.example"
            connection.execute(MADE, (account, email, password_hash))
        token = hashlib.sha256(b"bench-reader").digest()
        connection.execute(LOGIN, (account, token))


def _bare(password_hash: str) -> float:
    """Verifications a second, by as many threads as there are clients."""
    passwords = Argon2Passwords()

    def verify() -> None:
        for _ in range(EACH):
            assert passwords.matches(password_hash, PASSWORD)

    threads = [threading.Thread(target=verify) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CLIENTS * EACH / (time.perf_counter() - began)


def measure(running: Running) -> list[Measured]:
    password_hash = Argon2Passwords().hash(PASSWORD)
    _people(running.here.owner_url, password_hash)
    running.settle()
    rounds = [_logins(running, password_hash) for _ in range(3)]
    share, over_http, bare = max(rounds)
    how = f"{over_http:.1f}/s against {bare:.1f}/s, {CLIENTS} at a time, on {os.cpu_count()} cores"
    login = Measured("login / bare argon2", f"{share:.2f}", "≥ 0.80", share >= 0.80, how)
    return [login, _reading(running)]


def _logins(running: Running, password_hash: str) -> tuple[float, float, float]:
    bare = _bare(password_hash)
    rate, _ = running.load("login", first=0, clients=CLIENTS, each=EACH)
    return rate / bare, rate, bare


def _reading(running: Running) -> Measured:
    """Two answers of one small read each, one of which asks first who wants it."""
    rounds = []
    for _ in range(3):
        _, open_ = running.load("anonymous", first=0, clients=1, each=READS)
        _, known = running.load("authorised", first=0, clients=1, each=READS)
        rounds.append((known - open_, open_, known))
    added, open_, known = (value * 1000 for value in min(rounds))
    how = f"median {known:.2f} ms (own active sessions) against {open_:.2f} ms (mechanics on shift)"
    return Measured("authorised read", f"+{added:.2f} ms", "≤ 1 ms more", added <= 1, how)
