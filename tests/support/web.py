"""The whole web application over ports in memory, and people logged in to it."""

from copy import copy
from datetime import datetime
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
from autodoctor.ports.files import Links
from autodoctor.testing.ports import Town


def web_in(town: Town, *, links: Links | None = None, **config: Any) -> Flask:
    """Each call has an application of its own. What it is built of is shared by all that are
    configured alike: hundreds of routes and templates, compiled once."""
    settings = {"rate_limits": False} | config
    here = Web(
        ports=town.ports,
        links=links,  # type: ignore[arg-type]
        config=WebConfig(secret_key="k" * 32, public_url="http://localhost", **settings),
    )
    if here.config.rate_limits or here.config.trusted_proxies:
        return web_app(here, PlainAssets())  # type: ignore[arg-type] - keeps what it counts
    app = copy(_built(here.config, town.ports.now()))
    app.config = copy(app.config)
    app.extensions = app.extensions | {"autodoctor": here}
    return app


@cache
def _built(config: WebConfig, at: datetime) -> Flask:
    nobody = SimpleNamespace(now=lambda: at)
    here = Web(ports=nobody, links=None, config=config)  # type: ignore[arg-type]
    return web_app(here, PlainAssets())  # type: ignore[arg-type]


def logged_in(app: Flask, town: Town, actor: Actor) -> FlaskClient:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    login = open_login(town.ports, account, role=actor.role, address="127.0.0.1", agent="tests")
    client = app.test_client()
    client.set_cookie(COOKIE, login.token)
    return client
