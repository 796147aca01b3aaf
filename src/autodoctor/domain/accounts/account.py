"""An account: one person, the hats they wear, and whether they may come in."""

import unicodedata
from datetime import datetime, timedelta
from typing import Final

import attrs

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import AccountNotActive, Standing
from autodoctor.domain.shared.actor import Role, Seat
from autodoctor.domain.shared.errors import Forbidden, InvalidField
from autodoctor.domain.shared.ids import AccountId, OrganizationId, WorkshopId

PASSWORD_LENGTH_MIN: Final = 10
PASSWORD_LENGTH_MAX: Final = 128
NAME_LENGTH_MAX: Final = 120

IDLE_LOGOUT: Final[dict[Role, timedelta]] = {
    Role.ADMIN: timedelta(hours=2),
    Role.MECHANIC: timedelta(hours=4),
    Role.WORKSHOP: timedelta(hours=4),
    Role.CORPORATE: timedelta(hours=4),
    Role.CUSTOMER: timedelta(hours=8),
}


@attrs.frozen
class EmailUnverified(Forbidden):
    """Confirm your email address first: we sent you a link."""


@attrs.frozen
class Account:
    """`password_hash` is argon2's encoded form and never leaves the accounts context; it is
    empty for who comes in by another provider alone. `suspended_until` ends a suspension by
    itself; `standing_reason` is what the person reads. With an organization they run
    it; whoever merely uses it is an employee, which is kept elsewhere."""

    id: AccountId
    email: EmailAddress
    name: str
    password_hash: str = attrs.field(repr=False)
    roles: frozenset[Role]
    created_at: datetime
    phone: str = ""
    time_zone: str = "America/Toronto"
    language: str = "en"
    standing: Standing = Standing.ACTIVE
    standing_reason: str = ""
    suspended_until: datetime | None = None
    verified_at: datetime | None = None
    workshop_id: WorkshopId | None = None
    workshop_seat: Seat | None = None
    organization_id: OrganizationId | None = None
    organization_seat: Seat | None = None
    version: int = 0

    @property
    def verified(self) -> bool:
        return self.verified_at is not None

    def verify(self, *, at: datetime) -> "Account":
        return self if self.verified else attrs.evolve(self, verified_at=at)

    def standing_at(self, at: datetime) -> Standing:
        """A suspension whose end has come is over, whether or not anybody has said so."""
        over = self.suspended_until is not None and at >= self.suspended_until
        ended = self.standing is Standing.SUSPENDED and over
        return Standing.ACTIVE if ended else self.standing

    def check_active(self, *, at: datetime) -> None:
        standing = self.standing_at(at)
        if standing is not Standing.ACTIVE:
            raise AccountNotActive(standing, self.standing_reason, self.suspended_until)

    def stand(
        self, standing: Standing, *, reason: str = "", until: datetime | None = None
    ) -> "Account":
        return attrs.evolve(self, standing=standing, standing_reason=reason, suspended_until=until)

    def check_verified(self) -> None:
        if not self.verified:
            raise EmailUnverified()


def check_name(name: str, *, field: str = "full_name") -> str:
    """Trimmed; 2 to 120 characters, none of them control characters."""
    trimmed = " ".join(name.split())
    if not 2 <= len(trimmed) <= NAME_LENGTH_MAX or not trimmed.isprintable():
        raise InvalidField(field, "Enter a name of 2 to 120 characters.")
    return trimmed


def normal(password: str) -> str:
    """Keyboards send one character in several ways: é as one or as two, digits at full width.
    Unicode's form NFKC is the same for all (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, common: frozenset[str], email: EmailAddress) -> str:
    """At least ten characters, not one of the passwords everybody tries, not the address or its
    name, not only spaces and what nobody sees. As it was typed: hashing normalizes."""
    same = normal(password)
    if not PASSWORD_LENGTH_MIN <= len(same) <= PASSWORD_LENGTH_MAX:
        raise InvalidField("password", "Use 10 to 128 characters.")
    plain = _plain(same)
    if not plain or plain in common or plain in _names_in(email):
        raise InvalidField("password", "This password is too easy to guess; choose another.")
    return password


def _plain(text: str) -> str:
    """Without case, spaces and characters that cannot be seen: they make nothing hard to guess."""
    seen = "".join(each for each in normal(text) if each.isprintable() and not each.isspace())
    return seen.casefold()


def _names_in(email: EmailAddress) -> frozenset[str]:
    """The address, what stands before its @, and that without a tag (name+tag@…)."""
    name = email.text.partition("@")[0]
    return frozenset(map(_plain, (email.text, name, name.partition("+")[0])))
