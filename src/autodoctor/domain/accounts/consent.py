"""What a person agreed to: which text, which version, when."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId


class ConsentKind(StrEnum):
    ADULT = "adult"
    TERMS = "terms"
    PRIVACY = "privacy"
    MARKETPLACE = "marketplace"
    MARKETING = "marketing"


VERSIONS: Final[dict[ConsentKind, str]] = {
    ConsentKind.ADULT: "2026-01",
    ConsentKind.TERMS: "2026-11-30",
    ConsentKind.PRIVACY: "2026-11-30",
    ConsentKind.MARKETPLACE: "2026-01",
    ConsentKind.MARKETING: "2026-01",
}
"""When the text in force is from. `tests/unit/web/test_legal_texts.py` keeps a fingerprint of each
text with its version: changing a word means a new one, which people are asked to accept."""

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


def changed_since(given: Iterable[Consent]) -> tuple[ConsentKind, ...]:
    """What everybody agrees to and they have agreed to in an older version only."""
    in_force = {(each.kind, each.version) for each in given if each.in_force}
    agreed = {kind for kind, _ in in_force}
    return tuple(
        kind for kind in REQUIRED if kind in agreed and (kind, VERSIONS[kind]) not in in_force
    )


def is_asked(given: Collection[Consent], role: Role) -> bool:
    """Whether they have something to agree to before they go on. Customers need all of it; whoever
    came into another role without the form is asked nothing but what they agreed to once."""
    agreed = {each.kind for each in given if each.in_force}
    missing = role is Role.CUSTOMER and not agreed.issuperset(REQUIRED)
    return missing or bool(changed_since(given))
