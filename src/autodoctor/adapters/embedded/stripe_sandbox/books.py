"""Objects and the money they moved, within one transaction."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import unknown_object

PLATFORM = "platform"
CARDS = "cards"
"""The holder of what customers paid: the counterpart that makes all movements sum to zero."""


class Books:
    """`at` is the transaction's one time, in seconds since the epoch."""

    def __init__(self, *, connection: sqlite3.Connection, at: float) -> None:
        self.sql = connection
        self.at = at
        self.now = int(at)
        self.request: Doc = {"id": None, "idempotency_key": None}

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Undoes what was done inside when it raises; the transaction goes on."""
        self.sql.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.sql.execute("ROLLBACK TO attempt")
            raise
        finally:
            self.sql.execute("RELEASE attempt")

    def add(self, body: Doc, *, hidden: Doc | None = None) -> Doc:
        self.sql.execute(
            "INSERT INTO objects (id, kind, body, hidden) VALUES (?, ?, ?, ?)",
            (body["id"], body["object"], json.dumps(body), json.dumps(hidden or {})),
        )
        return body

    def save(self, body: Doc) -> Doc:
        self.sql.execute("UPDATE objects SET body = ? WHERE id = ?", (json.dumps(body), body["id"]))
        return body

    def find(self, kind: str, object_id: str, *, param: str | None = None) -> Doc:
        """Raises Stripe's `resource_missing`, blaming `param` when one named the object."""
        body = self.lookup(object_id)
        if body is None or body["object"] != kind:
            raise unknown_object(kind, object_id, param=param)
        return body

    def lookup(self, object_id: str) -> Doc | None:
        row = self.sql.execute("SELECT body FROM objects WHERE id = ?", (object_id,)).fetchone()
        return _document(row["body"]) if row else None

    def hidden(self, object_id: str) -> Doc:
        row = self.sql.execute("SELECT hidden FROM objects WHERE id = ?", (object_id,)).fetchone()
        return _document(row["hidden"])

    def hide(self, object_id: str, hidden: Doc) -> None:
        self.sql.execute(
            "UPDATE objects SET hidden = ? WHERE id = ?", (json.dumps(hidden), object_id)
        )

    def listed(
        self,
        kind: str,
        *,
        where: Mapping[str, object] | None = None,
        limit: int = 100,
        after: str | None = None,
        before: str | None = None,
    ) -> list[Doc]:
        """The newest first. `where` names fields of the body; `after` and `before` are ids in
        the order of the list."""
        wanted = where or {}
        # The field names are ours, from the endpoints' own tables; values are bound.
        conditions = "".join(f" AND body ->> '{field}' = ?" for field in wanted)
        values: list[object] = [kind, *wanted.values()]
        if after:
            conditions += " AND seq < (SELECT seq FROM objects WHERE id = ?)"
            values.append(after)
        if before:
            conditions += " AND seq > (SELECT seq FROM objects WHERE id = ?)"
            values.append(before)
        order = "ASC" if before else "DESC"
        query = f"SELECT body FROM objects WHERE kind = ?{conditions} ORDER BY seq {order} LIMIT ?"  # noqa: S608
        rows = self.sql.execute(query, (*values, limit)).fetchall()
        bodies = [_document(row["body"]) for row in rows]
        return bodies[::-1] if before else bodies

    def move(self, *, source: str, target: str, amount: int, currency: str, cause: str) -> None:
        """Books `amount` from one holder to another, because of the object `cause`."""
        self.sql.executemany(
            "INSERT INTO movements (at, holder, object_id, amount, currency)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (self.now, source, cause, -amount, currency),
                (self.now, target, cause, amount, currency),
            ],
        )

    def balance(self, holder: str) -> dict[str, int]:
        """By currency; empty for a holder that never had any."""
        rows = self.sql.execute(
            "SELECT currency, SUM(amount) AS amount FROM movements WHERE holder = ?"
            " GROUP BY currency ORDER BY currency",
            (holder,),
        )
        return {row["currency"]: row["amount"] for row in rows}

    def holders(self) -> list[str]:
        rows = self.sql.execute("SELECT DISTINCT holder FROM movements ORDER BY holder")
        return [row["holder"] for row in rows]


def _document(text: str) -> Doc:
    document: Doc = json.loads(text)
    return document
