"""Claims that wait for an address, and the codes that were mailed for them."""

import re
from datetime import timedelta
from uuid import uuid4

from autodoctor.domain.accounts.claim import PendingClaim
from autodoctor.domain.shared.ids import ClaimId
from autodoctor.testing.ports import Town
from support.newcomers import letters
from support.scenery import AT

CODE = re.compile(r"Your code: (\d{6})\b")


def new_claim(**changes: object) -> PendingClaim:
    given = {
        "id": ClaimId(uuid4()),
        "state_hash": uuid4().bytes,
        "provider": "facebook",
        "subject": uuid4().hex,
        "expires_at": AT + timedelta(minutes=30),
    }
    return PendingClaim(**given | changes)  # type: ignore[arg-type]


def mailed_codes(town: Town, email: str) -> list[str]:
    """Oldest first."""
    found = (CODE.search(mail.text) for mail in letters(town, email))
    return [each[1] for each in found if each]


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
