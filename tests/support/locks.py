"""In which order transactions lock rows, as PostgreSQL is asked for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

import attrs
from sqlalchemy import Connection, Engine, event

_LOCKING: Final = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b(?! SKIP)")
_OF: Final = re.compile(r"\bFOR (?:NO KEY )?UPDATE OF ([\w, ]+)")
_FROM: Final = re.compile(r"\bFROM (\w+)")
_UPDATE: Final = re.compile(r"^UPDATE (\w+)")


def locked_by(statement: str) -> tuple[str, ...]:
    """The tables whose rows a statement waits for, in its order. Rows that others have locked
    are not waited for where they are skipped, nor can rows be waited for that are new."""
    if " SKIP LOCKED" in statement:
        return ()
    if named := _OF.search(statement):
        return tuple(name.strip() for name in named[1].split(","))
    if _LOCKING.search(statement):
        found = _FROM.search(statement)
        assert found is not None, "a row is locked in some table"
        return (found[1],)
    if updated := _UPDATE.match(statement):
        return (updated[1],)
    return ()


@attrs.define
class Locks:
    """`after` says which tables were locked after each, in the same transaction."""

    after: dict[str, set[str]] = attrs.field(factory=dict)

    def note(self, held: list[str], table: str) -> None:
        for before in held:
            if before != table and table not in held:
                self.after.setdefault(before, set()).add(table)
        if table not in held:
            held.append(table)

    def cycle(self) -> list[str]:
        """Tables that were locked in both orders; empty when there is one order for all."""
        try:
            tuple(TopologicalSorter(self.after).static_order())
        except CycleError as error:
            found: list[str] = error.args[1]
            return found
        return []


@contextmanager
def watched(engine: Engine) -> Iterator[Locks]:
    locks, held = Locks(), dict[int, list[str]]()

    def before(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        for table in locked_by(" ".join(statement.split())):
            locks.note(held.setdefault(id(connection), []), table)

    def over(connection: Connection) -> None:
        held.pop(id(connection), None)

    heard = {"before_cursor_execute": before, "commit": over, "rollback": over, "begin": over}
    for name, listener in heard.items():
        event.listen(engine, name, listener)
    try:
        yield locks
    finally:
        for name, listener in heard.items():
            event.remove(engine, name, listener)
