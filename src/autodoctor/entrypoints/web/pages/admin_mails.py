"""Mail that did not go out: to whom, and what the mail server said."""

from typing import Final

from flask import Blueprint, render_template

from autodoctor.application.access.operations import MAILS
from autodoctor.application.operations.undelivered import undelivered
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import MailView

pages = Blueprint("admin_mails", __name__, url_prefix="/admin")

COLUMNS: Final = (Column("To"), Column("About"), Column("State"), Column("What the server said"))


@pages.get("/mails")
@asks(MAILS)
def listed() -> str:
    here = call()
    table = mails_table(undelivered(here.ports, actor=here.who), when(here))
    return render_template("admin/mails.html", table=table)


def mails_table(found: tuple[MailView, ...], when: When) -> Table:
    rows = tuple(_row(each, when) for each in found)
    return Table("Emails not delivered", COLUMNS, rows, "All emails were delivered.")


def _row(mail: MailView, when: When) -> tuple[Cell, ...]:
    tries = "1 try" if mail.attempts == 1 else f"{mail.attempts} tries"
    return (
        Cell(mail.recipient),
        Cell(mail.subject, note=when.moment(mail.queued_at)),
        _state(mail, tries, when),
        Cell(mail.last_error),
    )


def _state(mail: MailView, tries: str, when: When) -> Cell:
    if mail.given_up_at is not None:
        return Cell("Given up", tone=Tone.BAD, note=f"{when.moment(mail.given_up_at)}, {tries}")
    again = f"Next try: {when.moment(mail.due_at)}; {tries} so far"
    return Cell("Waiting", tone=Tone.WARN, note=again)
