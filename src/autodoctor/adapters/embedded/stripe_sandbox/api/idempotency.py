"""`Idempotency-Key`: the same key and parameters get the same answer, for a day."""

import json
from hashlib import sha256

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault

KEPT_SECONDS = 24 * 60 * 60

KEY_IN_USE = StripeFault(
    409,
    "There is currently another in-progress request using this Idempotent Key.",
    type="idempotency_error",
    code="idempotency_key_in_use",
)
_OTHER_PARAMETERS = StripeFault(
    400,
    "Keys for idempotent requests can only be used with the same parameters they were first"
    " used with. Try using a different key.",
    type="idempotency_error",
)


@attrs.frozen
class Answer:
    status: int
    body: Doc
    replayed: bool = False


def fingerprint(*, path: str, form: Doc) -> str:
    return sha256(json.dumps([path, form], sort_keys=True).encode()).hexdigest()


def earlier(books: Books, key: str, *, fingerprint: str) -> Answer | None:
    """What was answered to the key; raises a 400 when the request was another one."""
    books.sql.execute("DELETE FROM answers WHERE at <= ?", (books.now - KEPT_SECONDS,))
    row = books.sql.execute(
        "SELECT fingerprint, status, body FROM answers WHERE idempotency_key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != fingerprint:
        raise _OTHER_PARAMETERS
    return Answer(row["status"], json.loads(row["body"]), replayed=True)


def keep(books: Books, key: str, answer: Answer, *, fingerprint: str) -> None:
    books.sql.execute(
        "INSERT INTO answers (idempotency_key, fingerprint, status, body, at)"
        " VALUES (?, ?, ?, ?, ?)",
        (key, fingerprint, answer.status, json.dumps(answer.body), books.now),
    )


def forget_all(books: Books) -> None:
    """As if a day had passed."""
    books.sql.execute("DELETE FROM answers")
