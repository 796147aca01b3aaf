"""Pages by number: for lists that are searched, where people want to know how many there are."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.entrypoints.web.parts import Pager

SIZE: Final = 50
NUMBER_MAX: Final = 100_000


@attrs.frozen
class Turn:
    """Which page is looked at, from 1."""

    number: int = 1

    @property
    def skip(self) -> int:
        return (self.number - 1) * SIZE


def turn_of(asked: Mapping[str, str]) -> Turn:
    """From an address; what cannot be read is the first page."""
    text = asked.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return Turn(min(max(number, 1), NUMBER_MAX))


def pager(turn: Turn, *, shown: int, total: int, path: str, keep: Mapping[str, str]) -> Pager:
    """`keep` are the filters of the address."""
    previous = _url(path, keep, turn.number - 1) if turn.number > 1 else ""
    following = _url(path, keep, turn.number + 1) if turn.skip + shown < total else ""
    return Pager(_text(turn.skip, shown, total), previous, following)


def _text(skip: int, shown: int, total: int) -> str:
    return f"{skip + 1}–{skip + shown} of {total}" if shown else ""


def _url(path: str, keep: Mapping[str, str], number: int) -> str:
    told = {name: value for name, value in keep.items() if value}
    told |= {"page": str(number)} if number > 1 else {}
    return f"{path}?{urlencode(told)}" if told else path
