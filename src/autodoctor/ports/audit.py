"""The audit log: what staff did to whom, and why. It is only ever added to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, DeedId


@attrs.frozen(kw_only=True)
class Deed:
    """`action` is what was done, in a few words; `subject` what it was done to: an account's,
    session's or workshop's id. `facts` hold what JSON can hold."""

    id: DeedId
    at: datetime
    actor_id: AccountId
    actor_role: Role
    action: str
    subject_kind: str
    subject_id: UUID
    reason: str = ""
    facts: Mapping[str, object] = attrs.field(factory=dict)


class Audit(Protocol):
    """Commits with the deed itself."""

    def record(self, deed: Deed, /) -> None: ...

    def of_subject(self, subject_id: UUID, /, *, most: int) -> tuple[Deed, ...]:
        """Newest first."""

    def all(self, *, before: datetime | None = None, most: int) -> tuple[Deed, ...]:
        """Newest first; `before` continues a list."""
