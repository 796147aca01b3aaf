"""Events and their way to the webhook: rows, so that killing the process loses none."""

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.settings import API_VERSION


def emit(
    books: Books,
    event_type: str,
    subject: Doc,
    *,
    previous: Doc | None = None,
    account: str | None = None,
) -> Doc:
    """Stores the event with the subject as it is now, and books its delivery.

    `previous` has the former values of what changed, for events named `….updated`.
    """
    data: Doc = {"object": subject}
    if previous is not None:
        data["previous_attributes"] = previous
    event = {
        "id": new_id("evt_1"),
        "object": "event",
        "api_version": API_VERSION,
        "created": books.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": books.request,
        "type": event_type,
    }
    if account is not None:
        event["account"] = account
    books.add(event)
    _book(books, event)
    return event


def _book(books: Books, event: Doc) -> None:
    rule = books.sql.execute(
        "UPDATE rules SET times_left = times_left - 1 WHERE id = ("
        " SELECT id FROM rules WHERE times_left > 0 AND (event_type IS NULL OR event_type = ?)"
        " ORDER BY id LIMIT 1) RETURNING effect, seconds",
        (event["type"],),
    ).fetchone()
    effect = rule["effect"] if rule else None
    delay = rule["seconds"] if rule and effect == "delay" else 0
    deliver(books, event["id"], delay_seconds=delay, state="lost" if effect == "lose" else "due")
    if effect == "twice":
        deliver(books, event["id"])


def deliver(books: Books, event_id: str, *, delay_seconds: float = 0, state: str = "due") -> None:
    """Books one more delivery, after all that are booked already."""
    books.sql.execute(
        "INSERT INTO deliveries (event_id, place, due_at, state) VALUES"
        " (?, (SELECT COALESCE(MAX(place), 0) + 1 FROM deliveries), ?, ?)",
        (event_id, books.at + delay_seconds, state),
    )
