"""Identifiers of everything that another context may point at.

All are random UUIDs; the types keep a session's id from being passed as a request's.
A customer, a mechanic and an admin are hats of one account: their ids share its value.
"""

from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
CustomerId = NewType("CustomerId", UUID)
MechanicId = NewType("MechanicId", UUID)
WorkshopId = NewType("WorkshopId", UUID)
OrganizationId = NewType("OrganizationId", UUID)
DepartmentId = NewType("DepartmentId", UUID)
EmployeeId = NewType("EmployeeId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
IntakeId = NewType("IntakeId", UUID)
WaiverId = NewType("WaiverId", UUID)
CheckoutId = NewType("CheckoutId", UUID)
SessionId = NewType("SessionId", UUID)
RequestId = NewType("RequestId", UUID)
VehicleId = NewType("VehicleId", UUID)
FileId = NewType("FileId", UUID)
MessageId = NewType("MessageId", UUID)
QuoteId = NewType("QuoteId", UUID)
EntryId = NewType("EntryId", UUID)
EventId = NewType("EventId", UUID)
RefundId = NewType("RefundId", UUID)
TransferId = NewType("TransferId", UUID)
LoginId = NewType("LoginId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
DocumentId = NewType("DocumentId", UUID)
DraftId = NewType("DraftId", UUID)
InvitationId = NewType("InvitationId", UUID)
ClaimId = NewType("ClaimId", UUID)
ProgramId = NewType("ProgramId", UUID)
ProgramApplicationId = NewType("ProgramApplicationId", UUID)
DeedId = NewType("DeedId", UUID)
FavoriteId = NewType("FavoriteId", UUID)
PlanSlug = NewType("PlanSlug", str)
