"""What a customer paid and what went back, by the ledger."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import attrs
from flask import Blueprint, render_template

from autodoctor.application.access.sessions import LIST
from autodoctor.application.garage.payments import Payments, payments_of
from autodoctor.domain.revenue.ledger import EntryKind
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table
from autodoctor.ports.money_views import PaymentView

COLUMNS = (Column("When"), Column("Plan"), Column("What"), Column("Amount", numeric=True))

pages = Blueprint("payments", __name__)


@attrs.frozen
class PaymentsView:
    table: Table
    spent: str


def payments_view(found: Payments, when: When) -> PaymentsView:
    rows = tuple(_row(*each, when) for each in _with_debts(found.moved))
    table = Table("Payments", COLUMNS, rows, "You have not paid anything yet.")
    return PaymentsView(table, money_text(found.spent))


def _with_debts(moved: Iterable[PaymentView]) -> Iterator[tuple[PaymentView, bool]]:
    """Each, and whether it is a failed refund that is still owed: what is owed of a payment is
    owed of those that failed last."""
    left: dict[UUID, int] = {}
    for each in moved:
        owed = left.setdefault(each.receipt, each.owed.minor)
        failed = each.kind is EntryKind.REFUND_FAILED
        if failed:
            left[each.receipt] = owed - each.amount.minor
        yield each, failed and owed > 0


def _what(payment: PaymentView, *, owed: bool) -> str:
    went_back = payment.amount.minor < 0
    match payment.kind:
        case EntryKind.REFUND:
            return "Refund to your card" if went_back else "Refund not needed any more"
        case EntryKind.REFUND_FAILED:
            return "Refund that did not arrive; we owe it to you" if owed else "Refund returned"
        case EntryKind.SETTLEMENT:
            return "Refund paid another way"
        case EntryKind.DISPUTE_LOST:
            return "Given back by your bank"
        case _:
            return "Paid by card"


def _note(payment: PaymentView, *, owed: bool) -> str:
    match payment.kind:
        case EntryKind.CHARGE if payment.disputed:
            return "Your bank is looking into this payment"
        case EntryKind.REFUND if payment.disputed and payment.amount.minor < 0:
            return "Once your bank has decided"
        case EntryKind.REFUND_FAILED if not owed:
            return "Your bank returned it to us; we have refunded it again"
        case _:
            return payment.note


def _row(payment: PaymentView, owed: bool, when: When) -> tuple[Cell, ...]:
    session = payment.session_id
    receipt = f"Receipt {payment.receipt}" if payment.kind is EntryKind.CHARGE else ""
    note = " · ".join(filter(None, ("" if session else "Never became a session", receipt)))
    return (
        Cell(when.moment(payment.at)),
        Cell(payment.plan_name, url=f"/customer/sessions/{session}" if session else "", note=note),
        Cell(_what(payment, owed=owed), note=_note(payment, owed=owed)),
        Cell(money_text(payment.amount)),
    )


@pages.get("/customer/payments")
@asks(LIST.by(Role.CUSTOMER))
def listed() -> str:
    here = call()
    view = payments_view(payments_of(here.ports, actor=here.who), when(here))
    return render_template("customer/payments.html", view=view)
