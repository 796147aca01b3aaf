"""Identifiers that only the ledger and its neighbours use. All are our own random UUIDs."""

from typing import NewType
from uuid import UUID

DisputeId = NewType("DisputeId", UUID)
ReversalId = NewType("ReversalId", UUID)
IssueId = NewType("IssueId", UUID)
