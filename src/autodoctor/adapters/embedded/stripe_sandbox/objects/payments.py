"""Paying a checkout session by card: payment intents and charges."""

from autodoctor.adapters.embedded.stripe_sandbox.books import CARDS, PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused
from autodoctor.adapters.embedded.stripe_sandbox.objects import checkouts, disputes, payment_shapes
from autodoctor.adapters.embedded.stripe_sandbox.objects.cards import Behaviour, Card

KIND = payment_shapes.INTENT
CHARGE = payment_shapes.CHARGE
DECLINES = {
    Behaviour.DECLINED: ("card_declined", "generic_decline", "Your card was declined."),
    Behaviour.NO_FUNDS: (
        "card_declined",
        "insufficient_funds",
        "Your card has insufficient funds.",
    ),
}
NOT_AUTHENTICATED = (
    "payment_intent_authentication_failure",
    None,
    "We are unable to authenticate your payment method. Please try again or use another card.",
)


def pay(books: Books, session: Doc, card: Card, *, amount: int | None = None) -> Doc:
    """Tries the card for an open session; `amount` is another than the session asks for. The
    payment intent's status tells the outcome: succeeded, requires_action (authenticate next) or
    requires_payment_method (declined). Raises a 400 unless the session is open."""
    if session["status"] != "open":
        raise refused(f"This Checkout Session has a status of `{session['status']}`.")
    intent = _intent(books, session)
    if amount is not None:
        intent = books.save(intent | {"amount": amount})
    behaviour = card.behaviour
    if behaviour in DECLINES:
        return _fail(books, intent, card, DECLINES[behaviour])
    if behaviour is Behaviour.AUTHENTICATES:
        return _ask(books, intent, card)
    return _succeed(books, session, intent, card)


def authenticate(books: Books, session: Doc, *, passed: bool) -> Doc:
    """Ends the authentication that the intent waits for. Raises a 400 when none is awaited."""
    if session["status"] != "open" or not awaits_authentication(books, session):
        raise refused("This payment does not wait for authentication.")
    intent = books.find(KIND, session["payment_intent"])
    card = Card(**books.hidden(intent["id"])["card"])
    intent["next_action"] = None
    if passed:
        return _succeed(books, session, intent, card)
    return _fail(books, intent, card, NOT_AUTHENTICATED)


def awaits_authentication(books: Books, session: Doc) -> bool:
    if session["payment_intent"] is None:
        return False
    return bool(books.find(KIND, session["payment_intent"])["status"] == "requires_action")


def _intent(books: Books, session: Doc) -> Doc:
    """The session's payment intent, made at the first try."""
    if session["payment_intent"] is not None:
        return books.find(KIND, session["payment_intent"])
    intent = payment_shapes.intent(books, session)
    books.add(intent)
    books.save(session | {"payment_intent": intent["id"]})
    session["payment_intent"] = intent["id"]
    emit(books, "payment_intent.created", intent)
    return intent


def _succeed(books: Books, session: Doc, intent: Doc, card: Card) -> Doc:
    charge = books.add(
        payment_shapes.charge(books, intent, card) | {"paid": True, "status": "succeeded"},
        hidden={"behaviour": card.behaviour},
    )
    books.move(
        source=CARDS,
        target=PLATFORM,
        amount=charge["amount"],
        currency=charge["currency"],
        cause=charge["id"],
    )
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "status": "succeeded",
    }
    books.save(intent)
    emit(books, "charge.succeeded", charge)
    emit(books, "payment_intent.succeeded", intent)
    checkouts.complete(books, session, name=card.name)
    if card.behaviour is Behaviour.DISPUTED:
        disputes.open_for(books, charge)
    return intent


def _fail(books: Books, intent: Doc, card: Card, why: tuple[str, str | None, str]) -> Doc:
    code, decline_code, message = why
    failed = {
        "amount_captured": 0,
        "captured": False,
        "failure_code": code,
        "failure_message": message,
        "paid": False,
        "status": "failed",
    }
    charge = books.add(payment_shapes.charge(books, intent, card) | failed)
    error = {"type": "card_error", "code": code, "message": message, "charge": charge["id"]}
    if decline_code is not None:
        error["decline_code"] = decline_code
    intent |= {
        "last_payment_error": error,
        "latest_charge": charge["id"],
        "status": "requires_payment_method",
    }
    books.save(intent)
    emit(books, "charge.failed", charge)
    emit(books, "payment_intent.payment_failed", intent)
    return intent


def _ask(books: Books, intent: Doc, card: Card) -> Doc:
    intent |= {"next_action": {"type": "use_stripe_sdk"}, "status": "requires_action"}
    books.save(intent)
    books.hide(
        intent["id"],
        {
            "card": {
                "number": card.number,
                "expiry_month": card.expiry_month,
                "expiry_year": card.expiry_year,
                "name": card.name,
            }
        },
    )
    emit(books, "payment_intent.requires_action", intent)
    return intent
