"""People, consents, logins and one-time tokens in PostgreSQL."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.accounts import accounts, consents, logins, tokens
from autodoctor.adapters.postgres.tables.sessions import STAY_INDEPENDENT
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login, Stage
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.sessions.independence import SessionBetween
from autodoctor.domain.shared.actor import Role, Seat
from autodoctor.domain.shared.ids import AccountId, LoginId, OrganizationId, WorkshopId
from autodoctor.ports.accounts import EmailTaken, TokenPurpose


def account_row(account: Account) -> Row:
    return {
        "id": account.id,
        "email": account.email.text,
        "name": account.name,
        "password_hash": account.password_hash,
        "roles": sorted(account.roles),
        "phone": account.phone,
        "time_zone": account.time_zone,
        "language": account.language,
        "standing": account.standing,
        "standing_reason": account.standing_reason,
        "suspended_until": account.suspended_until,
        "workshop_id": account.workshop_id,
        "workshop_seat": account.workshop_seat,
        "organization_id": account.organization_id,
        "organization_seat": account.organization_seat,
        "created_at": account.created_at,
        "verified_at": account.verified_at,
    }


def account_of(row: RowMapping) -> Account:
    values = dict(row)
    values["email"] = EmailAddress(values["email"])
    values["roles"] = frozenset(map(Role, values["roles"]))
    values["standing"] = Standing(values["standing"])
    for seat in ("workshop_seat", "organization_seat"):
        values[seat] = values[seat] and Seat(values[seat])
    return Account(**values)


def login_row(login: Login) -> Row:
    return attrs.asdict(login, recurse=False)


def login_of(row: Mapping[str, Any]) -> Login:
    typed = {"id": LoginId(row["id"]), "role": Role(row["role"]), "stage": Stage(row["stage"])}
    return Login(**(dict(row) | typed))


class PostgresAccounts(RowStore[Account]):
    mapped = Mapped(
        accounts,
        account_row,
        account_of,
        {
            "uq_accounts_email": lambda _account: EmailTaken(),
            STAY_INDEPENDENT: lambda _account: SessionBetween(),
        },
    )

    def by_email(self, email: EmailAddress, /) -> Account | None:
        return self._one(_BY_EMAIL, {"email": email.text})

    def pending(self, email: EmailAddress, /, *, lock: bool = False) -> tuple[Account, ...]:
        locked = lock and self._guards.row_locks
        return self._all(_PENDING_LOCKED if locked else _PENDING, {"email": email.text})

    def pending_with(self, email: EmailAddress, password_hash: str, /) -> Account | None:
        return self._one(_PENDING_WITH, {"email": email.text, "password_hash": password_hash})

    def staff(self) -> tuple[AccountId, ...]:
        return tuple(self._connection.execute(_ADMINS).scalars())

    def of_workshop(self, workshop_id: WorkshopId, /) -> tuple[Account, ...]:
        return self._all(_STAFF, {"workshop_id": workshop_id})

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Account, ...]:
        return self._all(_RUNNING, {"organization_id": organization_id})


_SAME_EMAIL = select(accounts).where(accounts.c.email == bindparam("email"))
_BY_EMAIL = _SAME_EMAIL.where(accounts.c.verified_at.is_not(None))
_UNVERIFIED = _SAME_EMAIL.where(accounts.c.verified_at.is_(None))
_PENDING = _UNVERIFIED.order_by(accounts.c.created_at.desc(), accounts.c.id)
_PENDING_WITH = _PENDING.where(accounts.c.password_hash == bindparam("password_hash")).limit(1)
_PENDING_LOCKED = _UNVERIFIED.order_by(accounts.c.id).with_for_update()
_ADMINS = (
    select(accounts.c.id)
    .where(
        accounts.c.roles.bool_op("@>")(cast([Role.ADMIN.value], ARRAY(Text))),
        accounts.c.standing == Standing.ACTIVE,
    )
    .order_by(accounts.c.id)
)
_BY_NAME = select(accounts).order_by(accounts.c.name, accounts.c.id)
_STAFF = _BY_NAME.where(accounts.c.workshop_id == bindparam("workshop_id"))
_RUNNING = _BY_NAME.where(accounts.c.organization_id == bindparam("organization_id"))
_LOGIN = (
    select(accounts, *(column.label(f"login_{column.name}") for column in logins.c))
    .join_from(logins, accounts, accounts.c.id == logins.c.account_id)
    .where(logins.c.token_hash == bindparam("token_hash"))
)


@attrs.frozen
class PostgresConsents:
    _connection: Connection

    def add(self, given: Iterable[Consent], /) -> None:
        rows = [attrs.asdict(consent, recurse=False) for consent in given]
        if rows:
            self._connection.execute(upsert(consents).on_conflict_do_nothing(), rows)

    def withdraw(self, account_id: AccountId, kind: ConsentKind, /, *, at: datetime) -> None:
        own = and_(consents.c.account_id == account_id, consents.c.kind == kind)
        in_force = consents.c.withdrawn_at.is_(None)
        late = func.greatest(consents.c.given_at, at)
        self._connection.execute(update(consents).where(own, in_force).values(withdrawn_at=late))

    def of(self, account_id: AccountId, /) -> tuple[Consent, ...]:
        statement = (
            select(*(each for each in consents.c if each.name != "id"))
            .where(consents.c.account_id == account_id)
            .order_by(consents.c.kind, consents.c.given_at, consents.c.id)
        )
        rows = self._connection.execute(statement).mappings()
        return tuple(Consent(**{**row, "kind": ConsentKind(row["kind"])}) for row in rows)


_TOUCH = (
    update(logins)
    .where(logins.c.id == bindparam("key"), logins.c.ended_at.is_(None))
    .values(seen_at=bindparam("at"))
)


def find_login(connection: Connection, token_hash: bytes) -> tuple[Login, Account] | None:
    found = connection.execute(_LOGIN, {"token_hash": token_hash}).mappings().first()
    if found is None:
        return None
    person = {name: found[name] for name in accounts.c.keys()}  # noqa: SIM118
    login = {name: found[f"login_{name}"] for name in logins.c.keys()}  # noqa: SIM118
    return login_of(login), account_of(person)  # type: ignore[arg-type]


@attrs.frozen
class PostgresLogins:
    _connection: Connection

    def add(self, login: Login, /) -> None:
        self._connection.execute(insert(logins), login_row(login))

    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        return find_login(self._connection, token_hash)

    def save(self, login: Login, /) -> None:
        row = login_row(login)
        row["ended_at"] = func.coalesce(logins.c.ended_at, row["ended_at"])
        self._connection.execute(update(logins).where(logins.c.id == row.pop("id")).values(row))

    def touch(self, login_id: LoginId, /, *, at: datetime) -> None:
        self._connection.execute(_TOUCH, {"key": login_id, "at": at})

    def latest(self, account_id: AccountId, /) -> Login | None:
        mine = select(logins).where(logins.c.account_id == account_id)
        newest = mine.order_by(logins.c.created_at.desc(), logins.c.id.desc()).limit(1)
        found = self._connection.execute(newest).mappings().first()
        return None if found is None else login_of(found)  # type: ignore[arg-type]

    def of(self, account_id: AccountId, /) -> tuple[Login, ...]:
        mine = (logins.c.account_id == account_id) & (logins.c.ended_at.is_(None))
        statement = select(logins).where(mine).order_by(logins.c.seen_at.desc(), logins.c.id)
        rows = self._connection.execute(statement).mappings()
        return tuple(login_of(row) for row in rows)  # type: ignore[arg-type]

    def end_all(
        self, account_id: AccountId, /, *, at: datetime, but: LoginId | None = None
    ) -> None:
        mine = (logins.c.account_id == account_id) & (logins.c.ended_at.is_(None))
        others = mine if but is None else mine & (logins.c.id != but)
        self._connection.execute(update(logins).where(others).values(ended_at=at))

    def take_challenge(self, login_id: LoginId, /) -> bytes | None:
        mine = logins.c.id == login_id
        asked = select(logins.c.challenge).where(mine).with_for_update(key_share=True)
        found = self._connection.execute(asked).scalar()
        self._connection.execute(update(logins).where(mine).values(challenge=None))
        return None if found is None else bytes(found)


def _usable(token_hash: bytes, purpose: TokenPurpose, at: datetime) -> ColumnElement[bool]:
    return and_(
        tokens.c.token_hash == token_hash,
        tokens.c.purpose == purpose,
        tokens.c.used_at.is_(None),
        tokens.c.expires_at > at,
    )


@attrs.frozen
class PostgresTokens:
    _connection: Connection

    def issue(
        self,
        token_hash: bytes,
        /,
        *,
        account_id: AccountId,
        purpose: TokenPurpose,
        expires_at: datetime,
        detail: str = "",
    ) -> None:
        row = {"token_hash": token_hash, "account_id": account_id, "purpose": purpose}
        self._connection.execute(insert(tokens), row | {"expires_at": expires_at, "detail": detail})

    def take(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        usable = _usable(token_hash, purpose, at)
        statement = update(tokens).where(usable).values(used_at=at)
        taken = self._connection.execute(statement.returning(tokens.c.account_id)).scalar()
        return None if taken is None else AccountId(taken)

    def owner_of(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        statement = select(tokens.c.account_id).where(_usable(token_hash, purpose, at))
        found = self._connection.execute(statement).scalar()
        return None if found is None else AccountId(found)

    def detail_of(self, token_hash: bytes, /) -> str:
        mine = tokens.c.token_hash == token_hash
        return self._connection.execute(select(tokens.c.detail).where(mine)).scalar() or ""

    def void(self, account_id: AccountId, /, *, purpose: TokenPurpose | None = None) -> None:
        issued = tokens.c.account_id == account_id
        if purpose is not None:
            issued &= tokens.c.purpose == purpose
        self._connection.execute(delete(tokens).where(issued & tokens.c.used_at.is_(None)))
