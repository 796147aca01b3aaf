"""A session as staff look at it: everything that happened, and every cent."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import DOSSIER
from autodoctor.application.operations.security import record_staff_read
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.movements import Refund, Reversal, Transfer
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.queries import SessionView
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class Dossier:
    """`names` are those of everybody who acted or is spoken of in the timeline, by id.
    `checkout` is None for a free session."""

    session: SessionView
    timeline: tuple[Recorded, ...]
    names: Mapping[UUID, str]
    checkout: Checkout | None
    refunds: tuple[Refund, ...]
    transfers: tuple[Transfer, ...]
    reversals: tuple[Reversal, ...]
    entries: tuple[Entry, ...]
    files: tuple[File, ...]
    disputed: bool


def dossier(ports: Ports, *, actor: Actor, session_id: SessionId) -> Dossier:
    """For admins; it is recorded. Raises Missing."""
    may(actor, DOSSIER)
    view = ports.queries.sessions.one(session_id)
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        of = Subject("session", session_id)
        record_staff_read(ports, tx, SecurityKind.SESSION_READ, by=actor, about=of)
        told = tx.outbox.of_session(session_id)
        checkout = tx.checkouts.get(session.checkout_id) if session.checkout_id else None
        transfers = tx.transfers.of_session(session_id)
        return Dossier(
            session=view,
            timeline=told,
            names=_names(tx, told),
            checkout=checkout,
            refunds=tx.refunds.of_checkout(checkout.id) if checkout else (),
            transfers=transfers,
            reversals=tuple(r for t in transfers for r in tx.reversals.of_transfer(t.id)),
            entries=tx.ledger.of_session(session_id),
            files=tx.files.of_intake(session.intake_id) + tx.files.of_session(session_id),
            disputed=tx.disputes.open_of(session_id),
        )


def _names(tx: Transaction, told: Iterable[Recorded]) -> dict[UUID, str]:
    ids = {each.actor_id for each in told if each.actor_role is not Role.SYSTEM}
    for each in told:
        spoken_of = getattr(each.event, "mechanic_id", None)
        ids |= {AccountId(spoken_of)} if spoken_of else set()
    return {person: name for person in ids if (name := _name(tx, person))}


def _name(tx: Transaction, account_id: AccountId) -> str:
    """ "" for an account that is gone."""
    try:
        return tx.accounts.get(account_id).name
    except Missing:
        return ""
