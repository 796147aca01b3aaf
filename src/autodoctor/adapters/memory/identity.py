"""Second factors, passkeys, and other providers' words, in memory."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import attrs

from autodoctor.adapters.memory.claims import forget_claims
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong, Passkey, Totp
from autodoctor.domain.accounts.identity import Identity, Visit
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.identity import IdentityTaken, PasskeyKnown


@attrs.frozen
class MemoryFactors:
    _tables: Tables

    def totp(self, account_id: AccountId, /, *, lock: bool = False) -> Totp | None:  # noqa: ARG002 - a transaction in memory locks everything
        return self._tables.totps.get(account_id)

    def totps_after(self, account_id: AccountId, /, *, most: int) -> tuple[Totp, ...]:
        later = (key for key in sorted(self._tables.totps) if key > account_id)
        return tuple(self._tables.totps[key] for key in islice(later, most))

    def put(self, totp: Totp, /) -> None:
        self._tables.totps[totp.account_id] = totp

    def drop(self, account_id: AccountId, /) -> None:
        self._tables.totps.pop(account_id, None)

    def put_codes(self, account_id: AccountId, hashes: Iterable[bytes], /) -> None:
        for key in tuple(self._tables.recovery_codes):
            if key[0] == account_id:
                del self._tables.recovery_codes[key]
        for code_hash in hashes:
            self._tables.recovery_codes[account_id, code_hash] = None

    def use_code(self, account_id: AccountId, code_hash: bytes, /, *, at: datetime) -> None:
        key = (account_id, code_hash)
        if key not in self._tables.recovery_codes:
            raise CodeWrong()
        if self._tables.recovery_codes[key] is not None:
            raise CodeUsed()
        self._tables.recovery_codes[key] = at

    def codes_left(self, account_id: AccountId, /) -> int:
        codes = self._tables.recovery_codes.items()
        return sum(1 for (owner, _), used in codes if owner == account_id and used is None)


@attrs.frozen
class MemoryPasskeys:
    _tables: Tables

    def add(self, passkey: Passkey, /) -> None:
        every = self._tables.passkeys.values()
        if any(other.credential_id == passkey.credential_id for other in every):
            raise PasskeyKnown()
        self._tables.passkeys[passkey.id] = passkey

    def of(self, account_id: AccountId, /) -> tuple[Passkey, ...]:
        mine = [one for one in self._tables.passkeys.values() if one.account_id == account_id]
        return tuple(sorted(mine, key=lambda one: (one.created_at, one.id)))

    def by_credential(
        self,
        account_id: AccountId,
        credential_id: bytes,
        /,
        *,
        lock: bool = False,  # noqa: ARG002 - a transaction in memory locks everything
    ) -> Passkey | None:
        found = (one for one in self.of(account_id) if one.credential_id == credential_id)
        return next(found, None)

    def save(self, passkey: Passkey, /) -> None:
        self._tables.passkeys[passkey.id] = passkey

    def drop(self, account_id: AccountId, passkey_id: UUID, /) -> bool:
        found = self._tables.passkeys.get(passkey_id)
        if found is None or found.account_id != account_id:
            return False
        del self._tables.passkeys[passkey_id]
        return True


@attrs.frozen
class MemoryIdentities:
    _tables: Tables

    def add(self, identity: Identity, /) -> None:
        key = (identity.provider, identity.subject)
        if key in self._tables.identities:
            raise IdentityTaken()
        self._tables.identities[key] = identity

    def find(self, provider: str, subject: str, /) -> AccountId | None:
        found = self._tables.identities.get((provider, subject))
        return None if found is None else found.account_id

    def of(self, account_id: AccountId, /) -> tuple[Identity, ...]:
        mine = [one for one in self._tables.identities.values() if one.account_id == account_id]
        return tuple(sorted(mine, key=lambda one: (one.provider, one.subject)))

    def drop(self, account_id: AccountId, provider: str, /) -> bool:
        mine = [one for one in self.of(account_id) if one.provider == provider]
        for one in mine:
            del self._tables.identities[one.provider, one.subject]
        return bool(mine)


@attrs.frozen
class MemoryVisits:
    _tables: Tables

    def begin(self, visit: Visit, /) -> None:
        self._tables.visits[visit.state_hash] = visit

    def take(self, state_hash: bytes, /, *, at: datetime) -> Visit | None:
        visit = self._tables.visits.pop(state_hash, None)
        return visit if visit is not None and at < visit.expires_at else None

    def drop_of(self, account_id: AccountId, /) -> None:
        for key, visit in tuple(self._tables.visits.items()):
            if visit.account_id == account_id:
                del self._tables.visits[key]


@attrs.frozen
class MemoryErasure:
    _tables: Tables

    def forget(self, account_id: AccountId, /) -> None:
        here = self._tables
        forget_claims(here, account_id)
        here.totps.pop(account_id, None)
        here.particulars.pop(account_id, None)
        here.customer_details.pop(account_id, None)
        owned: tuple[dict[Any, Any], ...] = (
            here.passkeys,
            here.identities,
            here.tokens,
            here.visits,
            here.notifications,
            here.drafts,
            here.muted,
        )
        for table in owned:
            for key in [each for each, row in table.items() if row.account_id == account_id]:
                del table[key]
        for key in [each.id for each in here.vehicles.values() if each.customer_id == account_id]:
            del here.vehicles[key]
        for key in [each.id for each in here.favorites.values() if each.customer_id == account_id]:
            del here.favorites[key]
        for key in [each for each in here.recovery_codes if each[0] == account_id]:
            del here.recovery_codes[key]
        for key, queued in tuple(here.mails.items()):
            if queued.mail.account_id == account_id:
                del here.mails[key]
        for key, login in tuple(here.logins.items()):
            if login.account_id == account_id:
                here.logins[key] = attrs.evolve(login, address="", agent="")
        for key, intake in tuple(here.intakes.items()):
            if intake.customer_id == account_id and intake.vehicle is not None:
                vehicle = attrs.evolve(intake.vehicle, plate=None, vin=None)
                here.intakes[key] = attrs.evolve(intake, vehicle=vehicle)
