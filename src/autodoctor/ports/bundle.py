"""Everything a use case may reach for, in one frozen value."""

from datetime import datetime

import attrs

from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.sessions.cancellation import CancellationTable
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.origin import Origin
from autodoctor.ports.accounts import Passwords
from autodoctor.ports.clock import Clock, Ids
from autodoctor.ports.documents import Documents
from autodoctor.ports.ephemeral import Whispers
from autodoctor.ports.files import Inspector, Storage
from autodoctor.ports.identity import IdentityProviders, OneTimeCodes, PasskeyCeremonies
from autodoctor.ports.mail import Mailer
from autodoctor.ports.payment_notices import PaymentNotices
from autodoctor.ports.payment_records import PaymentRecords
from autodoctor.ports.payments import Payments
from autodoctor.ports.payout_accounts import PayoutAccounts
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from autodoctor.ports.vin import VinDecoder


@attrs.frozen(kw_only=True)
class Rules:
    """What the operator decides. `public_url` is where people reach us, without a slash; who
    signs in with a role of `second_factor_required` has to have a second factor; `limits` says
    whether it is counted how often somebody guesses, or has mail sent."""

    public_url: str
    cancellation: CancellationTable = CancellationTable()
    rates: Rates = Rates()
    second_factor_required: frozenset[Role] = frozenset()
    limits: bool = True


@attrs.frozen(kw_only=True)
class Ports:
    transactions: Transactions
    queries: Queries
    clock: Clock
    ids: Ids
    passwords: Passwords
    codes: OneTimeCodes
    ceremonies: PasskeyCeremonies
    providers: IdentityProviders
    payments: Payments
    payment_records: PaymentRecords
    payout_accounts: PayoutAccounts
    notices: PaymentNotices
    storage: Storage
    inspector: Inspector
    documents: Documents
    mailer: Mailer
    vins: VinDecoder
    whispers: Whispers
    rules: Rules

    def now(self) -> datetime:
        return self.clock.now()

    def from_origin(self, origin: Origin) -> "Ports":
        """The same, for the request that came from there."""
        return attrs.evolve(self, transactions=self.transactions.from_origin(origin))
