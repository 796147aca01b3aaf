"""New payment intents and charges, with Stripe's fields."""

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.objects.cards import Card

INTENT = "payment_intent"
CHARGE = "charge"


def intent(books: Books, session: Doc) -> Doc:
    """For a checkout session, with what it said about its payment."""
    wanted = books.hidden(session["id"])["payment_intent_data"]
    return {
        "id": new_id("pi_3"),
        "object": INTENT,
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_received": 0,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "created": books.now,
        "currency": session["currency"],
        "customer": None,
        "description": wanted.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": wanted.get("metadata", {}),
        "next_action": None,
        "payment_method": None,
        "payment_method_types": ["card"],
        "receipt_email": session["customer_email"],
        "status": "requires_payment_method",
        "transfer_group": wanted.get("transfer_group"),
    }


def charge(books: Books, intent: Doc, card: Card) -> Doc:
    """A charge that went through."""
    return {
        "id": new_id("ch_3"),
        "object": CHARGE,
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"address": None, "email": intent["receipt_email"], "name": card.name},
        "captured": True,
        "created": books.now,
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": intent["metadata"],
        "payment_intent": intent["id"],
        "payment_method": new_id("pm_1"),
        "payment_method_details": {
            "type": "card",
            "card": {
                "brand": "visa",
                "exp_month": card.expiry_month,
                "exp_year": card.expiry_year,
                "last4": card.last4,
            },
        },
        "refunded": False,
        "transfer_group": intent["transfer_group"],
    }
