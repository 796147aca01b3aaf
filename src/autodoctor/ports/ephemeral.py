"""What may be lost: typing, and who is connected right now."""

from typing import Protocol

from autodoctor.ports.operations import Plain


class Whispers(Protocol):
    """Told to open streams at once and kept nowhere."""

    def whisper(self, audience: str, kind: str, data: Plain, /) -> None:
        """Never raises: what is lost here is not missed."""
