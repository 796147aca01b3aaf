"""What people would rather not be told, and what they are told whatever they chose."""

from typing import Final

import attrs

from autodoctor.domain.notifications.table import TABLE, Channel, Occasion
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Invalid

ALWAYS: Final = frozenset(
    {
        Occasion.PAYMENT_FAILED,
        Occasion.PAYMENT_RECEIVED,
        Occasion.REFUND_PROCESSED,
        Occasion.REFUND_FAILED,
        Occasion.DISPUTE_DECIDED,
        Occasion.EARNINGS_REDUCED,
        Occasion.PAYOUT_FAILED,
        Occasion.MONEY_ISSUE,
        Occasion.MECHANIC_APPROVED,
    }
)
"""Money, and what staff decided about somebody. Letters about security are not in the table and
cannot be switched off either."""


@attrs.frozen(order=True)
class Choice:
    """An event by a channel."""

    occasion: Occasion
    channel: Channel


@attrs.frozen
class NotChoosable(Invalid):
    """This is told in any case, or never."""

    occasion: str
    channel: str


def choosable(role: Role) -> tuple[Choice, ...]:
    """What somebody in this role may switch off, in the order of the table."""
    return tuple(
        Choice(occasion, channel)
        for occasion, told in TABLE.items()
        if occasion not in ALWAYS
        for channel in sorted(told.get(role, ()))
    )


def check_muted(role: Role, muted: frozenset[Choice]) -> frozenset[Choice]:
    """Raises NotChoosable."""
    for each in sorted(muted - set(choosable(role))):
        raise NotChoosable(each.occasion, each.channel)
    return muted


def heard(
    told: frozenset[Channel], occasion: Occasion, *, muted: frozenset[Choice], needed: bool
) -> frozenset[Channel]:
    """The channels that are left. `needed` is news about somebody's money, which goes out
    whatever its occasion."""
    if needed or occasion in ALWAYS:
        return told
    return told - {each.channel for each in muted if each.occasion is occasion}
