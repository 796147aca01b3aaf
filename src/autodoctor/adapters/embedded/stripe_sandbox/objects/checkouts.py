"""Checkout sessions: open for a while, then complete or expired."""

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused

KIND = "checkout.session"
OPEN_SECONDS_MIN = 30 * 60
OPEN_SECONDS_MAX = 24 * 60 * 60
AMOUNT_MIN = 50
"""Stripe's least amount for dollars."""


def create(books: Books, params: Doc, *, public_url: str) -> Doc:
    expires_at = params.get("expires_at", books.now + OPEN_SECONDS_MAX)
    _check_expiry(books, expires_at)
    items = params["line_items"]
    total, currency = _total(items)
    session_id = new_id("cs_test_a1", characters=58)
    session = _shape(params) | {
        "id": session_id,
        "amount_subtotal": total,
        "amount_total": total,
        "currency": currency,
        "created": books.now,
        "expires_at": expires_at,
        "url": f"{public_url}/c/pay/{session_id}",
    }
    hidden = {
        "description": ", ".join(item["price_data"]["product_data"]["name"] for item in items),
        "payment_intent_data": params.get("payment_intent_data", {}),
    }
    return books.add(session, hidden=hidden)


def expire(books: Books, session: Doc) -> Doc:
    """Raises a 400 unless it is open."""
    if session["status"] != "open":
        raise refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    session |= {"status": "expired", "url": None}
    books.save(session)
    emit(books, "checkout.session.expired", session)
    return session


def expire_due(books: Books) -> int:
    """Expires all whose time has come, and counts them."""
    rows = books.sql.execute(
        "SELECT id FROM objects WHERE kind = ? AND body ->> 'status' = 'open'"
        " AND body ->> 'expires_at' <= ?",
        (KIND, books.now),
    ).fetchall()
    for row in rows:
        expire(books, books.find(KIND, row["id"]))
    return len(rows)


def complete(books: Books, session: Doc, *, name: str) -> None:
    """The customer has paid."""
    session |= {
        "status": "complete",
        "payment_status": "paid",
        "url": None,
        "customer_details": {
            "address": None,
            "email": session["customer_email"],
            "name": name,
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        },
    }
    books.save(session)
    emit(books, "checkout.session.completed", session)


def _check_expiry(books: Books, expires_at: int) -> None:
    left = expires_at - books.now
    if not OPEN_SECONDS_MIN <= left <= OPEN_SECONDS_MAX:
        raise refused(
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours"
            " from Checkout Session creation.",
            param="expires_at",
        )


def _total(items: list[Doc]) -> tuple[int, str]:
    if not items:
        raise refused("Missing required param: line_items.", code="parameter_missing")
    currencies = {item["price_data"]["currency"] for item in items}
    if len(currencies) > 1:
        raise refused("All line items must have the same currency.", param="line_items")
    total = sum(item["price_data"]["unit_amount"] * item.get("quantity", 1) for item in items)
    if total < AMOUNT_MIN:
        message = "The Checkout Session's total amount due must add up to at least $0.50."
        raise refused(message, code="amount_too_small")
    return total, currencies.pop()


def _shape(params: Doc) -> Doc:
    return {
        "object": KIND,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "customer": None,
        "customer_details": None,
        "customer_email": params.get("customer_email"),
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "mode": params["mode"],
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
    }
