"""The driver's cursor, with a description that costs little."""

from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow

Described = tuple[str, int, None, None, None, None, None]


class BriefCursor(Cursor[TupleRow]):
    """SQLAlchemy asks for the description after every statement, reads of it names and types, and
    those only the first time. psycopg makes an object of each column for it, with the type's name,
    length and precision: for thirty columns that takes as long as reading the row."""

    @property
    def description(self) -> list[Described] | None:  # type: ignore[override]
        """As the DB API (PEP 249) has it, what it leaves optional left out."""
        found = self.pgresult
        if found is None or not found.nfields:
            return None
        return [_described(found, place) for place in range(found.nfields)]


def _described(found: Any, place: int) -> Described:
    name: bytes = found.fname(place)
    return name.decode(), found.ftype(place), None, None, None, None, None
