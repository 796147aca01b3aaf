"""Serves the streams in one process until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable

from granian.constants import Interfaces
from granian.server.embed import Server

from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.realtime.app import Streams

BACKPRESSURE = 20_000
"""Open streams at once: Granian's default would let them starve every other request."""


def serve(here: Installation) -> None:
    streams = Streams(
        ports=here.ports,
        database_url=here.database_url,
        redis_url=here.redis_url,
        web_port=here.settings.ports.web,
        trusted_proxies=here.settings.trusted_proxies,
        production=here.settings.production,
    )
    asyncio.run(_serve(streams, here))


async def _serve(streams: Streams, here: Installation) -> None:
    server = Server(
        streams.app(),
        address=here.settings.host,
        port=here.settings.ports.realtime,
        interface=Interfaces.ASGI,
        backpressure=BACKPRESSURE,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, streams, server.stop)
    await server.serve()


def _stop(streams: Streams, stop: Callable[[], None]) -> None:
    streams.end()
    stop()
