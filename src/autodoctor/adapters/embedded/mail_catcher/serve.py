"""The catching server."""

import asyncio
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from autodoctor.adapters.embedded.mail_catcher.caught import keep

NAME = "autodoctor mail catcher"


def serve(*, host: str, port: int, folder: Path) -> None:
    """Serves in this process until SIGTERM or SIGINT. Raises OSError when somebody listens
    there already."""
    asyncio.run(_serve(host, port, folder))


async def _serve(host: str, port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    catcher = Catcher(folder)

    def connection() -> SMTP:
        return SMTP(catcher, enable_SMTPUTF8=True, hostname="localhost", ident=NAME, loop=loop)

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with await loop.create_server(connection, host, port):
        await stopped.wait()


class Catcher:
    """Takes every mail for everybody. A mail is kept before its sender is told so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802 the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        return f"250 Caught as {keep(self._folder, content)}"
