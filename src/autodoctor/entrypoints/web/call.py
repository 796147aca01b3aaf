"""The request at hand: who calls, from where, and the ports that serve them."""

from collections.abc import Callable, Mapping
from typing import Final

import attrs
from flask import Request, current_app, g, request

from autodoctor.application.accounts.sign_in import authenticate
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.ports.bundle import Ports
from autodoctor.ports.files import Links

COOKIE: Final = "autodoctor_login"


class NotSignedIn(Refusal):
    """Log in first."""


@attrs.frozen
class Web:
    """What the application carries: kept under `extensions["autodoctor"]`. `probes` say of
    each part whether it answers."""

    ports: Ports
    links: Links
    config: WebConfig
    probes: Mapping[str, Callable[[], bool]] = attrs.field(factory=dict)

    @property
    def plan_catalogue(self) -> "Catalogue":
        return Catalogue(self.ports)


@attrs.frozen
class Catalogue:
    """The plans on offer, for pages."""

    _ports: Ports

    def listed(self) -> tuple[Plan, ...]:
        with self._ports.transactions(SYSTEM) as tx:
            return tx.plans.listed()


@attrs.frozen
class Call:
    """One request. `actor` and `account` are None for visitors."""

    web: Web
    actor: Actor | None
    account: Account | None
    token: str
    address: str
    agent: str

    @property
    def ports(self) -> Ports:
        return self.web.ports

    @property
    def who(self) -> Actor:
        """The actor; raises NotSignedIn for visitors."""
        if self.actor is None:
            raise NotSignedIn()
        return self.actor

    @property
    def person(self) -> Account:
        """The account; raises NotSignedIn for visitors."""
        if self.account is None:
            raise NotSignedIn()
        return self.account


def web() -> Web:
    found: Web = current_app.extensions["autodoctor"]
    return found


def call() -> Call:
    """The call of this request; asks who it is once."""
    if "call" not in g:
        g.call = _of(request)
    found: Call = g.call
    return found


def as_visitor() -> None:
    """From here on this request is nobody's."""
    g.call = Call(web=web(), actor=None, account=None, token="", address="", agent="")


def _of(incoming: Request) -> Call:
    here = web()
    token = incoming.cookies.get(COOKIE, "")
    found = authenticate(here.ports, token=token) if token else None
    actor, account = found or (None, None)
    return Call(
        web=here,
        actor=actor,
        account=account,
        token=token,
        address=incoming.remote_addr or "",
        agent=incoming.headers.get("User-Agent", "")[:300],
    )
