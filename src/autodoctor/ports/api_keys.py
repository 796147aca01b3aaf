"""Keeping the API keys of companies, known by the SHA-256 of their secret."""

from datetime import datetime
from typing import Protocol

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.ids import ApiKeyId, OrganizationId
from autodoctor.ports.stores import Store


class ApiKeys(Store[ApiKey, ApiKeyId], Protocol):
    """`add` raises Stale for a secret that is known."""

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[ApiKey, ...]:
        """Newest first, revoked ones too."""

    def touch(self, key_id: ApiKeyId, /, *, at: datetime) -> None:
        """Writes down that it was used, past its version."""


class ApiKeyQueries(Protocol):
    def find(self, secret_hash: bytes, /) -> tuple[ApiKey, Account, Organization] | None:
        """The key, its maker and its company, whatever became of them."""
