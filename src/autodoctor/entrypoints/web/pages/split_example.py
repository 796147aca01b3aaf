"""Where the money of a session goes, as the About page shows it: computed as it is paid."""

from typing import Final

from autodoctor.domain.plans.catalogue import QUICK_CHAT
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.split import split
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.parts import MoneyLine, MoneyTable


def split_example() -> MoneyTable:
    """A Quick Chat, which is on offer, through a workshop, at the standard rates."""
    price = QUICK_CHAT.price
    parts = split(price, rates=Rates(), with_workshop=True)
    return MoneyTable(
        caption=f"A {QUICK_CHAT.name} with a mechanic of a workshop",
        lines=(
            MoneyLine("The mechanic", money_text(parts.mechanic)),
            MoneyLine("The workshop", money_text(parts.workshop), "10 % of what we leave"),
            MoneyLine("autodoctor", money_text(parts.platform), "20 % of the price"),
        ),
        totals=(MoneyLine("You pay", money_text(price)),),
    )


SPLIT_EXAMPLE: Final = split_example()
