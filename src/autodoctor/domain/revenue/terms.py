"""Who earns in a session, and what each of them earns of an amount."""

import attrs

from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.split import Split, split
from autodoctor.domain.shared.ids import MechanicId, WorkshopId
from autodoctor.domain.shared.money import Money


@attrs.frozen(kw_only=True)
class Terms:
    """Who earns in a session and at which rates: fixed for that session, whatever the
    settings become later."""

    mechanic_id: MechanicId
    workshop_id: WorkshopId | None = None
    rates: Rates = Rates()

    def split(self, total: Money) -> Split:
        return split(total, rates=self.rates, with_workshop=self.workshop_id is not None)

    def credits(self, total: Money) -> dict[Account, Money]:
        """What each account earns of the total; accounts that earn nothing are left out."""
        parts = self.split(total)
        earned = {Account.platform(): parts.platform}
        if self.workshop_id is not None:
            earned[Account.workshop(self.workshop_id)] = parts.workshop
        earned[Account.mechanic(self.mechanic_id)] = parts.mechanic
        return {account: amount for account, amount in earned.items() if amount}
