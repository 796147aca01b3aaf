"""Writing down what staff did: in the transaction that does it."""

from uuid import UUID

from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import DeedId
from autodoctor.ports.audit import Deed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


def write_down(
    ports: Ports,
    tx: Transaction,
    action: str,
    *,
    by: Actor,
    on: UUID,
    kind: str,
    reason: str = "",
    **facts: object,
) -> None:
    """`on` is the id of what it was done to, `kind` what that is; facts are what JSON holds."""
    deed = Deed(
        id=DeedId(ports.ids.new()),
        at=ports.now(),
        actor_id=by.account_id,
        actor_role=by.role,
        action=action,
        subject_kind=kind,
        subject_id=on,
        reason=reason,
        facts=facts,
    )
    tx.audit.record(deed)
