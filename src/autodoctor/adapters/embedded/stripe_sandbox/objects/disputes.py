"""A customer's bank takes a charge back, and it is won or lost."""

from typing import Literal

from autodoctor.adapters.embedded.stripe_sandbox.books import CARDS, PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused

KIND = "dispute"
ANSWER_SECONDS = 7 * 24 * 60 * 60
Outcome = Literal["won", "lost"]


def open_for(books: Books, charge: Doc, amount: int | None = None) -> Doc:
    """Takes a part of the charge's money from the platform, or all that is left: a bank may
    dispute the rest of a charge later."""
    left = charge["amount"] - charge["amount_refunded"] - _disputed(books, charge)
    amount = left if amount is None else amount
    if not charge["paid"] or not 0 < amount <= left:
        raise refused(f"Charge {charge['id']} cannot be disputed.", param="charge")
    books.save(charge | {"disputed": True})
    charge["disputed"] = True
    dispute = books.add(_shape(books, charge, amount))
    _move(books, dispute, source=PLATFORM, target=CARDS)
    emit(books, "charge.dispute.created", dispute)
    emit(books, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def is_refundable(books: Books, charge: Doc) -> bool:
    """Unless a bank asks for its money back, or has got it. `charge.disputed` stays true even so.

    https://docs.stripe.com/api/disputes/object#dispute_object-is_charge_refundable"""
    disputes = books.listed(KIND, where={"charge": charge["id"]})
    return all(each["is_charge_refundable"] for each in disputes)


def _disputed(books: Books, charge: Doc) -> int:
    """What banks were given of it so far, won or not: nothing is disputed twice."""
    return sum(each["amount"] for each in books.listed(KIND, where={"charge": charge["id"]}))


def close(books: Books, dispute: Doc, outcome: Outcome) -> Doc:
    """Won gives the money back to the platform. Raises a 400 when it is closed already."""
    if dispute["status"] != "needs_response":
        raise refused(f"Dispute {dispute['id']} is already closed.")
    dispute |= {"status": outcome, "is_charge_refundable": outcome == "won"}
    books.save(dispute)
    emit(books, "charge.dispute.closed", dispute)
    if outcome == "won":
        _move(books, dispute, source=CARDS, target=PLATFORM)
        emit(books, "charge.dispute.funds_reinstated", dispute)
    return dispute


def _move(books: Books, dispute: Doc, *, source: str, target: str) -> None:
    books.move(
        source=source,
        target=target,
        amount=dispute["amount"],
        currency=dispute["currency"],
        cause=dispute["id"],
    )


def _shape(books: Books, charge: Doc, amount: int) -> Doc:
    return {
        "id": new_id("dp_1"),
        "object": KIND,
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": books.now,
        "currency": charge["currency"],
        "evidence": {},
        "evidence_details": {
            "due_by": books.now + ANSWER_SECONDS,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
    }
