"""The whole web application over ports in memory, and people logged in to it."""

from copy import copy
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from autodoctor.application.accounts.sign_in import open_login
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.entrypoints.web.app import web_app
from autodoctor.entrypoints.web.assets import PlainAssets
from autodoctor.entrypoints.web.call import COOKIE, Web
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.ports.bundle import Ports
from autodoctor.ports.files import Links
from autodoctor.testing.ports import Town


def web_in(town: Town, *, links: Links | None = None, alone: bool = False, **config: Any) -> Flask:
    """Each call has an application of its own."""
    return web_over(town.ports, links=links, alone=alone, **config)


def web_over(
    ports: Ports, *, links: Links | None = None, alone: bool = False, **config: Any
) -> Flask:
    """What an application is built of is shared by all that are configured alike: hundreds of
    routes and templates, compiled once. What was counted before is forgotten. The guard of forms
    keeps the settings it was built with: whoever changes them needs an application `alone`."""
    settings = {"secret_key": "k" * 32, "public_url": "http://localhost", "rate_limits": False}
    chosen = WebConfig(**(settings | config))
    here = Web(ports=ports, links=links, config=chosen)  # type: ignore[arg-type]
    if alone or chosen.trusted_proxies:
        return web_app(here, PlainAssets())  # type: ignore[arg-type]
    app = copy(_built(chosen, ports.now().year))
    if chosen.rate_limits:
        app.extensions["autodoctor-limiter"].reset()
    app.config = copy(app.config)
    app.extensions = app.extensions | {"autodoctor": here}
    return app


@cache
def _built(config: WebConfig, year: int) -> Flask:
    nobody = SimpleNamespace(now=lambda: datetime(year, 7, 1, tzinfo=UTC))
    here = Web(ports=nobody, links=None, config=config)  # type: ignore[arg-type]
    return web_app(here, PlainAssets())  # type: ignore[arg-type]


def logged_in(app: Flask, town: Town, actor: Actor) -> FlaskClient:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    login = open_login(town.ports, account, role=actor.role, address="127.0.0.1", agent="tests")
    client = app.test_client()
    client.set_cookie(COOKIE, login.token)
    return client
