"""The mails that were caught on this machine: for development, where none is delivered."""

from io import BytesIO
from pathlib import Path
from typing import Final

import attrs
from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from autodoctor.adapters.embedded.mail_catcher.mailbox import CaughtMail, Mailbox, MailNotCaught
from autodoctor.application.access.operations import LOOK
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import web
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Link, Table

mailbox_pages = Blueprint("mailbox", __name__, url_prefix="/dev")

NO_SUBJECT: Final = "(no subject)"
LETTER_POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Letters bring styles of their own; they run nothing, fetch nothing and go nowhere."""


@attrs.frozen
class Letter:
    """`lines` is the plain text; an empty `html_url` means that there is no HTML."""

    subject: str
    crumbs: tuple[Link, ...]
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    attachments: tuple[Link, ...]
    html_url: str


@mailbox_pages.get("/mailbox")
@asks(LOOK)
def mailbox() -> str:
    to = request.args.get("to", "")
    return render_template("dev/mailbox.html", to=to, mails=_table(_box().newest(to=to)))


@mailbox_pages.get("/mailbox.json")
@asks(LOOK)
def mailbox_json() -> Response:
    """What was caught, newest first; with `?to=` for one person."""
    mails = _box().newest(to=request.args.get("to", ""))
    return jsonify(mails=[_plain(mail) for mail in mails])


@mailbox_pages.get("/mailbox/<mail_id>")
@asks(LOOK)
def letter(mail_id: str) -> str:
    return render_template("dev/letter.html", letter=_letter(_box().one(mail_id)))


@mailbox_pages.get("/mailbox/<mail_id>/html")
@asks(LOOK)
def letter_html(mail_id: str) -> Response:
    shown = Response(_box().one(mail_id).html, content_type="text/html; charset=utf-8")
    shown.headers["Content-Security-Policy"] = LETTER_POLICY
    return shown


@mailbox_pages.get("/mailbox/<mail_id>/attachments/<int:number>")
@asks(LOOK)
def attachment(mail_id: str, number: int) -> AnyResponse:
    """Counted from 1; saved and never shown, whatever it says it is."""
    attachments = _box().one(mail_id).attachments
    if not 1 <= number <= len(attachments):
        raise MailNotCaught(mail_id)
    found = attachments[number - 1]
    return send_file(
        BytesIO(found.content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=found.name,
    )


def _box() -> Mailbox:
    folder = web().config.mailbox
    if not folder:
        abort(404)
    return Mailbox(Path(folder))


def _table(mails: tuple[CaughtMail, ...]) -> Table:
    return Table(
        caption="Caught mail",
        columns=(Column("Subject"), Column("To"), Column("Sent")),
        rows=tuple(
            (
                Cell(mail.subject or NO_SUBJECT, url=url_for("mailbox.letter", mail_id=mail.id)),
                Cell(mail.recipient),
                Cell(_at(mail)),
            )
            for mail in mails
        ),
        empty="What autodoctor sends will stand here; nothing leaves this machine.",
    )


def _letter(mail: CaughtMail) -> Letter:
    subject = mail.subject or NO_SUBJECT
    return Letter(
        subject=subject,
        crumbs=(Link("Caught mail", url_for("mailbox.mailbox")), Link(subject, "")),
        facts=(Fact("From", mail.sender), Fact("To", mail.recipient), Fact("Sent", _at(mail))),
        lines=tuple(mail.text.strip().splitlines()),
        links=tuple(Link(link, link) for link in mail.links),
        attachments=tuple(
            Link(each.name, url_for("mailbox.attachment", mail_id=mail.id, number=number))
            for number, each in enumerate(mail.attachments, 1)
        ),
        html_url=url_for("mailbox.letter_html", mail_id=mail.id) if mail.html else "",
    )


def _plain(mail: CaughtMail) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": mail.recipient,
        "subject": mail.subject,
        "date": mail.at.isoformat(),
        "text": mail.text,
        "links": mail.links,
        "attachments": [each.name for each in mail.attachments],
    }


def _at(mail: CaughtMail) -> str:
    return f"{mail.at:%d %B %Y, %H:%M:%S} UTC".removeprefix("0")
