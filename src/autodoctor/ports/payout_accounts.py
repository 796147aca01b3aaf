"""The payment provider's accounts of the people and workshops we pay."""

from enum import StrEnum
from typing import Protocol

import attrs

from autodoctor.domain.shared.ids import AccountId


class Missing(StrEnum):
    """What the provider still wants to know before it pays someone out."""

    IDENTITY = "identity"
    BUSINESS = "business"
    BANK_ACCOUNT = "bank_account"
    TERMS = "terms"
    OTHER = "other"


@attrs.frozen
class PayoutAccountState:
    """`missing` has each kind once, in the order of `Missing`."""

    ready: bool
    missing: tuple[Missing, ...]


class PayoutAccounts(Protocol):
    """The provider's accounts of those we pay. Same refusals as `Payments`."""

    def create(self, *, account_id: AccountId, email: str, country: str) -> str:
        """The new account's provider id; `country` is ISO 3166-1 alpha-2, upper case.

        Keep the id: a repetition a day later makes another account.
        """

    def onboarding_link(self, *, provider_account: str, return_url: str, refresh_url: str) -> str:
        """A URL good for minutes and for its owner alone; never mail it.

        The person comes back to `return_url` done or not (ask `state`), and to
        `refresh_url` when the link is stale and a new one is needed.
        """

    def state(self, provider_account: str, /) -> PayoutAccountState: ...
