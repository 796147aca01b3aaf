"""`PayoutAccounts` by Stripe Connect: Express accounts, filled in on Stripe's own pages."""

from typing import TYPE_CHECKING

from autodoctor.adapters.stripe.faults import translated
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.payout_accounts import Missing, PayoutAccountState

if TYPE_CHECKING:
    from stripe import StripeClient

MISSING_BY_PREFIX = {
    "individual": Missing.IDENTITY,
    "person": Missing.IDENTITY,
    "representative": Missing.IDENTITY,
    "owners": Missing.IDENTITY,
    "directors": Missing.IDENTITY,
    "company": Missing.BUSINESS,
    "business_profile": Missing.BUSINESS,
    "business_type": Missing.BUSINESS,
    "external_account": Missing.BANK_ACCOUNT,
    "tos_acceptance": Missing.TERMS,
}


class StripePayoutAccounts:
    def __init__(self, client: "StripeClient") -> None:
        self._stripe = client.v1

    def create(self, *, account_id: AccountId, email: str, country: str) -> str:
        """Cards are asked for as well: Stripe approves transfers alone only on request."""
        with translated():
            account = self._stripe.accounts.create(
                {
                    "type": "express",
                    "country": country,
                    "email": email,
                    "capabilities": {
                        "card_payments": {"requested": True},
                        "transfers": {"requested": True},
                    },
                    "metadata": {"account_id": str(account_id)},
                },
                {"idempotency_key": f"account-{account_id}"},
            )
        return account.id

    def onboarding_link(self, *, provider_account: str, return_url: str, refresh_url: str) -> str:
        with translated():
            link = self._stripe.account_links.create(
                {
                    "account": provider_account,
                    "return_url": return_url,
                    "refresh_url": refresh_url,
                    "type": "account_onboarding",
                }
            )
        return link.url

    def state(self, provider_account: str, /) -> PayoutAccountState:
        with translated():
            account = self._stripe.accounts.retrieve(provider_account)
        granted = account.capabilities
        transfers = granted.transfers if granted and "transfers" in granted else None
        due = account.requirements.currently_due if account.requirements else None
        kinds = {_missing(field) for field in due or ()}
        return PayoutAccountState(
            ready=transfers == "active" and bool(account.payouts_enabled),
            missing=tuple(kind for kind in Missing if kind in kinds),
        )


def _missing(field: str) -> Missing:
    """Stripe's fields are dotted paths, and those of people begin with `person_…`."""
    root = field.partition(".")[0]
    return MISSING_BY_PREFIX.get("person" if root.startswith("person_") else root, Missing.OTHER)
