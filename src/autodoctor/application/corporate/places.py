"""What becomes of somebody who accepts a company's invitation.

Refusals: RunningElsewhere.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.corporate.events import CompanySeatChanged
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import OrganizationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

SEATS: Final = (Seat.VIEWER, Seat.ADMIN, Seat.OWNER)
"""Those there are in a company, from the least to the most."""
MEANING: Final[dict[str, str]] = {
    Seat.OWNER: "You would run everything about it here, and decide who else does.",
    Seat.ADMIN: "You would run its departments and its profile.",
    Seat.VIEWER: "You would see its figures and its departments.",
}
"""What each place means, in a sentence."""


@attrs.frozen
class RunningElsewhere(Conflict):
    """You run another company here, and have to leave it first."""


def find(tx: Transaction, host_id: UUID, lock: bool) -> Organization:
    return tx.organizations.get(OrganizationId(host_id), lock=lock)


def where(host: Organization) -> str:
    told = host.profile
    return ", ".join(part for part in (told.city, told.province) if part)


def role_of(_place: str) -> Role:
    return Role.CORPORATE


def take(
    _ports: Ports, tx: Transaction, account: Account, invitation: Invitation, at: datetime
) -> Account:
    company, seat = OrganizationId(invitation.host_id), Seat(invitation.place)
    if account.organization_id not in (None, company):
        raise RunningElsewhere()
    told = CompanySeatChanged(account.id, company, seat)
    tx.outbox.record(told, by=Actor(account.id, Role.CORPORATE), at=at)
    return tx.accounts.save(attrs.evolve(account, organization_id=company, organization_seat=seat))
