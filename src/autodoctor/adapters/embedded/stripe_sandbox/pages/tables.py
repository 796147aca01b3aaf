"""The tables of the overview: which objects, in which columns."""

from collections.abc import Callable

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.books import CARDS, PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.objects.payouts import BANKS
from autodoctor.adapters.embedded.stripe_sandbox.pages.rendering import instant, money

Column = tuple[str, Callable[[Doc], str]]


@attrs.frozen
class Kind:
    name: str
    title: str
    columns: tuple[Column, ...]


@attrs.frozen(kw_only=True)
class Row:
    id: str
    cells: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Table:
    kind: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@attrs.frozen(kw_only=True)
class Balance:
    holder: str
    amount: str


def _amount(field: str) -> Callable[[Doc], str]:
    return lambda body: money(body[field], body["currency"])


def _text(field: str) -> Callable[[Doc], str]:
    return lambda body: str(body[field] or "")


def _created(body: Doc) -> str:
    return instant(body["created"])


def _charge_state(body: Doc) -> str:
    if body["disputed"]:
        return "disputed"
    return "refunded" if body["refunded"] else str(body["status"])


def _reversed(body: Doc) -> str:
    return money(body["amount_reversed"], body["currency"]) if body["amount_reversed"] else ""


def _readiness(body: Doc) -> str:
    return "ready" if body["payouts_enabled"] else "not ready"


KINDS = (
    Kind(
        "checkout.session",
        "Checkouts",
        (
            ("Amount", _amount("amount_total")),
            ("Status", _text("status")),
            ("Payment", _text("payment_status")),
            ("Customer", _text("customer_email")),
            ("Created", _created),
        ),
    ),
    Kind(
        "charge",
        "Charges",
        (
            ("Amount", _amount("amount")),
            ("Refunded", _amount("amount_refunded")),
            ("Status", _charge_state),
            ("Created", _created),
        ),
    ),
    Kind(
        "refund",
        "Refunds",
        (
            ("Amount", _amount("amount")),
            ("Status", _text("status")),
            ("Charge", _text("charge")),
            ("Created", _created),
        ),
    ),
    Kind(
        "transfer",
        "Transfers",
        (
            ("Amount", _amount("amount")),
            ("Reversed", _reversed),
            ("Account", _text("destination")),
            ("Created", _created),
        ),
    ),
    Kind(
        "payout",
        "Payouts",
        (
            ("Amount", _amount("amount")),
            ("Status", _text("status")),
            ("Failure", _text("failure_code")),
            ("Created", _created),
        ),
    ),
    Kind(
        "account",
        "Connected accounts",
        (("Email", _text("email")), ("State", _readiness), ("Created", _created)),
    ),
    Kind(
        "dispute",
        "Disputes",
        (
            ("Amount", _amount("amount")),
            ("Status", _text("status")),
            ("Charge", _text("charge")),
            ("Created", _created),
        ),
    ),
)


def tables(books: Books, *, kind: str | None, rows_max: int) -> tuple[Table, ...]:
    """All kinds, or the one asked for; the newest rows first."""
    return tuple(
        _table(books, known, rows_max) for known in KINDS if kind is None or kind == known.name
    )


def _table(books: Books, kind: Kind, rows_max: int) -> Table:
    rows = tuple(
        Row(id=body["id"], cells=tuple(show(body) for _, show in kind.columns))
        for body in books.listed(kind.name, limit=rows_max)
    )
    heads = tuple(head for head, _ in kind.columns)
    return Table(kind=kind.name, title=kind.title, heads=heads, rows=rows)


def balances(books: Books) -> tuple[Balance, ...]:
    """What each holder has; together they are zero, because money only moves."""
    return tuple(
        Balance(holder=_holder(books, holder), amount=money(amount, currency))
        for holder in books.holders()
        for currency, amount in books.balance(holder).items()
    )


def _holder(books: Books, holder: str) -> str:
    if holder == PLATFORM:
        return "The platform"
    if holder == CARDS:
        return "Customers' cards"
    if holder == BANKS:
        return "Payees' banks"
    account = books.lookup(holder)
    return f"{account['email'] or ''} ({holder})" if account else holder
