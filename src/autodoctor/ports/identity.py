"""How people prove who they are beside a password: keeping second factors and other
providers' words, and what we need from outside for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.claim import PendingClaim
from autodoctor.domain.accounts.factor import Passkey, Totp
from autodoctor.domain.accounts.identity import Claimed, Identity, Visit
from autodoctor.domain.shared.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from autodoctor.domain.shared.ids import AccountId, ClaimId
from autodoctor.ports.stores import Store


class Factors(Protocol):
    """An authenticator app for each person, and recovery codes known by their SHA-256."""

    def totp(self, account_id: AccountId, /, *, lock: bool = False) -> Totp | None: ...

    def totps_after(self, account_id: AccountId, /, *, most: int) -> tuple[Totp, ...]:
        """The next ones in the order of account ids."""

    def put(self, totp: Totp, /) -> None:
        """In place of the one there was."""

    def drop(self, account_id: AccountId, /) -> None:
        """The app; the recovery codes stay. Again changes nothing."""

    def put_codes(self, account_id: AccountId, hashes: Iterable[bytes], /) -> None:
        """In place of all there were."""

    def use_code(self, account_id: AccountId, code_hash: bytes, /, *, at: datetime) -> None:
        """Each works once. Raises CodeUsed, and CodeWrong for one that is not theirs."""

    def codes_left(self, account_id: AccountId, /) -> int: ...


@attrs.frozen
class PasskeyKnown(Conflict):
    """This passkey is in use already."""


class Passkeys(Protocol):
    def add(self, passkey: Passkey, /) -> None:
        """Raises PasskeyKnown."""

    def of(self, account_id: AccountId, /) -> tuple[Passkey, ...]:
        """Oldest first."""

    def by_credential(
        self, account_id: AccountId, credential_id: bytes, /, *, lock: bool = False
    ) -> Passkey | None: ...

    def save(self, passkey: Passkey, /) -> None: ...

    def drop(self, account_id: AccountId, passkey_id: UUID, /) -> bool:
        """False when that person has no such passkey."""


@attrs.frozen
class IdentityTaken(Conflict):
    """This login at the other provider belongs to somebody else here."""


class Identities(Protocol):
    def add(self, identity: Identity, /) -> None:
        """Raises IdentityTaken."""

    def find(self, provider: str, subject: str, /) -> AccountId | None: ...

    def of(self, account_id: AccountId, /) -> tuple[Identity, ...]: ...

    def drop(self, account_id: AccountId, provider: str, /) -> bool:
        """False when there was none."""


class Visits(Protocol):
    def begin(self, visit: Visit, /) -> None: ...

    def take(self, state_hash: bytes, /, *, at: datetime) -> Visit | None:
        """Once; None when it is unknown, taken or expired."""

    def drop_of(self, account_id: AccountId, /) -> None:
        """Those who would come back to link a provider to this account."""


class Claims(Store[PendingClaim, ClaimId], Protocol):
    def by_state(self, state_hash: bytes, /, *, lock: bool = False) -> PendingClaim | None:
        """Also one that has expired, while it is there."""

    def remove(self, claim_id: ClaimId, /) -> None:
        """Again changes nothing."""


class Erasure(Protocol):
    def forget(self, account_id: AccountId, /) -> None:
        """Take away what tells who somebody was, wherever it stands beside their account:
        notifications, mails, proofs of identity, one-time tokens, claims to their address or by
        their provider and the codes mailed for them, where they logged in from, plates and
        vehicle numbers, where they live. Ledger, sessions, waivers and consents stay."""


@attrs.frozen
class SetUp:
    """What an authenticator app has to be told: `secret` for typing, `picture` (SVG) for
    taking a photo of; `uri` is what the picture says."""

    secret: str = attrs.field(repr=False)
    uri: str = attrs.field(repr=False)
    picture: str = attrs.field(repr=False)


@attrs.frozen
class AuthenticatorUnreadable(Conflict):
    """We cannot check codes of your authenticator app now. Use a recovery code, or contact us."""


class OneTimeCodes(Protocol):
    """RFC 6238: six digits, thirty seconds. Secrets go in and out sealed; whatever takes one in
    raises AuthenticatorUnreadable when no key of the installation opens it."""

    def new(self) -> str: ...

    def set_up(self, sealed: str, /, *, label: str) -> SetUp: ...

    def renewed(self, sealed: str, /) -> str:
        """The same secret, sealed with the newest of the installation's keys."""

    def is_current(self, sealed: str, /) -> bool:
        """Whether the newest of the installation's keys opens it; False when an older one does."""

    def step(self, sealed: str, code: str, /, *, at: datetime) -> int | None:
        """The time step that the code belongs to, one earlier or later allowed; None for a
        wrong one."""


@attrs.frozen
class PasskeyRefused(Invalid):
    """This passkey did not prove who you are."""


@attrs.frozen
class Ceremony:
    """`options` is JSON for the browser; `challenge` has to be in its answer."""

    options: str
    challenge: bytes


class PasskeyCeremonies(Protocol):
    """WebAuthn. What comes back is checked against challenge, origin and relying party."""

    def enrol(self, account: Account, known: Iterable[Passkey], /) -> Ceremony: ...

    def enrolled(self, answer: str, /, *, challenge: bytes) -> tuple[bytes, bytes, int]:
        """Credential id, public key and sign count. Raises PasskeyRefused."""

    def ask(self, known: Iterable[Passkey], /) -> Ceremony: ...

    def credential_of(self, answer: str, /) -> bytes:
        """Which passkey answers. Raises PasskeyRefused."""

    def answered(self, answer: str, /, *, passkey: Passkey, challenge: bytes) -> int:
        """The new sign count. Raises PasskeyRefused."""


@attrs.frozen
class ProviderUnknown(NotFound):
    """Nobody logs in with that provider here."""


@attrs.frozen
class IdentityRefused(Forbidden):
    """The other provider did not confirm who you are; begin again."""

    reason: str


@attrs.frozen
class ProviderUnavailable(Unavailable):
    """The other provider does not answer; try again shortly."""

    provider: str


@attrs.frozen
class Offered:
    """A provider people can log in with; `label` stands on its button."""

    slug: str
    label: str


class IdentityProviders(Protocol):
    """OAuth 2 and OpenID Connect: the code flow with PKCE, state and nonce."""

    def offered(self) -> tuple[Offered, ...]: ...

    def address(self, slug: str, /, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send somebody. Raises ProviderUnknown, ProviderUnavailable."""

    def claim(self, slug: str, /, *, code: str, nonce: str, verifier: str) -> Claimed:
        """Who came back. Raises ProviderUnknown, IdentityRefused, ProviderUnavailable."""
