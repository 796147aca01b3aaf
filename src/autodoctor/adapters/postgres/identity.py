"""Second factors, passkeys, and other providers' words, in PostgreSQL."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from autodoctor.adapters.postgres.claims import forget_claims
from autodoctor.adapters.postgres.rows import Guards, constraint
from autodoctor.adapters.postgres.tables.accounts import logins, tokens
from autodoctor.adapters.postgres.tables.booking import intakes
from autodoctor.adapters.postgres.tables.garage import customer_details, favorites, vehicles
from autodoctor.adapters.postgres.tables.identity import (
    identities,
    passkeys,
    recovery_codes,
    totps,
    visits,
)
from autodoctor.adapters.postgres.tables.joining import drafts, particulars
from autodoctor.adapters.postgres.tables.operations import mails, muted, notifications
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong, Passkey, Totp
from autodoctor.domain.accounts.identity import Identity, Visit
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.identity import IdentityTaken, PasskeyKnown


@attrs.frozen
class PostgresFactors:
    _connection: Connection
    _guards: Guards

    def totp(self, account_id: AccountId, /, *, lock: bool = False) -> Totp | None:
        statement = select(totps).where(totps.c.account_id == account_id)
        if lock and self._guards.row_locks:
            statement = statement.with_for_update(key_share=True)
        found = self._connection.execute(statement).mappings().first()
        return None if found is None else Totp(**found)

    def totps_after(self, account_id: AccountId, /, *, most: int) -> tuple[Totp, ...]:
        later = select(totps).where(totps.c.account_id > account_id)
        rows = self._connection.execute(later.order_by(totps.c.account_id).limit(most))
        return tuple(Totp(**row) for row in rows.mappings())

    def put(self, totp: Totp, /) -> None:
        row = attrs.asdict(totp)
        statement = upsert(totps).on_conflict_do_update(index_elements=["account_id"], set_=row)
        self._connection.execute(statement, row)

    def drop(self, account_id: AccountId, /) -> None:
        self._connection.execute(delete(totps).where(totps.c.account_id == account_id))

    def put_codes(self, account_id: AccountId, hashes: Iterable[bytes], /) -> None:
        mine = recovery_codes.c.account_id == account_id
        self._connection.execute(delete(recovery_codes).where(mine))
        rows = [{"account_id": account_id, "code_hash": each} for each in hashes]
        if rows:
            self._connection.execute(insert(recovery_codes), rows)

    def use_code(self, account_id: AccountId, code_hash: bytes, /, *, at: datetime) -> None:
        code = (recovery_codes.c.account_id == account_id) & (
            recovery_codes.c.code_hash == code_hash
        )
        unused = code & recovery_codes.c.used_at.is_(None)
        used = self._connection.execute(update(recovery_codes).where(unused).values(used_at=at))
        if used.rowcount == 0:
            known = self._connection.execute(select(recovery_codes.c.used_at).where(code)).first()
            raise CodeWrong() if known is None else CodeUsed()

    def codes_left(self, account_id: AccountId, /) -> int:
        unused = (recovery_codes.c.account_id == account_id) & recovery_codes.c.used_at.is_(None)
        statement = select(func.count()).select_from(recovery_codes).where(unused)
        return self._connection.execute(statement).scalar_one()


@attrs.frozen
class PostgresPasskeys:
    _connection: Connection

    def add(self, passkey: Passkey, /) -> None:
        try:
            self._connection.execute(insert(passkeys), attrs.asdict(passkey))
        except IntegrityError as error:
            if constraint(error) == "uq_passkeys_credential_id":
                raise PasskeyKnown() from error
            raise

    def of(self, account_id: AccountId, /) -> tuple[Passkey, ...]:
        mine = select(passkeys).where(passkeys.c.account_id == account_id)
        rows = self._connection.execute(mine.order_by(passkeys.c.created_at, passkeys.c.id))
        return tuple(Passkey(**row) for row in rows.mappings())

    def by_credential(
        self, account_id: AccountId, credential_id: bytes, /, *, lock: bool = False
    ) -> Passkey | None:
        mine = passkeys.c.account_id == account_id
        statement = select(passkeys).where(mine & (passkeys.c.credential_id == credential_id))
        statement = statement.with_for_update(key_share=True) if lock else statement
        found = self._connection.execute(statement).mappings().first()
        return None if found is None else Passkey(**found)

    def save(self, passkey: Passkey, /) -> None:
        row = attrs.asdict(passkey)
        mine = passkeys.c.id == row.pop("id")
        self._connection.execute(update(passkeys).where(mine).values(row))

    def drop(self, account_id: AccountId, passkey_id: UUID, /) -> bool:
        mine = (passkeys.c.account_id == account_id) & (passkeys.c.id == passkey_id)
        return self._connection.execute(delete(passkeys).where(mine)).rowcount == 1


@attrs.frozen
class PostgresIdentities:
    _connection: Connection

    def add(self, identity: Identity, /) -> None:
        try:
            self._connection.execute(insert(identities), attrs.asdict(identity))
        except IntegrityError as error:
            if constraint(error) == "pk_identities":
                raise IdentityTaken() from error
            raise

    def find(self, provider: str, subject: str, /) -> AccountId | None:
        same = (identities.c.provider == provider) & (identities.c.subject == subject)
        found = self._connection.execute(select(identities.c.account_id).where(same)).scalar()
        return None if found is None else AccountId(found)

    def of(self, account_id: AccountId, /) -> tuple[Identity, ...]:
        mine = select(identities).where(identities.c.account_id == account_id)
        rows = self._connection.execute(mine.order_by(identities.c.provider, identities.c.subject))
        return tuple(Identity(**row) for row in rows.mappings())

    def drop(self, account_id: AccountId, provider: str, /) -> bool:
        mine = (identities.c.account_id == account_id) & (identities.c.provider == provider)
        return self._connection.execute(delete(identities).where(mine)).rowcount > 0


@attrs.frozen
class PostgresVisits:
    _connection: Connection

    def begin(self, visit: Visit, /) -> None:
        self._connection.execute(insert(visits), attrs.asdict(visit))

    def take(self, state_hash: bytes, /, *, at: datetime) -> Visit | None:
        mine = delete(visits).where(visits.c.state_hash == state_hash).returning(visits)
        found = self._connection.execute(mine).mappings().first()
        if found is None or found["expires_at"] <= at:
            return None
        return Visit(**{**found, "role": Role(found["role"])})

    def drop_of(self, account_id: AccountId, /) -> None:
        self._connection.execute(delete(visits).where(visits.c.account_id == account_id))


_OWNED: Final = (
    *(totps, recovery_codes, passkeys, identities, visits),
    *(tokens, notifications, muted, mails, drafts),
)


@attrs.frozen
class PostgresErasure:
    _connection: Connection

    def forget(self, account_id: AccountId, /) -> None:
        run = self._connection.execute
        forget_claims(self._connection, account_id)
        for table in _OWNED:
            run(delete(table).where(table.c.account_id == account_id))
        for told in (particulars, customer_details):
            run(delete(told).where(told.c.id == account_id))
        mine = logins.c.account_id == account_id
        run(update(logins).where(mine).values(address="", agent=""))
        theirs = intakes.c.customer_id == account_id
        for kept in (vehicles, favorites):
            run(delete(kept).where(kept.c.customer_id == account_id))
        run(update(intakes).where(theirs).values(vehicle_plate=None, vehicle_vin=None))
