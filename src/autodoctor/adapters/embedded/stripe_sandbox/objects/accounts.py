"""Connected accounts and the links by which their owners fill them in."""

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.events import emit

KIND = "account"
LINK = "account_link"
LINK_SECONDS = 300
ASKED = (
    "business_profile.url",
    "external_account",
    "individual.address.line1",
    "individual.dob.year",
    "individual.first_name",
    "tos_acceptance.date",
)
"""What a new account is asked for."""


def create(books: Books, params: Doc) -> Doc:
    account = {
        "id": new_id("acct_1", characters=15),
        "object": KIND,
        "business_profile": params.get("business_profile", {}),
        "business_type": params.get("business_type"),
        "controller": {"is_controller": True, "type": "application"},
        "country": params.get("country", "CA"),
        "created": books.now,
        "default_currency": "cad",
        "email": params.get("email"),
        "metadata": params.get("metadata", {}),
        "type": params["type"],
    }
    return books.add(account | _condition(ready=False))


def set_ready(books: Books, account: Doc, *, ready: bool) -> Doc:
    """Fills everything in, or asks for it again; says so when that changes anything."""
    condition = _condition(ready=ready)
    previous = {name: account[name] for name in condition if account[name] != condition[name]}
    if previous:
        account |= condition
        books.save(account)
        emit(books, "account.updated", account, previous=previous, account=account["id"])
    return account


def link(books: Books, params: Doc, *, public_url: str) -> Doc:
    """The link's secret id is known from its URL alone: the answer has none."""
    account = books.find(KIND, params["account"], param="account")
    link_id = new_id("alnk_1")
    shown = {
        "object": LINK,
        "created": books.now,
        "expires_at": books.now + LINK_SECONDS,
        "url": f"{public_url}/connect/onboard/{account['id']}?link={link_id}",
    }
    hidden = {
        "account": account["id"],
        "return_url": params["return_url"],
        "refresh_url": params["refresh_url"],
    }
    books.add(shown | {"id": link_id}, hidden=hidden)
    return shown


def _condition(*, ready: bool) -> Doc:
    due = [] if ready else list(ASKED)
    capability = "active" if ready else "inactive"
    return {
        "capabilities": {"card_payments": capability, "transfers": capability},
        "charges_enabled": ready,
        "details_submitted": ready,
        "payouts_enabled": ready,
        "requirements": {
            "alternatives": [],
            "current_deadline": None,
            "currently_due": due,
            "disabled_reason": None if ready else "requirements.past_due",
            "errors": [],
            "eventually_due": due,
            "past_due": due,
            "pending_verification": [],
        },
    }
