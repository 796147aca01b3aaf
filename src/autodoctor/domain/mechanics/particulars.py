"""What a mechanic told us that customers do not read: for staff, and for being paid."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, MechanicId

AGE_YEARS_MIN: Final = 18
AGE_YEARS_MAX: Final = 100
EXPERIENCE_YEARS_MAX: Final = 70
BIO_LENGTH_MAX: Final = 1000
LINE_LENGTH_MAX: Final = 120
CERTIFICATIONS_MAX: Final = 8


class ServiceTier(StrEnum):
    VIRTUAL_ONLY = "virtual_only"
    VIRTUAL_AND_WORKSHOP = "virtual_and_workshop"


@attrs.frozen(kw_only=True)
class Certification:
    """`region` is where it holds; one that does not expire has no `expires_on`."""

    type: str
    number: str
    authority: str
    region: str
    expires_on: date | None = None


@attrs.frozen(kw_only=True)
class Particulars:
    """Everything is empty until it is told. `languages` are ISO 639-1 codes, `payout_country`
    ISO 3166-1 alpha-2."""

    id: MechanicId
    date_of_birth: date | None = None
    street: str = ""
    province: str = ""
    postal_code: str = ""
    languages: tuple[str, ...] = ()
    certifications: tuple[Certification, ...] = ()
    red_seal_number: str = ""
    insurance_number: str = ""
    insurance_expires_on: date | None = None
    background_check_agreed_at: datetime | None = None
    service_tier: ServiceTier | None = None
    virtual_only_confirmed_at: datetime | None = None
    payout_country: str = ""
    photo_id: FileId | None = None
    version: int = 0

    def choose_tier(self, tier: ServiceTier) -> "Particulars":
        """Another choice has to be confirmed anew."""
        if tier is self.service_tier:
            return self
        return attrs.evolve(self, service_tier=tier, virtual_only_confirmed_at=None)

    def confirm_virtual_only(self, *, at: datetime) -> "Particulars":
        """Choosing it, too; again changes nothing."""
        chosen = self.choose_tier(ServiceTier.VIRTUAL_ONLY)
        if chosen.virtual_only_confirmed_at is not None:
            return chosen
        return attrs.evolve(chosen, virtual_only_confirmed_at=at)


def check_born(born: date, *, today: date) -> date:
    """Eighteen today or before."""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age > AGE_YEARS_MAX or born > today:
        raise InvalidField("date_of_birth", "Check the year.")
    if age < AGE_YEARS_MIN:
        raise InvalidField("date_of_birth", "You need to be 18 or older.")
    return born


def check_years(years: int) -> int:
    if not 0 <= years <= EXPERIENCE_YEARS_MAX:
        raise InvalidField("years_of_experience", f"Between 0 and {EXPERIENCE_YEARS_MAX} years.")
    return years


def check_bio(text: str) -> str:
    if len(text) > BIO_LENGTH_MAX:
        raise InvalidField("bio", f"At most {BIO_LENGTH_MAX} characters.")
    return text


def check_line(field: str, text: str, *, what: str = "") -> str:
    """One line of at most 120 printable characters; `what` has to be there."""
    line = " ".join(text.split())
    if what and not line:
        raise InvalidField(field, f"Enter {what}.")
    if len(line) > LINE_LENGTH_MAX or not line.isprintable():
        raise InvalidField(field, f"One line of at most {LINE_LENGTH_MAX} characters.")
    return line


def check_good_through(field: str, day: date, *, today: date) -> date:
    """Good today; raises InvalidField for what has expired."""
    if day < today:
        raise InvalidField(field, "This has expired.")
    return day
