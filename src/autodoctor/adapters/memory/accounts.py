"""People, consents, logins and one-time tokens in memory."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables, Token
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, LoginId, OrganizationId, WorkshopId
from autodoctor.ports.accounts import EmailTaken, TokenPurpose


class MemoryAccounts(MemoryStore[Account]):
    kind = "account"

    def by_email(self, email: EmailAddress, /) -> Account | None:
        same = (each for each in self._rows.values() if each.email == email)
        return next((each for each in same if each.verified), None)

    def pending(self, email: EmailAddress, /, *, lock: bool = False) -> tuple[Account, ...]:
        same = (each for each in self._rows.values() if each.email == email and not each.verified)
        by_id = sorted(same, key=lambda each: each.id)
        newest = sorted(by_id, key=lambda each: each.created_at, reverse=True)
        return tuple(by_id if lock else newest)

    def pending_with(self, email: EmailAddress, password_hash: str, /) -> Account | None:
        waiting = self.pending(email)
        return next((each for each in waiting if each.password_hash == password_hash), None)

    def staff(self) -> tuple[AccountId, ...]:
        open_ones = (each for each in self._rows.values() if each.standing is Standing.ACTIVE)
        return tuple(sorted(each.id for each in open_ones if Role.ADMIN in each.roles))

    def of_workshop(self, workshop_id: WorkshopId, /) -> tuple[Account, ...]:
        staff = (each for each in self._rows.values() if each.workshop_id == workshop_id)
        return tuple(sorted(staff, key=_name))

    def of_organization(self, organization_id: OrganizationId, /) -> tuple[Account, ...]:
        own = (each for each in self._rows.values() if each.organization_id == organization_id)
        return tuple(sorted(own, key=_name))

    def _check(self, thing: Account) -> None:
        same = (other for other in self._others(thing) if other.email == thing.email)
        if thing.verified and any(other.verified for other in same):
            raise EmailTaken()


def _name(account: Account) -> tuple[str, AccountId]:
    return account.name, account.id


@attrs.frozen
class MemoryConsents:
    _tables: Tables

    def add(self, given: Iterable[Consent], /) -> None:
        for each in given:
            if not any(self._is_same(old, each) for old in self._tables.consents.values()):
                self._tables.consents[len(self._tables.consents)] = each

    def _is_same(self, old: Consent, new: Consent) -> bool:
        return old.in_force and attrs.evolve(old, given_at=new.given_at) == new

    def withdraw(self, account_id: AccountId, kind: ConsentKind, /, *, at: datetime) -> None:
        for key, each in self._tables.consents.items():
            if (each.account_id, each.kind, each.in_force) == (account_id, kind, True):
                self._tables.consents[key] = attrs.evolve(each, withdrawn_at=max(at, each.given_at))

    def of(self, account_id: AccountId, /) -> tuple[Consent, ...]:
        mine = (each for each in self._tables.consents.values() if each.account_id == account_id)
        return tuple(sorted(mine, key=lambda each: (each.kind, each.given_at)))


@attrs.frozen
class MemoryLogins:
    _tables: Tables

    def add(self, login: Login, /) -> None:
        self._tables.logins[login.id] = login

    def find(self, token_hash: bytes, /) -> tuple[Login, Account] | None:
        for login in self._tables.logins.values():
            if login.token_hash == token_hash:
                return login, self._tables.accounts[login.account_id]
        return None

    def save(self, login: Login, /) -> None:
        before = self._tables.logins.get(login.id)
        if before is not None:
            ended = before.ended_at or login.ended_at
            self._tables.logins[login.id] = attrs.evolve(login, ended_at=ended)

    def touch(self, login_id: LoginId, /, *, at: datetime) -> None:
        login = self._tables.logins[login_id]
        if login.ended_at is None:
            self._tables.logins[login_id] = attrs.evolve(login, seen_at=at)

    def latest(self, account_id: AccountId, /) -> Login | None:
        mine = [one for one in self._tables.logins.values() if one.account_id == account_id]
        return max(mine, key=lambda one: (one.created_at, one.id), default=None)

    def of(self, account_id: AccountId, /) -> tuple[Login, ...]:
        mine = self._open(account_id)
        return tuple(sorted(sorted(mine, key=lambda one: one.id), key=_used, reverse=True))

    def end_all(
        self, account_id: AccountId, /, *, at: datetime, but: LoginId | None = None
    ) -> None:
        for login in self._open(account_id):
            if login.id != but:
                self._tables.logins[login.id] = login.end(at=at)

    def take_challenge(self, login_id: LoginId, /) -> bytes | None:
        login = self._tables.logins[login_id]
        self._tables.logins[login_id] = attrs.evolve(login, challenge=None)
        return login.challenge

    def _open(self, account_id: AccountId) -> list[Login]:
        every = self._tables.logins.values()
        return [one for one in every if one.account_id == account_id and one.ended_at is None]


def _used(login: Login) -> datetime:
    return login.seen_at


@attrs.frozen
class MemoryTokens:
    _tables: Tables

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
        self._tables.tokens[token_hash] = Token(account_id, purpose, expires_at, detail=detail)

    def take(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        owner = self.owner_of(token_hash, purpose=purpose, at=at)
        if owner is not None:
            token = self._tables.tokens[token_hash]
            self._tables.tokens[token_hash] = attrs.evolve(token, used_at=at)
        return owner

    def owner_of(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        token = self._tables.tokens.get(token_hash)
        if token is None or token.purpose != purpose or token.used_at or token.expires_at <= at:
            return None
        return token.account_id

    def detail_of(self, token_hash: bytes, /) -> str:
        token = self._tables.tokens.get(token_hash)
        return "" if token is None else token.detail

    def void(self, account_id: AccountId, /, *, purpose: TokenPurpose | None = None) -> None:
        for key, token in tuple(self._tables.tokens.items()):
            issued = token.account_id == account_id and purpose in (None, token.purpose)
            if issued and token.used_at is None:
                del self._tables.tokens[key]
