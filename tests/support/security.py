"""A place where things are done over HTTP from a known address, and what its security log says."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import attrs
import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.adapters.system.clock import RandomIds
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.second_factor import begin_app, confirm_app
from autodoctor.application.accounts.sign_in import Present, look, open_login, sign_in
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import REQUIRED, give
from autodoctor.domain.accounts.factor import Passkey
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import Ceremony
from autodoctor.ports.queries import Queries
from autodoctor.ports.security_log import SecurityEntry, SecurityFilter
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.ports import Town, town_on
from support.scenery import new_account
from support.web import web_over

PASSWORD: Final = "a fine old password"
ADDRESS: Final = "192.0.2.50"
AGENT: Final = "Mozilla/5.0 (tests)"


class PlainCeremonies:
    """Passkeys whose answer is the credential's id."""

    def enrol(self, account: Account, known: Iterable[Passkey], /) -> Ceremony:
        return Ceremony("{}", b"challenge")

    def enrolled(self, answer: str, /, *, challenge: bytes) -> tuple[bytes, bytes, int]:
        return answer.encode(), b"key", 0

    def ask(self, known: Iterable[Passkey], /) -> Ceremony:
        return Ceremony("{}", b"challenge")

    def credential_of(self, answer: str, /) -> bytes:
        return answer.encode()

    def answered(self, answer: str, /, *, passkey: Passkey, challenge: bytes) -> int:
        return passkey.sign_count + 1


@attrs.frozen
class World:
    """`act` does one request from ADDRESS; its entries are found by its request id."""

    town: Town
    app: Flask
    request_id: str = attrs.field(factory=lambda: uuid4().hex)

    @property
    def ports(self) -> Ports:
        return self.town.ports

    @property
    def kept(self) -> Transactions:
        return self.town.kept

    @property
    def provider(self) -> MemoryIdentityProviders:
        found = self.ports.providers
        assert isinstance(found, MemoryIdentityProviders)
        return found

    def anew(self) -> "World":
        """The same, for another request, in another minute: what a network may leave in one is
        bounded."""
        self.town.clock.advance(timedelta(minutes=1))
        return attrs.evolve(self, request_id=uuid4().hex)

    def person(self, role: Role = Role.CUSTOMER, **changes: Any) -> Account:
        """With a confirmed address and PASSWORD, who has agreed to what customers agree to."""
        password_hash, at = self.ports.passwords.hash(PASSWORD), self.ports.now()
        given = {"password_hash": password_hash, "verified_at": at, **changes}
        account = attrs.evolve(new_account(role), **given)
        with self.kept(SYSTEM) as tx:
            tx.accounts.add(account)
            tx.consents.add(give(account_id=account.id, kinds=REQUIRED, at=self.ports.now()))
        return account

    def token(self, account_id: UUID, role: Role) -> str:
        with self.kept(SYSTEM) as tx:
            account = tx.accounts.get(account_id)  # type: ignore[arg-type]
        return open_login(self.ports, account, role=role, address="", agent="").token

    def present(self, token: str) -> Present:
        """With that login, and having confirmed that it is them."""
        for _ in range(2):
            found = look(self.ports, token=token)
            assert found is not None, "the login is good"
            if found.login.confirmed_at is None:
                confirm(self.ports, present=found, password=PASSWORD)
        return found

    def half(self, account: Account, role: Role) -> str:
        """The token of a login that waits for the second factor."""
        return sign_in(
            self.ports,
            email=account.email.text,
            password=PASSWORD,
            role=role,
            address="",
            agent="",
        ).token

    def with_app(self, account: Account, role: Role) -> str:
        """Sets up an authenticator app; the code that it shows next."""
        who = self.present(self.token(account.id, role))
        app = self.new_app(who)
        confirm_app(self.ports, present=who, code=app.at(self.town.clock.now()))
        self.town.clock.advance(timedelta(seconds=30))
        return app.at(self.town.clock.now())

    def new_app(self, who: Present) -> pyotp.TOTP:
        """An authenticator app that shows codes and is not confirmed yet."""
        return pyotp.TOTP(begin_app(self.ports, present=who).secret.replace(" ", ""))

    def browser(self, token: str = "") -> FlaskClient:
        client = self.app.test_client()
        client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
        if token:
            client.set_cookie(COOKIE, token)
        return client

    def as_actor(self, actor: Actor) -> FlaskClient:
        return self.browser(self.token(actor.account_id, actor.role))

    def act(self, client: FlaskClient, method: str, path: str, **sent: Any) -> TestResponse:
        """The one request whose entries count; its answer is read to the end."""
        headers = {"X-Correlation-Id": self.request_id, **sent.pop("headers", {})}
        answer = client.open(path, method=method, headers=headers, **sent)
        answer.get_data()
        return answer

    def entries(self, **which: Any) -> tuple[SecurityEntry, ...]:
        with self.kept(SYSTEM) as tx:
            return tx.security.search(SecurityFilter(most=1000, **which))

    def entry(self, kind: SecurityKind) -> SecurityEntry:
        """The only one of its kind that the request left."""
        (found,) = self.entries(kind=kind, request_id=self.request_id)
        return found


def a_world(kept: Transactions, queries: Queries) -> World:
    town = town_on(
        kept,
        queries,
        ids=RandomIds(),
        ceremonies=PlainCeremonies(),
        providers=MemoryIdentityProviders(),
    )
    app = web_over(town.ports, links=SignedLinks("k" * 32), alone=True, debug_routes=True)
    app.config["WTF_CSRF_ENABLED"] = False
    return World(town, app)
