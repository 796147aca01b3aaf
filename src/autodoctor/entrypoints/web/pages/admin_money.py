"""The money of a session for staff: what was paid and moved, and the ledger's own entries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from autodoctor.application.sessions.dossier import Dossier
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.ledger import Entry, EntryKind, Posting
from autodoctor.domain.revenue.movements import Movement, MovementStatus
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table
from autodoctor.entrypoints.web.views import Tone

ACCOUNTS: Final = {
    AccountKind.PROCESSOR: ("Payment provider", "cash there, before its own fees"),
    AccountKind.HELD: ("Held for customers", "paid, and not earned yet"),
    AccountKind.PLATFORM: ("Platform", "our revenue"),
    AccountKind.MECHANIC: ("Mechanics", "owed to them"),
    AccountKind.WORKSHOP: ("Workshops", "owed to them"),
    AccountKind.OWED: ("Owed to customers", "refunds that failed"),
    AccountKind.BANK: ("Our bank account", "paid past the provider"),
    AccountKind.DISPUTED: ("Disputed", "taken by banks until they decide"),
    AccountKind.LOSSES: ("Losses", "lost in disputes"),
}
ENTRIES: Final = {
    EntryKind.CHARGE: "The customer paid",
    EntryKind.SPLIT: "Earned, and shared",
    EntryKind.RELEASE: "Kept after a cancellation, and shared",
    EntryKind.TRANSFER: "Paid out",
    EntryKind.REVERSAL: "A payout taken back",
    EntryKind.REVERSAL_FAILED: "A payout that could not be taken back",
    EntryKind.REFUND: "Given back to the customer",
    EntryKind.REFUND_FAILED: "A refund that was not made",
    EntryKind.SETTLEMENT: "Paid past the provider",
    EntryKind.DISPUTE_OPENED: "Taken by the customer's bank",
    EntryKind.DISPUTE_WON: "Returned by the bank",
    EntryKind.DISPUTE_LOST: "Lost to the bank",
}
MOVED: Final = {
    MovementStatus.HELD: ("Held back", Tone.WARN),
    MovementStatus.DUE: ("Waiting to be sent", Tone.INFO),
    MovementStatus.PENDING: ("On its way", Tone.INFO),
    MovementStatus.FAILED: ("Failed", Tone.BAD),
    MovementStatus.DONE: ("Done", Tone.OK),
    MovementStatus.VOID: ("Not made", Tone.NEUTRAL),
}
PAID: Final = {
    CheckoutStatus.OPEN: ("Not paid yet", Tone.INFO),
    CheckoutStatus.PAID: ("Paid", Tone.OK),
    CheckoutStatus.FULFILLED: ("Paid", Tone.OK),
    CheckoutStatus.RETURNED: ("Paid, and going back", Tone.WARN),
    CheckoutStatus.EXPIRED: ("Never paid", Tone.NEUTRAL),
}
NOTHING: Final = "–"
Row = tuple[Cell, ...]


def payment_table(found: Dossier, when: When) -> Table:
    """The payment, then what went back, was paid out, was taken back."""
    moved: list[tuple[str, Movement]] = [("Refund", each) for each in found.refunds]
    moved += [(f"Payout, {each.account}", each) for each in found.transfers]
    moved += [("Payout taken back", each) for each in found.reversals]
    return Table(
        caption="Payments",
        columns=(Column("What"), Column("Amount", numeric=True), Column("State"), Column("Done")),
        rows=(*_payment(found, when), *(_moved(what, each, when) for what, each in moved)),
        empty="A free session: no money moved.",
    )


def _payment(found: Dossier, when: When) -> Iterable[Row]:
    checkout = found.checkout
    if checkout is not None:
        state, tone = PAID[checkout.status]
        amount = Cell(money_text(checkout.price))
        yield Cell("Payment"), amount, Cell(state, tone=tone), _at(checkout.paid_at, when)


def _moved(what: str, movement: Movement, when: When) -> Row:
    state, tone = MOVED[movement.status]
    amount = Cell(money_text(movement.amount))
    told = Cell(state, tone=tone, note=failure_text(movement.failure))
    return Cell(what), amount, told, _at(movement.done_at, when)


def failure_text(failure: str) -> str:
    """The provider's word for it, as people write it."""
    return failure.replace("_", " ")


def _at(at: datetime | None, when: When) -> Cell:
    return Cell(when.moment(at) if at else NOTHING)


_LEDGER: Final = (
    Column("Entry"),
    Column("Account"),
    Column("Debit", numeric=True),
    Column("Credit", numeric=True),
)


def ledger_table(entries: tuple[Entry, ...], when: When) -> Table:
    """A row for each posting."""
    rows = [_posting(entry, posting, when) for entry in entries for posting in entry.postings]
    return Table("Ledger", _LEDGER, tuple(rows), "Nothing was posted for this session.")


def _posting(entry: Entry, posting: Posting, when: When) -> Row:
    named = Cell(ENTRIES[entry.kind], note=when.moment(entry.at))
    return named, Cell(ACCOUNTS[posting.account.kind][0]), *_sides(posting.amount)


def _sides(amount: Money) -> tuple[Cell, Cell]:
    debit = money_text(amount) if amount.minor > 0 else NOTHING
    credit = money_text(-amount) if amount.minor < 0 else NOTHING
    return Cell(debit), Cell(credit)


def balance_table(balances: tuple[tuple[str, Money], ...]) -> Table:
    """Every kind of account, and the sum, which is zero in each currency."""
    rows = [_balance(AccountKind(kind), amount) for kind, amount in balances if amount]
    totals = [_total(currency, balances) for currency in _currencies(balances)]
    empty = "Nothing was posted yet."
    return Table("Trial balance", _LEDGER[1:], (*rows, *totals) if rows else (), empty)


def _balance(kind: AccountKind, amount: Money) -> Row:
    name, note = ACCOUNTS[kind]
    return Cell(name, note=note), *_sides(amount)


def _currencies(balances: tuple[tuple[str, Money], ...]) -> tuple[Currency, ...]:
    return tuple(dict.fromkeys(amount.currency for _, amount in balances))


def _total(currency: Currency, balances: tuple[tuple[str, Money], ...]) -> Row:
    amounts = [amount for _, amount in balances if amount.currency == currency]
    zero = Money.zero(currency)
    debit = sum((each for each in amounts if each.minor > 0), zero)
    credit = sum((-each for each in amounts if each.minor < 0), zero)
    return Cell("Together"), Cell(money_text(debit)), Cell(money_text(credit))


def balanced(balances: tuple[tuple[str, Money], ...]) -> bool:
    """Whether all of it sums to zero."""
    return all(
        not sum((m for _, m in balances if m.currency == currency), Money.zero(currency))
        for currency in _currencies(balances)
    )
