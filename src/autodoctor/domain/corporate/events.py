"""What happens to companies and their people."""

import attrs

from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, ApiKeyId, EmployeeId, OrganizationId


@attrs.frozen
class CorporateEvent(Event):
    """Base of the events of companies."""


@attrs.frozen
class EmployeeJoined(CorporateEvent):
    employee_id: EmployeeId
    organization_id: OrganizationId
    account_id: AccountId


@attrs.frozen
class EmployeeActivated(CorporateEvent):
    employee_id: EmployeeId
    organization_id: OrganizationId
    account_id: AccountId


@attrs.frozen
class EmployeeDeactivated(CorporateEvent):
    employee_id: EmployeeId
    organization_id: OrganizationId
    account_id: AccountId


@attrs.frozen
class CompanySeatChanged(CorporateEvent):
    """`seat` is empty for somebody who does not run it any more."""

    account_id: AccountId
    organization_id: OrganizationId
    seat: str


@attrs.frozen
class CompanyTierChanged(CorporateEvent):
    organization_id: OrganizationId
    tier: str


@attrs.frozen
class CompanyPutOut(CorporateEvent):
    organization_id: OrganizationId
    reason: str


@attrs.frozen
class CompanyBack(CorporateEvent):
    organization_id: OrganizationId


@attrs.frozen
class ApiKeyMade(CorporateEvent):
    key_id: ApiKeyId
    organization_id: OrganizationId
    name: str


@attrs.frozen
class ApiKeyRevoked(CorporateEvent):
    key_id: ApiKeyId
    organization_id: OrganizationId
