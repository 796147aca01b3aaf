"""Keeping up what open streams stand for: that a party is in the room, and that the login
behind a stream is still good."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Any, Final

import psycopg
import structlog

from autodoctor.application.sessions.room import heard_of
from autodoctor.domain.accounts.account import IDLE_LOGOUT
from autodoctor.domain.accounts.login import LASTS_MAX
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.realtime.feed import connect, frame
from autodoctor.entrypoints.realtime.hub import Hub, Listener
from autodoctor.ports.bundle import Ports

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 4.0
"""Well under a lease, and how soon an ended login's streams are closed."""

_RENEW: Final = """
UPDATE presence SET seen_at = %(at)s, retry_at = NULL, attempts = 0, last_error = NULL,
    failing_since = NULL, given_up_at = NULL
WHERE (session_id, party) IN (SELECT * FROM unnest(%(sessions)s::uuid[], %(parties)s::text[]))
RETURNING session_id, party
"""
_GOOD: Final = """
SELECT logins.token_hash FROM logins
JOIN accounts ON accounts.id = logins.account_id
JOIN unnest(%(roles)s::text[], %(idle)s::interval[]) AS idle (role, lasts)
    ON idle.role = logins.role
WHERE logins.token_hash = ANY(%(hashes)s)
  AND logins.ended_at IS NULL AND logins.stage = 'complete'
  AND logins.role = ANY(accounts.roles)
  AND (accounts.standing = 'active'
       OR accounts.standing = 'suspended' AND accounts.suspended_until <= %(at)s)
  AND logins.seen_at + idle.lasts > %(at)s AND logins.created_at + %(most)s > %(at)s
"""
"""`Login.good`, for many at once; a test holds the two together."""

LOGGED_OUT: Final = frame("logged-out", {})
"""The last word of a stream whose login has ended."""

Connection = psycopg.AsyncConnection[dict[str, Any]]


async def keep_up(ports: Ports, hub: Hub, url: str) -> None:
    """Every few seconds, and at once when somebody's logins have ended."""
    while True:
        try:
            async with await connect(url) as connection:
                while True:
                    await hub.hint(EVERY_SECONDS)
                    await close_ended(connection, ports, hub)
                    await renew(connection, ports, hub)
        except psycopg.OperationalError as error:
            log.warning("presence.interrupted", why=str(error).strip())
            await asyncio.sleep(1.0)
        except Exception:
            log.exception("presence.broken")
            await asyncio.sleep(1.0)


async def close_ended(connection: Connection, ports: Ports, hub: Hub) -> None:
    """Of the streams that are open now: one that opens while we ask was not asked about."""
    listeners = tuple(hub.listeners)
    if not listeners:
        return
    hashes = list({listener.token_hash for listener in listeners})
    good = await good_logins(connection, hashes, at=ports.now())
    for listener in listeners:
        if listener.token_hash not in good:
            listener.close(LOGGED_OUT)


async def good_logins(
    connection: Connection, hashes: list[bytes], *, at: datetime
) -> frozenset[bytes]:
    """Those of the hashes whose login still is good for a stream."""
    values = {
        "hashes": hashes,
        "at": at,
        "roles": [role.value for role in IDLE_LOGOUT],
        "idle": list(IDLE_LOGOUT.values()),
        "most": LASTS_MAX,
    }
    found = await connection.execute(_GOOD, values)
    return frozenset(bytes(row["token_hash"]) for row in await found.fetchall())


async def renew(connection: Connection, ports: Ports, hub: Hub) -> None:
    """Renew the leases of everybody in a room; whoever has lost theirs comes in again."""
    rooms = {listener.room: listener for listener in hub.listeners if listener.room is not None}
    if not rooms:
        return
    values = {
        "at": ports.now(),
        "sessions": [session_id for session_id, _ in rooms],
        "parties": [party.value for _, party in rooms],
    }
    found = await connection.execute(_RENEW, values)
    renewed = {(row["session_id"], Party(row["party"])) for row in await found.fetchall()}
    for room, listener in rooms.items():
        if room not in renewed:
            await arrive(ports, listener)


async def arrive(ports: Ports, listener: Listener) -> None:
    """Opening the room's stream is coming into the room. A session that is over, or not open
    yet, is no reason to close the stream."""
    assert listener.room is not None, "only who is in a room arrives"
    session_id, party = listener.room
    actor = Actor(listener.account_id, party.role)
    arriving = partial(heard_of, ports, actor=actor, session_id=session_id)
    try:
        await asyncio.to_thread(ports.transactions.again, arriving)
    except Refusal as refusal:
        log.info("presence.not_in_room", session=str(session_id), why=str(refusal))
    # One room that is broken must not end the loop for all others.
    except Exception:
        log.exception("presence.broken", session=str(session_id))
