"""Refunds: never more, all together, than was charged."""

from autodoctor.adapters.embedded.stripe_sandbox.books import CARDS, PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault, refused
from autodoctor.adapters.embedded.stripe_sandbox.objects.cards import Behaviour
from autodoctor.adapters.embedded.stripe_sandbox.objects.disputes import is_refundable

KIND = "refund"


def create(books: Books, params: Doc) -> Doc:
    """The refund as the call answers. By the card, it may be pending, and succeed as soon as it
    was answered, or fail then; on other cards it succeeds."""
    charge = _charge(books, params)
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    _check(books, charge, amount=amount, left=left)
    behaviour = books.hidden(charge["id"]).get("behaviour")
    status = "pending" if behaviour == Behaviour.REFUND_SLOW else "succeeded"
    refund = books.add(_shape(books, charge, params, amount, status))
    books.move(
        source=PLATFORM,
        target=CARDS,
        amount=amount,
        currency=refund["currency"],
        cause=refund["id"],
    )
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    books.save(charge)
    emit(books, "refund.created", refund)
    emit(books, "charge.refunded", charge)
    if behaviour == Behaviour.REFUND_SLOW:
        succeed(books, dict(refund))
    if behaviour == Behaviour.REFUND_FAILS:
        fail(books, dict(refund))
    return refund


def succeed(books: Books, refund: Doc) -> Doc:
    """Raises a 400 unless it is pending."""
    if refund["status"] != "pending":
        raise _is_over(refund)
    books.save(refund | {"status": "succeeded"})
    refund["status"] = "succeeded"
    _updated(books, refund, previous={"status": "pending"})
    return refund


def fail(books: Books, refund: Doc, reason: str = "lost_or_stolen_card") -> Doc:
    """The customer's bank sends the refund back. Raises a 400 for one that failed already."""
    if refund["status"] not in {"pending", "succeeded"}:
        raise _is_over(refund)
    previous = {"status": refund["status"]}
    refund |= {"status": "failed", "failure_reason": reason}
    books.save(refund)
    books.move(
        source=CARDS,
        target=PLATFORM,
        amount=refund["amount"],
        currency=refund["currency"],
        cause=refund["id"],
    )
    charge = books.find("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    books.save(charge)
    _updated(books, refund, previous=previous)
    emit(books, "refund.failed", refund)
    return refund


def _updated(books: Books, refund: Doc, *, previous: Doc) -> None:
    emit(books, "refund.updated", refund, previous=previous)
    emit(books, "charge.refund.updated", refund, previous=previous)


def _is_over(refund: Doc) -> StripeFault:
    return refused(f"Refund {refund['id']} has a status of `{refund['status']}`.")


def _charge(books: Books, params: Doc) -> Doc:
    if "charge" in params:
        return books.find("charge", params["charge"], param="charge")
    if "payment_intent" not in params:
        message = "One of the following params should be provided for this request: "
        raise refused(message + "payment_intent or charge.", code="parameter_missing")
    intent = books.find("payment_intent", params["payment_intent"], param="payment_intent")
    if intent["status"] != "succeeded":
        raise refused("This PaymentIntent does not have a successful charge to refund.")
    return books.find("charge", intent["latest_charge"])


def _check(books: Books, charge: Doc, *, amount: int, left: int) -> None:
    if not charge["paid"]:
        raise refused(f"Charge {charge['id']} was not successful and cannot be refunded.")
    if not is_refundable(books, charge):
        raise refused(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    if left == 0:
        raise refused(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if amount > left:
        raise refused(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
        )


def _shape(books: Books, charge: Doc, params: Doc, amount: int, status: str) -> Doc:
    return {
        "id": new_id("re_3"),
        "object": KIND,
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": books.now,
        "currency": charge["currency"],
        "metadata": params.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
    }
