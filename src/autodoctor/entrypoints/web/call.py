"""The request at hand: who calls, from where, and the ports that serve them."""

from collections.abc import Callable, Mapping
from typing import Final

import attrs
from flask import Request, current_app, g, request

from autodoctor.application.accounts.sign_in import Present, look
from autodoctor.application.corporate.by_key import hold_key
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import Forbidden, Refusal
from autodoctor.domain.shared.origin import Origin
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.ports.answers import Known
from autodoctor.ports.bundle import Ports
from autodoctor.ports.files import Links

COOKIE: Final = "autodoctor_login"
KEY_PATHS: Final = "/api/corporate/"
"""Where API keys count; to every other page and endpoint their holder is a visitor."""


class NotSignedIn(Refusal):
    """Log in first."""


@attrs.frozen
class LoginUnfinished(Forbidden):
    """Finish logging in first."""

    stage: Stage


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
    """One request. Whoever is half-way in is `present` and no actor: to every page and
    endpoint but those that lead on they are a visitor. `by_key` is who acts with an API key:
    nobody is present then."""

    web: Web
    token: str = attrs.field(default="", repr=False)
    address: str = ""
    agent: str = ""
    present: Present | None = None
    by_key: Actor | None = None

    @property
    def ports(self) -> Ports:
        return self.web.ports

    @property
    def actor(self) -> Actor | None:
        """None for visitors."""
        if self.by_key is not None:
            return self.by_key
        return self.present.actor if self._inside and self.present else None

    @property
    def account(self) -> Account | None:
        """None for visitors."""
        return self.present.account if self._inside and self.present else None

    @property
    def _inside(self) -> bool:
        return self.present is not None and self.present.login.complete

    @property
    def who(self) -> Actor:
        """The actor; raises NotSignedIn for visitors, LoginUnfinished half-way in."""
        return self.by_key or self.inside.actor

    @property
    def person(self) -> Account:
        """The account; raises as `who`."""
        return self.inside.account

    @property
    def inside(self) -> Present:
        """Actor, account and login; raises as `who`."""
        if self.entering.login.complete:
            return self.entering
        raise LoginUnfinished(self.entering.login.stage)

    @property
    def entering(self) -> Present:
        """Also whoever is half-way in; raises NotSignedIn for visitors."""
        if self.present is None:
            raise NotSignedIn()
        return self.present

    def setting_up(self, *stages: Stage) -> Present:
        """Somebody inside, or half-way in at one of `stages`; raises as `who`."""
        return self.entering if self.entering.login.stage in stages else self.inside


def web() -> Web:
    found: Web = current_app.extensions["autodoctor"]
    return found


def call() -> Call:
    """The call of this request; asks who it is once."""
    if "call" not in g:
        g.call = _of(request)
    found: Call = g.call
    return found


def perform_under(held: Known) -> None:
    """From here on whatever this request changes is performed under that key."""
    before = call()
    kept = before.ports.transactions.under(held)
    ports = attrs.evolve(before.ports, transactions=kept)
    g.call = attrs.evolve(before, web=attrs.evolve(before.web, ports=ports))


def as_visitor() -> None:
    """From here on this request is nobody's."""
    g.call = Call(web=web())


def _of(incoming: Request) -> Call:
    """Where keys count, one that is shown says who it is, whatever cookie comes with it."""
    address, agent = incoming.remote_addr or "", incoming.headers.get("User-Agent", "")[:300]
    here = _from(Origin.of(address=address, agent=agent, request_id=g.get("correlation_id", "")))
    bare = Call(web=here, address=address, agent=agent)
    key = _bearer(incoming)
    if key:
        return attrs.evolve(bare, by_key=hold_key(here.ports, key=key))
    token = incoming.cookies.get(COOKIE, "")
    return attrs.evolve(bare, token=token, present=look(here.ports, token=token) if token else None)


def _from(origin: Origin) -> Web:
    """What this request writes to the security log says where it came from."""
    here = web()
    return attrs.evolve(here, ports=here.ports.from_origin(origin))


def _bearer(incoming: Request) -> str:
    """RFC 6750, 2.1; empty where keys do not count."""
    shown = incoming.authorization
    if shown is None or shown.type != "bearer" or not incoming.path.startswith(KEY_PATHS):
        return ""
    return shown.token or ""
