"""Keeping what people would rather not be told."""

from typing import Protocol

from autodoctor.domain.notifications.choices import Choice
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId


class Choices(Protocol):
    def muted(self, account_id: AccountId, role: Role, /) -> frozenset[Choice]:
        """Empty for whoever chose nothing: they are told everything."""

    def mute(self, account_id: AccountId, role: Role, off: frozenset[Choice], /) -> None:
        """In place of what was muted before."""
