"""How much mail somebody may have sent to an address that need not be theirs.

Counted for the address, whether or not somebody has an account with it, before anything is kept:
the refusal tells nobody who has one. In PostgreSQL, as guesses are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.limits import Limit, Retry
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


class MailKind(StrEnum):
    """What people can have mailed to an address by typing it."""

    SIGN_UP = "sign_up"
    PASSWORD = "password"
    ADDRESS = "address"
    CODE = "code"
    INVITATION = "invitation"


FOR_KIND: Final = {"hour": Limit(4, _HOUR), "day": Limit(10, _DAY)}
FOR_ALL: Final = {"hour": Limit(8, _HOUR), "day": Limit(20, _DAY)}
"""Of all kinds together."""


class TooManyMails(Retry):
    """We have sent several mails to this address already; look there, or try again later."""


def check_mail(ports: Ports, tx: Transaction, to: EmailAddress, kind: MailKind) -> None:
    """Counts a mail to be sent; with the transaction it is undone. A forgotten password is bounded
    by its own kind alone: a stranger who has other mail sent to an address does not keep its owner
    from logging in. Raises TooManyMails."""
    if not ports.rules.limits:
        return
    at, own = ports.now(), _counts(to, kind, FOR_KIND)
    for key, limit in sorted((own | _counts(to, "all", FOR_ALL)).items()):
        tally = tx.tallies.add(key, limit, at=at)
        if tally.count > limit.most and (key in own or kind is not MailKind.PASSWORD):
            raise TooManyMails.after(tally.ends_at, at=at)


def next_mail_at(tx: Transaction, to: EmailAddress, kind: MailKind, *, at: datetime) -> datetime:
    """When another of this kind may be asked for, as far as its own bound goes; `at` for now."""
    read = [
        (tx.tallies.read(key, at=at), limit) for key, limit in _counts(to, kind, FOR_KIND).items()
    ]
    full = [tally.ends_at for tally, limit in read if tally and tally.count >= limit.most]
    return max(full, default=at)


def allow_again(tx: Transaction, to: EmailAddress, kind: MailKind) -> None:
    """What was sent is of no use any more, and whoever owns the address may have more."""
    tx.tallies.clear(_counts(to, kind, FOR_KIND))


def _counts(to: EmailAddress, kind: str, limits: Mapping[str, Limit]) -> dict[str, Limit]:
    named = sha256(to.text.encode()).hexdigest()[:32]
    return {f"mail:{kind}:{window}:{named}": limit for window, limit in limits.items()}
