"""Telling a customer that the report of their session is ready, or was added to."""

from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.events import ReportPublished
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_report(ports: Ports, tx: Transaction, recorded: Recorded, event: ReportPublished) -> None:
    name = tx.mechanics.get(event.mechanic_id).name
    title = f"{name} added to your report" if event.amended else f"{name} has written your report"
    more = (
        "There is something new in the report of your session."
        if event.amended
        else "The report of your session is ready: the findings, what was done and the next steps."
    )
    telling = Telling(
        occasion=Occasion.REPORT_READY,
        role=Role.CUSTOMER,
        title=title,
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(more, "You can read it on your session's page and save it as a PDF."),
        action="Read the report",
    )
    customer = AccountId(event.customer_id)
    tell_account(ports, tx, customer, telling, reference=str(recorded.id))
