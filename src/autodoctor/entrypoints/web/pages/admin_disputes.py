"""Payments that banks are looking into, for staff."""

from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table
from autodoctor.ports.money_queries import OpenDispute


def disputes_table(disputes: tuple[OpenDispute, ...], when: When) -> Table:
    columns = (
        Column("Customer"),
        Column("Amount", numeric=True),
        Column("Opened"),
        Column("Dispute in Stripe"),
    )
    rows = tuple(_row(each, when) for each in disputes)
    return Table("Open disputes", columns, rows, "No payment is disputed.")


def _row(dispute: OpenDispute, when: When) -> tuple[Cell, ...]:
    paid, session = dispute.paid_for, dispute.session_id
    return (
        Cell(
            paid.customer_name,
            url=f"/admin/sessions/{session}" if session else f"/admin/users/{paid.customer_id}",
            note=paid.plan_name,
        ),
        Cell(money_text(dispute.amount)),
        Cell(when.moment(dispute.opened_at)),
        Cell(dispute.provider_id, note="Answer it there before the bank's deadline"),
    )
