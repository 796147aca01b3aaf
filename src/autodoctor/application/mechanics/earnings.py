"""What a mechanic earned, read from the ledger."""

from datetime import datetime

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import EARNINGS
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.money_views import EarningView


@attrs.frozen
class Earnings:
    """The rows, newest first, and their sums."""

    rows: tuple[EarningView, ...]

    @property
    def gross(self) -> Money:
        return self._sum(*(row.gross for row in self.rows))

    @property
    def platform(self) -> Money:
        return self._sum(*(row.platform for row in self.rows))

    @property
    def workshop(self) -> Money:
        return self._sum(*(row.workshop for row in self.rows))

    @property
    def net(self) -> Money:
        return self._sum(*(row.net for row in self.rows))

    @staticmethod
    def _sum(*amounts: Money) -> Money:
        return sum(amounts, Money.zero())


def earnings(ports: Ports, *, actor: Actor, since: datetime, until: datetime) -> Earnings:
    """Of sessions that ended in [since, until). Raises InvalidField for a backward range."""
    may(actor, EARNINGS)
    if until <= since:
        raise InvalidField("until", "The end comes after the beginning.")
    return Earnings(ports.queries.revenue.earnings(actor.mechanic_id, since=since, until=until))
