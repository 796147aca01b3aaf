"""Payouts: a connected account's money on its way to its owner's bank."""

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused

KIND = "payout"
BANKS = "banks"
"""The holder of what left for the accounts' own banks."""
ARRIVAL_SECONDS = 2 * 24 * 60 * 60
MESSAGES = {
    "account_closed": "The bank account has been closed.",
    "account_frozen": "The bank account has been frozen.",
    "no_account": "The bank account could not be located.",
}


def create(books: Books, account: Doc, amount: int | None) -> Doc:
    """All that the account has, unless told otherwise; it is pending."""
    currency = account["default_currency"]
    balance = books.balance(account["id"]).get(currency, 0)
    wanted = balance if amount is None else amount
    if not 0 < wanted <= balance:
        message = "You have insufficient funds in your Stripe account for this transfer."
        raise refused(message, code="balance_insufficient", param="amount")
    payout = books.add(_shape(books, wanted, currency), hidden={"account": account["id"]})
    _move(books, payout, source=account["id"], target=BANKS)
    emit(books, "payout.created", payout, account=account["id"])
    return payout


def pay(books: Books, payout: Doc) -> Doc:
    """It arrives. Raises a 400 unless it is pending."""
    if payout["status"] != "pending":
        raise refused(f"Payout {payout['id']} has a status of `{payout['status']}`.")
    payout["status"] = "paid"
    return _told(books, payout, "payout.paid", previous="pending")


def fail(books: Books, payout: Doc, code: str) -> Doc:
    """The bank sends it back, even after it was paid. Raises a 400 for one that failed."""
    before = payout["status"]
    if before == "failed":
        raise refused(f"Payout {payout['id']} has a status of `failed`.")
    payout |= {
        "status": "failed",
        "failure_code": code,
        "failure_message": MESSAGES.get(code, "The bank could not process this payout."),
    }
    _move(books, payout, source=BANKS, target=books.hidden(payout["id"])["account"])
    return _told(books, payout, "payout.failed", previous=before)


def account_of(books: Books, payout: Doc) -> str:
    account: str = books.hidden(payout["id"])["account"]
    return account


def _told(books: Books, payout: Doc, event_type: str, *, previous: str) -> Doc:
    books.save(payout)
    account = account_of(books, payout)
    emit(books, "payout.updated", payout, previous={"status": previous}, account=account)
    emit(books, event_type, payout, account=account)
    return payout


def _move(books: Books, payout: Doc, *, source: str, target: str) -> None:
    books.move(
        source=source,
        target=target,
        amount=payout["amount"],
        currency=payout["currency"],
        cause=payout["id"],
    )


def _shape(books: Books, amount: int, currency: str) -> Doc:
    return {
        "id": new_id("po_1"),
        "object": KIND,
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": books.now + ARRIVAL_SECONDS,
        "automatic": True,
        "balance_transaction": None,
        "created": books.now,
        "currency": currency,
        "description": "STRIPE PAYOUT",
        "destination": new_id("ba_1"),
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "pending",
        "trace_id": None,
        "type": "bank_account",
    }
