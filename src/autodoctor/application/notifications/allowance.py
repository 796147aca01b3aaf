"""How much mail somebody may have sent to an address that need not be theirs.

Counted for the address, whether or not somebody has an account with it, before anything is kept:
the refusal tells nobody who has one. In PostgreSQL, as guesses are.
"""

from datetime import timedelta
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
    """Counts a mail to be sent; with the transaction it is undone. Raises TooManyMails."""
    if not ports.rules.limits:
        return
    at, named = ports.now(), sha256(to.text.encode()).hexdigest()[:32]
    counts = {f"mail:{kind}:{window}:{named}": limit for window, limit in FOR_KIND.items()}
    counts |= {f"mail:all:{window}:{named}": limit for window, limit in FOR_ALL.items()}
    for key, limit in sorted(counts.items()):
        tally = tx.tallies.add(key, limit, at=at)
        if tally.count > limit.most:
            raise TooManyMails.after(tally.ends_at, at=at)
