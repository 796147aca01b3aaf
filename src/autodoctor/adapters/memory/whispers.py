"""Whispers that tests can hear."""

import attrs

from autodoctor.ports.operations import Plain


@attrs.frozen
class Whispered:
    audience: str
    kind: str
    data: Plain


class MemoryWhispers:
    def __init__(self) -> None:
        self.heard: list[Whispered] = []

    def whisper(self, audience: str, kind: str, data: Plain, /) -> None:
        self.heard.append(Whispered(audience, kind, data))
