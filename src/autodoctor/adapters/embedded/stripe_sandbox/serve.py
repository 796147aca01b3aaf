"""Starts the sandbox."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from autodoctor.adapters.embedded.stripe_sandbox.app import create
from autodoctor.adapters.embedded.stripe_sandbox.settings import RETRY_SECONDS, SandboxSettings


def serve(
    *,
    host: str,
    port: int,
    data_dir: Path,
    webhook_url: str,
    webhook_secret: str,
    api_key: str,
    public_url: str | None = None,
    retry_seconds: tuple[float, ...] = RETRY_SECONDS,
    clock: Callable[[], float] = time.time,
) -> None:
    """Serves in this process until SIGTERM or SIGINT. It may be killed at any moment.

    `public_url` is where browsers reach it, when that is not `http://host:port`; `clock` tells
    the seconds since 1970, as they are for whoever uses it.
    Raises `OSError` when somebody listens there already.
    """
    _require_free(host, port)
    settings = SandboxSettings(
        data_dir=data_dir,
        public_url=public_url or f"http://{host}:{port}",
        webhook_url=webhook_url,
        webhook_secret=webhook_secret,
        api_key=api_key,
        retry_seconds=retry_seconds,
        clock=clock,
    )
    asyncio.run(_serve(settings, host, port))


def _require_free(host: str, port: int) -> None:
    """The server shares its port with others that do, and would get half of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, port), family=family).close()


async def _serve(settings: SandboxSettings, host: str, port: int) -> None:
    # One process: no worker is left behind when this one is killed.
    server = Server(
        create(settings),
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
