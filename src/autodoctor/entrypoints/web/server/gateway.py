"""Runs a WSGI application behind Granian's RSGI (github.com/emmett-framework/granian, docs/spec).

Granian's own WSGI hands a request to a thread as soon as its headers are there, so a few dozen
bodies that never arrive occupy all threads. Here the event loop waits for the body, a thread runs
the application on a request that is complete, and Granian sends an answer that is complete.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from granian.rsgi import HTTPProtocol, Scope

from autodoctor.entrypoints.web.server.answer import Answer, run
from autodoctor.entrypoints.web.server.bodies import Bodies, Body
from autodoctor.entrypoints.web.server.environ import environ_of

OPENED_SECONDS_MAX: Final = 30.0
"""Within which Granian has opened a file that it is to send; nothing tells when it has."""


class Gateway:
    """`threads` requests are worked on at the same time; others wait their turn."""

    def __init__(
        self, app: Callable[..., Iterable[bytes]], *, bodies: Bodies, threads: int
    ) -> None:
        self._app = app
        self._bodies = bodies
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="web")

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        loop = asyncio.get_running_loop()
        async with self._bodies.arrived(scope, protocol) as body:
            answer = await loop.run_in_executor(self._threads, self._answer, scope, body)
        if answer.file is None:
            protocol.response_bytes(answer.status, answer.headers, answer.content)
            return
        path = f"/proc/self/fd/{answer.file.fileno()}"
        protocol.response_file(answer.status, answer.headers, path)
        loop.call_later(OPENED_SECONDS_MAX, answer.file.close)

    def _answer(self, scope: Scope, body: Body) -> Answer:
        environ: dict[str, Any] = environ_of(scope, body)
        return run(self._app, environ)
