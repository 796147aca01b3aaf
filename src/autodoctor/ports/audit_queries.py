"""The audit log as staff read it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.audit import Deed


@attrs.frozen
class DeedView:
    """Names are empty where nobody has one: of the system, of a session, of who is gone."""

    deed: Deed
    actor_name: str
    subject_name: str


@attrs.frozen(kw_only=True)
class DeedFilter:
    """`by` is who did it, `on` what it was done to; `before` continues a list."""

    by: AccountId | None = None
    on: UUID | None = None
    before: datetime | None = None
    most: int = 50


class AuditQueries(Protocol):
    def some(self, which: DeedFilter, /) -> tuple[DeedView, ...]:
        """Newest first."""
