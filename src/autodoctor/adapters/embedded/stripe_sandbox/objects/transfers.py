"""Transfers to connected accounts, and their reversals."""

from autodoctor.adapters.embedded.stripe_sandbox.books import PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id, page_of
from autodoctor.adapters.embedded.stripe_sandbox.events import emit
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused

KIND = "transfer"
REVERSAL = "transfer_reversal"


def create(books: Books, params: Doc) -> Doc:
    account = books.find("account", params["destination"], param="destination")
    if account["capabilities"]["transfers"] != "active":
        raise refused(
            "Your destination account needs to have at least one of the following capabilities"
            " enabled: transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    if "source_transaction" in params:
        _check_source(books, params)
    else:
        _check_balance(books, params)
    transfer = books.add(_shape(books, params))
    books.move(
        source=PLATFORM,
        target=account["id"],
        amount=transfer["amount"],
        currency=transfer["currency"],
        cause=transfer["id"],
    )
    emit(books, "transfer.created", transfer)
    return transfer


def reverse(books: Books, transfer: Doc, params: Doc) -> Doc:
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = params.get("amount", left)
    if amount > left or left == 0:
        raise refused(
            f"Transfer reversal amount ({amount}) is greater than unreversed amount on"
            f" transfer ({left})",
            param="amount",
        )
    if books.balance(transfer["destination"]).get(transfer["currency"], 0) < amount:
        message = "The connected account has insufficient funds for this transfer reversal."
        raise refused(message, code="balance_insufficient")
    reversal = books.add(_reversal_shape(books, transfer, params, amount))
    books.move(
        source=transfer["destination"],
        target=PLATFORM,
        amount=amount,
        currency=transfer["currency"],
        cause=reversal["id"],
    )
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    transfer["reversals"]["total_count"] += 1
    books.save(transfer)
    emit(books, "transfer.reversed", transfer)
    return reversal


def _check_source(books: Books, params: Doc) -> None:
    """All transfers from a charge, less what came back, stay within the charge."""
    source = params["source_transaction"]
    charge = books.find("charge", source, param="source_transaction")
    if not charge["paid"] or charge["currency"] != params["currency"]:
        message = "The source transaction must be a successful charge in the same currency."
        raise refused(message, param="source_transaction")
    row = books.sql.execute(
        "SELECT COALESCE(SUM(body ->> 'amount' - body ->> 'amount_reversed'), 0) AS amount"
        " FROM objects WHERE kind = 'transfer' AND body ->> 'source_transaction' = ?",
        (source,),
    ).fetchone()
    if row["amount"] + params["amount"] > charge["amount"]:
        raise refused(
            "Transfers using this transaction as a source must not exceed the source amount of"
            f" {charge['amount']}. (There are already transfers of {row['amount']}.)",
            param="amount",
        )


def _check_balance(books: Books, params: Doc) -> None:
    if books.balance(PLATFORM).get(params["currency"], 0) < params["amount"]:
        message = "You have insufficient available funds in your Stripe account."
        raise refused(message, code="balance_insufficient")


def _shape(books: Books, params: Doc) -> Doc:
    transfer_id = new_id("tr_1")
    reversals = page_of([], url=f"/v1/transfers/{transfer_id}/reversals") | {"total_count": 0}
    return {
        "id": transfer_id,
        "object": KIND,
        "amount": params["amount"],
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": books.now,
        "currency": params["currency"],
        "description": params.get("description"),
        "destination": params["destination"],
        "destination_payment": new_id("py_1"),
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "reversals": reversals,
        "reversed": False,
        "source_transaction": params.get("source_transaction"),
        "source_type": "card",
        "transfer_group": params.get("transfer_group") or _group_of_source(books, params),
    }


def _group_of_source(books: Books, params: Doc) -> str | None:
    """A transfer from a charge joins the charge's group unless it names another."""
    if "source_transaction" not in params:
        return None
    group: str | None = books.find("charge", params["source_transaction"])["transfer_group"]
    return group


def _reversal_shape(books: Books, transfer: Doc, params: Doc, amount: int) -> Doc:
    return {
        "id": new_id("trr_1"),
        "object": REVERSAL,
        "amount": amount,
        "balance_transaction": None,
        "created": books.now,
        "currency": transfer["currency"],
        "destination_payment_refund": new_id("pyr_1"),
        "metadata": params.get("metadata", {}),
        "source_refund": None,
        "transfer": transfer["id"],
    }
