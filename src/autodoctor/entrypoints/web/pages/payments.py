"""What a customer paid and what went back, by the ledger."""

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
from autodoctor.ports.queries import PaymentView

COLUMNS = (Column("When"), Column("Plan"), Column("What"), Column("Amount", numeric=True))

pages = Blueprint("payments", __name__)


@attrs.frozen
class PaymentsView:
    table: Table
    spent: str


def payments_view(found: Payments, when: When) -> PaymentsView:
    rows = tuple(_row(each, when) for each in found.moved)
    table = Table("Payments", COLUMNS, rows, "You have not paid anything yet.")
    return PaymentsView(table, money_text(found.spent))


def _what(payment: PaymentView) -> str:
    went_back = payment.amount.minor < 0
    match payment.kind:
        case EntryKind.REFUND:
            return "Refund to your card" if went_back else "Refund not needed any more"
        case EntryKind.REFUND_FAILED:
            return "Refund that did not arrive; we owe it to you"
        case EntryKind.SETTLEMENT:
            return "Refund, paid another way"
        case _:
            return "Paid by card"


def _row(payment: PaymentView, when: When) -> tuple[Cell, ...]:
    session = payment.session_id
    note = "" if session else "Never became a session"
    return (
        Cell(when.moment(payment.at)),
        Cell(payment.plan_name, url=f"/customer/sessions/{session}" if session else "", note=note),
        Cell(_what(payment)),
        Cell(money_text(payment.amount)),
    )


@pages.get("/customer/payments")
@asks(LIST.by(Role.CUSTOMER))
def listed() -> str:
    here = call()
    view = payments_view(payments_of(here.ports, actor=here.who), when(here))
    return render_template("customer/payments.html", view=view)
