"""Who acts: a person wearing one hat, or the system itself."""

from enum import StrEnum
from uuid import UUID

import attrs

from autodoctor.domain.shared.ids import (
    AccountId,
    ApiKeyId,
    CustomerId,
    MechanicId,
    OrganizationId,
    WorkshopId,
)


class Role(StrEnum):
    CUSTOMER = "customer"
    MECHANIC = "mechanic"
    WORKSHOP = "workshop"
    CORPORATE = "corporate"
    ADMIN = "admin"
    SYSTEM = "system"


class Seat(StrEnum):
    """Somebody's place in a workshop or company, from the least to the most."""

    VIEWER = "viewer"
    ADVISOR = "advisor"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        return tuple(Seat).index(self)


@attrs.frozen
class Actor:
    """The hat a login was opened with. `workshop_id` is set for workshop staff,
    `organization_id` for a company's people, `seat` for both. With `key_id` it is no person: a
    program holds the API key that `account_id` made."""

    account_id: AccountId
    role: Role
    workshop_id: WorkshopId | None = None
    organization_id: OrganizationId | None = None
    seat: Seat | None = None
    key_id: ApiKeyId | None = None

    @property
    def customer_id(self) -> CustomerId:
        return CustomerId(self.account_id)

    @property
    def mechanic_id(self) -> MechanicId:
        return MechanicId(self.account_id)


SYSTEM = Actor(AccountId(UUID(int=0)), Role.SYSTEM)
"""The platform's own jobs: expiry, no-shows, webhooks."""
