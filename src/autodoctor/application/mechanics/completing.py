"""Keeping a mechanic's profile, and how complete it is with it."""

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.completion import KEYWORDS_MIN, Completion, Item, completion
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.ports.transactions import Transaction


def completion_of(account: Account, mechanic: Mechanic, told: Particulars) -> Completion:
    """Years of experience count from one on; of somebody's papers, what they told of them."""
    there = {
        Item.NAME: mechanic.name,
        Item.EMAIL: account.verified,
        Item.PHONE: account.phone,
        Item.PHOTO: told.photo_id,
        Item.EXPERIENCE: mechanic.years_of_experience,
        Item.CERTIFICATION: mechanic.red_seal or told.certifications,
        Item.SPECIALIZATIONS: mechanic.specializations,
        Item.KEYWORDS: len(mechanic.keywords) >= KEYWORDS_MIN,
        Item.PAYOUTS: mechanic.payouts_ready,
    }
    return completion(frozenset(item for item, value in there.items() if value))


def keep_mechanic(
    tx: Transaction, account: Account, mechanic: Mechanic, told: Particulars
) -> Mechanic:
    """Every change of what counts ends here, so that the figure is never an old one."""
    percent = completion_of(account, mechanic, told).percent
    return tx.mechanics.save(attrs.evolve(mechanic, profile_completion=percent))
