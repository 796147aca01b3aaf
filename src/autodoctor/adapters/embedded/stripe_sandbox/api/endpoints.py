"""Every endpoint and its parameters, by Stripe's names."""

from autodoctor.adapters.embedded.stripe_sandbox.api.endpoint import (
    Call,
    Endpoint,
    listing,
    paged,
    retrieval,
    shape,
)
from autodoctor.adapters.embedded.stripe_sandbox.books import PLATFORM
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import unknown_object
from autodoctor.adapters.embedded.stripe_sandbox.objects import (
    accounts,
    checkouts,
    payouts,
    refunds,
    transfers,
)
from autodoctor.adapters.embedded.stripe_sandbox.params import (
    Choice,
    Flag,
    Many,
    Metadata,
    Shape,
    Text,
    Whole,
)

_URL = Text(5000)
_PRODUCT = Shape({"name": Text(), "description": Text(), "metadata": Metadata()}, ("name",))
_PRICE = Shape(
    {"currency": Text(3), "unit_amount": Whole(), "product_data": _PRODUCT},
    ("currency", "unit_amount", "product_data"),
)
_LINE_ITEM = Shape({"price_data": _PRICE, "quantity": Whole(1)}, ("price_data",))
_INTENT = Shape({"description": Text(), "metadata": Metadata(), "transfer_group": Text()})
_CHECKOUT = shape(
    "mode",
    "line_items",
    "success_url",
    mode=Choice(("payment",)),
    line_items=Many(_LINE_ITEM),
    success_url=_URL,
    cancel_url=_URL,
    client_reference_id=Text(200),
    customer_email=Text(800),
    expires_at=Whole(),
    locale=Text(10),
    metadata=Metadata(),
    payment_intent_data=_INTENT,
    payment_method_types=Many(Choice(("card",))),
    submit_type=Choice(("auto", "book", "donate", "pay")),
)
_REFUND = shape(
    amount=Whole(1),
    charge=Text(),
    payment_intent=Text(),
    metadata=Metadata(),
    reason=Choice(("duplicate", "fraudulent", "requested_by_customer")),
)
_TRANSFER = shape(
    "amount",
    "currency",
    "destination",
    amount=Whole(1),
    currency=Text(3),
    destination=Text(),
    description=Text(),
    metadata=Metadata(),
    source_transaction=Text(),
    transfer_group=Text(),
)
_REQUESTED = Shape({"requested": Flag()})
_ACCOUNT = shape(
    "type",
    type=Choice(("express",)),
    business_profile=Shape({"mcc": Text(4), "product_description": Text(), "url": Text()}),
    business_type=Choice(("company", "individual")),
    capabilities=Shape({"card_payments": _REQUESTED, "transfers": _REQUESTED}),
    country=Text(2),
    email=Text(800),
    metadata=Metadata(),
)
_ACCOUNT_LINK = shape(
    "account",
    "return_url",
    "refresh_url",
    "type",
    account=Text(),
    return_url=_URL,
    refresh_url=_URL,
    type=Choice(("account_onboarding",)),
)
_REVERSAL_PATH = "/v1/transfers/{id}/reversals"


def _create_checkout(call: Call) -> Doc:
    return checkouts.create(call.books, call.params, public_url=call.settings.public_url)


def _expire_checkout(call: Call) -> Doc:
    session = call.books.find(checkouts.KIND, call.path["id"])
    return checkouts.expire(call.books, session)


def _create_reversal(call: Call) -> Doc:
    transfer = call.books.find(transfers.KIND, call.path["id"])
    return transfers.reverse(call.books, transfer, call.params)


def _list_reversals(call: Call) -> Doc:
    transfer = call.books.find(transfers.KIND, call.path["id"])
    url = f"/v1/transfers/{transfer['id']}/reversals"
    return paged(call, transfers.REVERSAL, where={"transfer": transfer["id"]}, url=url)


def _payout(call: Call) -> Doc:
    """A payout is its account's: others, and the platform, do not find it."""
    found = call.books.find(payouts.KIND, call.path["id"])
    if payouts.account_of(call.books, found) != call.account:
        raise unknown_object(payouts.KIND, found["id"])
    return found


def _balance(call: Call) -> Doc:
    held = call.books.balance(call.account or PLATFORM) or {"cad": 0}
    available = [
        {"amount": amount, "currency": currency, "source_types": {"card": amount}}
        for currency, amount in held.items()
    ]
    pending = [{"amount": 0, "currency": currency} for currency in held]
    return {"object": "balance", "available": available, "livemode": False, "pending": pending}


ENDPOINTS = (
    Endpoint("POST", "/v1/checkout/sessions", _CHECKOUT, _create_checkout),
    Endpoint("POST", "/v1/checkout/sessions/{id}/expire", shape(), _expire_checkout),
    listing("checkout.session", "/v1/checkout/sessions", "payment_intent", "status"),
    retrieval("checkout.session", "/v1/checkout/sessions"),
    listing("payment_intent", "/v1/payment_intents"),
    retrieval("payment_intent", "/v1/payment_intents"),
    listing("charge", "/v1/charges", "payment_intent", "transfer_group"),
    retrieval("charge", "/v1/charges"),
    Endpoint("POST", "/v1/refunds", _REFUND, lambda call: refunds.create(call.books, call.params)),
    listing("refund", "/v1/refunds", "charge", "payment_intent"),
    retrieval("refund", "/v1/refunds"),
    Endpoint(
        "POST", "/v1/transfers", _TRANSFER, lambda call: transfers.create(call.books, call.params)
    ),
    listing("transfer", "/v1/transfers", "destination", "transfer_group"),
    retrieval("transfer", "/v1/transfers"),
    Endpoint("POST", _REVERSAL_PATH, shape(amount=Whole(1), metadata=Metadata()), _create_reversal),
    Endpoint(
        "GET",
        _REVERSAL_PATH,
        shape(limit=Whole(1), starting_after=Text(), ending_before=Text()),
        _list_reversals,
    ),
    listing("payout", "/v1/payouts", "status"),
    Endpoint("GET", "/v1/payouts/{id}", shape(), _payout),
    Endpoint(
        "POST", "/v1/accounts", _ACCOUNT, lambda call: accounts.create(call.books, call.params)
    ),
    listing("account", "/v1/accounts"),
    retrieval("account", "/v1/accounts"),
    Endpoint(
        "POST",
        "/v1/account_links",
        _ACCOUNT_LINK,
        lambda call: accounts.link(call.books, call.params, public_url=call.settings.public_url),
    ),
    listing("dispute", "/v1/disputes", "charge", "payment_intent"),
    retrieval("dispute", "/v1/disputes"),
    listing("event", "/v1/events", "type"),
    retrieval("event", "/v1/events"),
    Endpoint("GET", "/v1/balance", shape(), _balance),
)
