"""Coming into the room, being heard of, and going missing."""

from datetime import datetime, timedelta
from typing import Final

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import MOVE_CLOCK
from autodoctor.application.access.room import JOIN
from autodoctor.application.access.whose import of_session, party
from autodoctor.application.sessions.keeping import keep
from autodoctor.domain.booking.waiver import WaiverMissing
from autodoctor.domain.sessions.independence import check_independent
from autodoctor.domain.sessions.room import join as join_room
from autodoctor.domain.sessions.room import leave as leave_room
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.sessions import Lease
from autodoctor.ports.transactions import Transaction

LEASE: Final = timedelta(seconds=20)
"""Not heard of for so long, a party has left: longer than a reload or a change of network."""


def join(ports: Ports, *, actor: Actor, session_id: SessionId) -> Session:
    """Arrive, or say again that one is there. With both there the session is live.

    Refusals: Missing, WaiverMissing, OwnSession, IllegalTransition, RoomNotOpenYet, TimeUp.
    """
    at = ports.now()
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id, lock=True)
        may(actor, JOIN, of_session(session))
        arriving = party(actor)
        if tx.waivers.of(session.intake_id) is None:
            raise WaiverMissing(session.intake_id)
        _check_still_independent(tx, session)
        if session.started_at is None:
            session = without_departed(ports, tx, session, at=at)
        joined, events = join_room(session, party=arriving, at=at)
        tx.presence.touch(session_id, arriving, at=at)
        if not events:
            return session
        return keep(ports, tx, joined, events, by=actor, at=at)


def _check_still_independent(tx: Transaction, session: Session) -> None:
    """Ties that came after it was accepted stop it before the clock runs: it is called off as one
    to which nobody came. Raises OwnSession."""
    if session.mechanic_id is not None and session.started_at is None:
        ties = tx.sessions.ties(session.customer_id, session.mechanic_id)
        check_independent(session.customer_id, session.mechanic_id, ties)


def heard_of(ports: Ports, *, actor: Actor, session_id: SessionId) -> None:
    """The party's stream is open: their lease is good for a while longer, and somebody who
    was held to be gone is back."""
    join(ports, actor=actor, session_id=session_id)


def stay(ports: Ports, *, actor: Actor, by: timedelta) -> None:
    """The clock of a development installation is about to be moved: whoever is in a room stays."""
    may(actor, MOVE_CLOCK)
    with ports.transactions(actor) as tx:
        tx.presence.renew_all(by=by)


def let_lapse(ports: Ports, lease: Lease) -> None:
    """Nobody renewed this lease: the party left when it was last heard of, so a clock that
    ran on meanwhile is set back to then. Before the start they count as there until the lease is
    over, however late this job is: a connection lost at the last moment makes nobody absent."""
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(lease.session_id, lock=True)
        _depart(ports, tx, session, lease)


def without_departed(ports: Ports, tx: Transaction, session: Session, *, at: datetime) -> Session:
    """The session, which is locked, after those left whose leases are over. Who came before the
    start must not depend on which of two late jobs comes first."""
    for lease in tx.presence.of(session.id):
        if lease.seen_at < at - LEASE:
            session = _depart(ports, tx, session, lease)
    return session


def _depart(ports: Ports, tx: Transaction, session: Session, lease: Lease) -> Session:
    tx.presence.forget(session.id, lease.party)
    left_at = _left_at(session, lease.seen_at)
    after, events = leave_room(session, party=lease.party, at=left_at)
    return keep(ports, tx, after, events, by=SYSTEM, at=ports.now()) if events else session


def _left_at(session: Session, seen_at: datetime) -> datetime:
    """Not before the clock began to run."""
    if session.started_at is None:
        return seen_at + LEASE
    return max(seen_at, session.timer.running_since or seen_at)
