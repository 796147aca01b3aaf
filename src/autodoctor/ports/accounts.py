"""Keeping people, their logins, their consents, and one-time tokens."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.errors import Conflict, Unavailable
from autodoctor.domain.shared.ids import AccountId, LoginId, OrganizationId, WorkshopId
from autodoctor.ports.stores import Store


@attrs.frozen
class EmailTaken(Conflict):
    """There is an account with this address."""


class Accounts(Store[Account, AccountId], Protocol):
    """Any number of sign-ups may wait with one address; at most one account has verified it:
    `add` and `save` raise EmailTaken for a second."""

    def by_email(self, email: EmailAddress, /) -> Account | None:
        """The account that has verified the address."""

    def pending(self, email: EmailAddress, /, *, lock: bool = False) -> tuple[Account, ...]:
        """Sign-ups whose address is not verified, newest first. Locked they are in the order of
        their ids, so that two who lock them wait for each other."""

    def pending_with(self, email: EmailAddress, password_hash: str, /) -> Account | None:
        """The newest sign-up that waits with this address and this hash."""

    def staff(self) -> tuple[AccountId, ...]:
        """Everybody who may act as admin and is not shut out."""

    def of_workshop(self, workshop_id: WorkshopId, /) -> tuple[Account, ...]:
        """Its staff, by name."""

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Account, ...]:
        """Those who run it, by name."""


class Consents(Protocol):
    def add(self, consents: Iterable[Consent], /) -> None:
        """Giving the same version again keeps the first time, unless that was withdrawn."""

    def withdraw(self, account_id: AccountId, kind: ConsentKind, /, *, at: datetime) -> None:
        """Every version of that kind which is in force; not before it was given, whatever the
        clocks of two machines say. Idempotent."""

    def of(self, account_id: AccountId, /) -> tuple[Consent, ...]:
        """By kind, and those of one kind as they were given, withdrawn ones among them."""


class Logins(Protocol):
    def add(self, login: Login, /) -> None: ...

    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        """The login, ended or not, and its person, by one read."""

    def save(self, login: Login, /) -> None:
        """One that has ended meanwhile stays ended."""

    def touch(self, login_id: LoginId, /, *, at: datetime) -> None:
        """It was used just now; one that has ended meanwhile stays ended."""

    def latest(self, account_id: AccountId, /) -> Login | None:
        """The one opened last, ended or not."""

    def of(self, account_id: AccountId, /) -> tuple[Login, ...]:
        """Those not ended, last used first."""

    def end_all(
        self, account_id: AccountId, /, *, at: datetime, but: LoginId | None = None
    ) -> None:
        """`but` is left as it is."""

    def take_challenge(self, login_id: LoginId, /) -> bytes | None:
        """What a passkey was asked to sign last, once."""


class TokenPurpose(StrEnum):
    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"
    CHANGE_EMAIL = "change_email"
    ADD_HAT = "add_hat"


class Tokens(Protocol):
    """One-time tokens, known by the SHA-256 of what was mailed. `detail` is what a token is
    for besides its purpose: the new address, the new role."""

    def issue(
        self,
        token_hash: bytes,
        /,
        *,
        account_id: AccountId,
        purpose: TokenPurpose,
        expires_at: datetime,
        detail: str = "",
    ) -> None: ...

    def take(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        """Whose it is, once; None when it is unknown, used or expired."""

    def owner_of(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        """As `take`, and the token still works afterwards."""

    def detail_of(self, token_hash: bytes, /) -> str:
        """As it was issued with; empty for an unknown one."""

    def void(self, account_id: AccountId, /, *, purpose: TokenPurpose | None = None) -> None:
        """Whatever was issued for it before does not work any more; without a `purpose`, for
        any."""


@attrs.frozen
class PasswordsBusy(Unavailable):
    """Many people log in right now; try again in a few seconds."""


class Passwords(Protocol):
    """Hashing that is slow on purpose; both take about the same time whatever is given, and
    raise PasswordsBusy when more is asked of them than they can do. However a password is typed,
    its characters count in Unicode's form NFKC; a hash that was made before they did matches
    what was typed then."""

    def hash(self, password: str, /) -> str:
        """Under a salt of its own."""

    def hash_for(self, address: EmailAddress, password: str, /, *, beside: str = "") -> str:
        """Under the salt of the address: that of `beside`, the hash of the account that has
        verified it, or else one that only this installation derives from it."""

    def hashes_for(
        self, address: EmailAddress, password: str, /, *, beside: str = ""
    ) -> tuple[str, ...]:
        """What is kept with the address by whoever has this password: their hash is among
        these, and no other is. One, made as `beside` was; a second for a password that is typed
        otherwise than in NFKC. The work does not depend on what is kept."""

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        """False, after the same work, when there is no hash."""

    @property
    def common(self) -> frozenset[str]:
        """Passwords that everybody tries first, in lower case."""
