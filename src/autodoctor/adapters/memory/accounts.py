"""People, consents, logins and one-time tokens in memory."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables, Token
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import EmailTaken, TokenPurpose


class MemoryAccounts(MemoryStore[Account]):
    kind = "account"

    def by_email(self, email: EmailAddress, /) -> Account | None:
        return next((each for each in self._rows.values() if each.email == email), None)

    def _check(self, thing: Account) -> None:
        if any(other.email == thing.email for other in self._others(thing)):
            raise EmailTaken()


@attrs.frozen
class MemoryConsents:
    _tables: Tables

    def add(self, given: Iterable[Consent], /) -> None:
        for each in given:
            self._tables.consents.setdefault((each.account_id, each.kind, each.version), each)

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
        if login.id in self._tables.logins:
            self._tables.logins[login.id] = login

    def end_all(self, account_id: AccountId, /, *, at: datetime) -> None:
        for key, login in tuple(self._tables.logins.items()):
            if login.account_id == account_id and login.ended_at is None:
                self._tables.logins[key] = attrs.evolve(login, ended_at=at)


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
    ) -> None:
        self._tables.tokens[token_hash] = Token(account_id, purpose, expires_at)

    def take(
        self, token_hash: bytes, /, *, purpose: TokenPurpose, at: datetime
    ) -> AccountId | None:
        token = self._tables.tokens.get(token_hash)
        if token is None or token.purpose != purpose or token.used_at or token.expires_at <= at:
            return None
        self._tables.tokens[token_hash] = attrs.evolve(token, used_at=at)
        return token.account_id
