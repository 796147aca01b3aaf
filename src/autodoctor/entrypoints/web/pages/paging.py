"""Pages of session lists, which grow at their head: each goes on from a cursor and knows the way
back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeVar
from urllib.parse import urlencode

import attrs

from autodoctor.entrypoints.web.parts import Pager

T = TypeVar("T")

FIRST: Final = "-"
SEPARATOR: Final = "~"
TRAIL_MAX: Final = 200


@attrs.frozen
class Place:
    """Where in a list one is: only what was made before `before`. `trail` are the cursors of
    the pages gone through to get here, the first page's being FIRST."""

    before: datetime | None = None
    trail: tuple[str, ...] = ()

    @property
    def cursor(self) -> str:
        return self.before.isoformat() if self.before else FIRST


def place_of(asked: Mapping[str, str]) -> Place:
    """From an address; what cannot be read is the beginning."""
    before = _instant(asked.get("before", ""))
    if before is None:
        return Place()
    trail = tuple(filter(None, asked.get("trail", "").split(SEPARATOR)))
    return Place(before, trail[-TRAIL_MAX:] or (FIRST,))


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def page_of(
    rows: tuple[T, ...],
    place: Place,
    *,
    most: int,
    path: str,
    keep: Mapping[str, str],
    last: datetime | None,
    what: tuple[str, str] = ("session", "sessions"),
) -> tuple[tuple[T, ...], Pager]:
    """`rows` are asked for with one more than `most`, which says whether more follow; `last`
    is when the last row shown was made; `keep` are the filters of the address, `what` one of
    the rows and several of them are called."""
    shown, number = rows[:most], len(place.trail)
    first = number * most + 1
    following = ""
    if len(rows) > most and last is not None:
        following = _url(path, keep, Place(last, (*place.trail, place.cursor)))
    previous = _url(path, keep, _back(place)) if place.trail else ""
    return shown, Pager(
        _text(first, len(shown), what, alone=not (previous or following)), previous, following
    )


def _text(first: int, count: int, what: tuple[str, str], *, alone: bool) -> str:
    """Sessions 21–40; on an only page how many there are."""
    if not count:
        return ""
    if alone:
        return f"1 {what[0]}" if count == 1 else f"{count} {what[1]}"
    return f"{what[1].capitalize()} {first}–{first + count - 1}"


def _back(place: Place) -> Place:
    return Place(_instant(place.trail[-1]), place.trail[:-1])


def _url(path: str, keep: Mapping[str, str], place: Place) -> str:
    told = {name: value for name, value in keep.items() if value}
    if place.before is not None:
        told |= {"before": place.cursor, "trail": SEPARATOR.join(place.trail)}
    return f"{path}?{urlencode(told)}" if told else path
