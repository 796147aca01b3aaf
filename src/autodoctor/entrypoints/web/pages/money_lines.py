"""A customer's payment line by line: what was paid, and what became of each refund."""

from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.parts import MoneyLine, MoneyTable
from autodoctor.ports.queries import SessionView


def money_lines(view: SessionView) -> MoneyTable:
    """A line that has not moved yet is of zero and says its amount, so that the lines sum to what
    was paid in the end."""
    if not view.price:
        return MoneyTable("Payment", (), (MoneyLine("Free session", money_text(view.price)),))
    lines = (
        MoneyLine(view.plan_name, money_text(view.price), "paid by card"),
        *(MoneyLine(*told) for told in _returned(view)),
        *(MoneyLine(label, money_text(Money(0)), detail) for label, detail in _open(view)),
    )
    paid = MoneyLine("You paid", money_text(view.price - view.refunded - view.bank_returned))
    return MoneyTable("Payment", lines, (paid,))


def _returned(view: SessionView) -> list[tuple[str, str, str]]:
    """Label, amount and what became of it."""
    note = f": {view.settled_note}" if view.settled_note else ""
    ordered = "once your bank has decided" if view.disputed else "on its way back to your card"
    told = (
        ("Refund", view.refund_arrived - view.refund_settled, "sent back to your card"),
        ("Refund", view.refund_settled, f"paid another way{note}"),
        ("Refund", view.refunded - view.refund_arrived, ordered),
        ("Dispute", view.bank_returned, "given back by your bank"),
    )
    return [(label, money_text(-amount), detail) for label, amount, detail in told if amount]


def _open(view: SessionView) -> list[tuple[str, str]]:
    """What is owed or waits, and has not moved."""
    told = []
    if view.refund_owed:
        told.append(("Refund", f"{money_text(view.refund_owed)} did not arrive; we owe it to you"))
    if view.disputed:
        told.append(("Dispute", "your bank is looking into this payment"))
    if waits := view.not_ordered:
        told.append(("Refund", f"{money_text(waits)} once your bank has decided"))
    return told
