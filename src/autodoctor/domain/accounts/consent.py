"""What a person agreed to: which text, which version, when."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId


class ConsentKind(StrEnum):
    ADULT = "adult"
    TERMS = "terms"
    PRIVACY = "privacy"
    MARKETPLACE = "marketplace"
    MARKETING = "marketing"


VERSIONS: Final[dict[ConsentKind, str]] = dict.fromkeys(ConsentKind, "2026-01")

REQUIRED: Final = (
    ConsentKind.ADULT,
    ConsentKind.TERMS,
    ConsentKind.PRIVACY,
    ConsentKind.MARKETPLACE,
)

WHY: Final = {
    ConsentKind.ADULT: "You need to be 18 or older.",
    ConsentKind.TERMS: "Accept the terms of service to go on.",
    ConsentKind.PRIVACY: "Accept the privacy policy to go on.",
    ConsentKind.MARKETPLACE: "Confirm that mechanics advise on their own account.",
}
"""What to tell who has not given it."""


@attrs.frozen
class Consent:
    """Kept for good, also when it is withdrawn: giving it again is another one."""

    account_id: AccountId
    kind: ConsentKind
    version: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None


def give(
    *, account_id: AccountId, kinds: frozenset[ConsentKind], at: datetime
) -> tuple[Consent, ...]:
    """The consents of a sign-up. InvalidField names the first one missing."""
    for kind in REQUIRED:
        if kind not in kinds:
            raise InvalidField(kind.value, WHY[kind])
    return tuple(
        Consent(account_id, kind, VERSIONS[kind], at) for kind in ConsentKind if kind in kinds
    )
