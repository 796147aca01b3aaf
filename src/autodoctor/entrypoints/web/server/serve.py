"""Serves pages and API with Granian. The application is imported by Granian's workers alone: the
process that watches them starts at once and stays small."""

import resource
from typing import Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings

from autodoctor.entrypoints.settings import Settings, load
from autodoctor.entrypoints.web.server.bodies import Bodies
from autodoctor.entrypoints.web.server.gateway import Gateway

CONNECTIONS_MAX: Final = 20_000
"""For each worker: Granian's default of 1,024 lets idle connections keep everybody else out."""

HEADERS_MILLISECONDS_MAX: Final = 10_000
"""How long a connection may take over a request's headers, and may idle between two requests."""

WORKERS_END_SECONDS: Final = 5
"""For what is under way when the server is stopped."""


def serve(settings: Settings) -> None:
    _raise_open_files_limit()
    Granian(
        "autodoctor.entrypoints.web.server.serve:gateway",
        factory=True,
        address=settings.host,
        port=settings.ports.web,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        workers=settings.web_workers,
        backpressure=CONNECTIONS_MAX,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS_MAX),
        respawn_failed_workers=True,
        workers_kill_timeout=WORKERS_END_SECONDS,
        websockets=False,
        log_enabled=False,
    ).serve()


def gateway() -> Gateway:
    """What Granian calls in each of its workers."""
    from autodoctor.entrypoints.web.body_limits import limit_of
    from autodoctor.entrypoints.web.main import application

    settings, app = load(), application()
    return Gateway(
        app,
        bodies=Bodies(limit_of(app), trusted_proxies=settings.trusted_proxies),
        threads=settings.web_threads,
    )


def _raise_open_files_limit() -> None:
    """As far as the system lets us: each connection is an open file."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
