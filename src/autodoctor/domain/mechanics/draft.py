"""An application while it is being written: as typed, before there is anybody to own it."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.shared.ids import AccountId, DraftId

KEPT: Final = timedelta(days=30)
"""After the last change; then it is forgotten."""


@attrs.frozen(kw_only=True)
class CertificationAnswers:
    type: str = ""
    number: str = ""
    authority: str = ""
    region: str = ""
    expires_on: str = ""

    @property
    def empty(self) -> bool:
        return not any(attrs.astuple(self))


@attrs.frozen(kw_only=True)
class Answers:
    """Everything the steps ask, as it was typed: nothing in it has been checked. A ticked box
    is any text. The password is never among it."""

    full_name: str = ""
    email: str = ""
    phone: str = ""
    date_of_birth: str = ""
    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    language: str = "en"
    time_zone: str = "America/Toronto"
    adult: str = ""
    terms: str = ""
    privacy: str = ""
    marketplace: str = ""
    marketing: str = ""
    years_of_experience: str = ""
    red_seal: str = ""
    red_seal_number: str = ""
    certifications: tuple[CertificationAnswers, ...] = ()
    bio: str = ""
    specializations: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    service_tier: str = ""
    insurance_number: str = ""
    insurance_expires_on: str = ""
    background_check: str = ""
    payout_country: str = ""


@attrs.frozen(kw_only=True)
class Draft:
    """`email` is the address an account was asked for, in lower case, and `sign_up_id` is the
    sign-up that did; `account_id` is set once its owner has shown that the address is theirs, and
    from then on nobody else opens it."""

    id: DraftId
    created_at: datetime
    changed_at: datetime
    answers: Answers = Answers()
    email: str | None = None
    sign_up_id: AccountId | None = None
    account_id: AccountId | None = None
    version: int = 0

    @property
    def forgotten_at(self) -> datetime:
        return self.changed_at + KEPT

    def typed(self, answers: Answers, *, at: datetime) -> "Draft":
        return attrs.evolve(self, answers=answers, changed_at=at)

    def asked_for(self, email: str, sign_up_id: AccountId) -> "Draft":
        return attrs.evolve(self, email=email, sign_up_id=sign_up_id)

    def claimed_by(self, account_id: AccountId) -> "Draft":
        return attrs.evolve(self, account_id=account_id)
