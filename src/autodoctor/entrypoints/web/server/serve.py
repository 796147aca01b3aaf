"""Serves pages and API with Granian: WSGI on threads. The application is imported by Granian's
workers alone: the process that watches them starts at once and stays small."""

from granian import Granian
from granian.constants import Interfaces

from autodoctor.entrypoints.settings import Settings


def serve(settings: Settings) -> None:
    Granian(
        "autodoctor.entrypoints.web.main:application",
        factory=True,
        address=settings.host,
        port=settings.ports.web,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        respawn_failed_workers=True,
        websockets=False,
        log_enabled=False,
    ).serve()
