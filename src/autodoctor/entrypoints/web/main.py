"""The web application of one process, put together from its settings."""

import gc

from flask import Flask

from autodoctor.entrypoints import logs
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.settings import load
from autodoctor.entrypoints.web.app import web_app
from autodoctor.entrypoints.web.assets import BuiltAssets
from autodoctor.entrypoints.web.call import Web
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.entrypoints.web.probes import probes


def application() -> Flask:
    """The WSGI application of this process; Granian calls it in each of its workers."""
    settings = load()
    logs.configure(settings)
    here = Installation(settings, connections=settings.web_threads + 2)
    app = built(here)
    _settle()
    return app


def _settle() -> None:
    """What is there now stays: no request has to wait until it has been searched for garbage."""
    gc.collect()
    gc.freeze()


def built(here: Installation) -> Flask:
    parts = Web(ports=here.ports, links=here.links, config=_config(here), probes=probes(here))
    assets = BuiltAssets.read(base_url="/static/build/")
    return web_app(parts, assets)


def _config(here: Installation) -> WebConfig:
    settings = here.settings
    own_mail = bool(settings.smtp_url.get_secret_value())
    return WebConfig(
        secret_key=here.secret_key,
        old_secret_keys=here.old_secret_keys,
        public_url=settings.public_address,
        realtime_url=settings.realtime_url,
        realtime_port=None if settings.realtime_url else settings.ports.realtime,
        redis_url=here.redis_url,
        cron_secret=here.cron_secret,
        production=settings.production,
        rate_limits=settings.rate_limits,
        trusted_proxies=settings.trusted_proxies,
        mailbox="" if settings.production or own_mail else str(here.embedded.mailbox),
        sandbox_url="" if settings.production else here.embedded.sandbox_url,
        clock_file=str(here.embedded.clock_file) if settings.development_clock else "",
        debug_routes=settings.debug_routes,
    )
