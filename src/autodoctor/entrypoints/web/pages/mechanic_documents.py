"""A mechanic's documents: what is on file, what is missing, and a form to send another."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, Flask, flash, redirect, render_template
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.vetting import DOCUMENTS
from autodoctor.application.mechanics.documents import (
    check_number,
    documents,
    own_file,
    show_document,
    withdraw_document,
)
from autodoctor.application.mechanics.steps import day_of
from autodoctor.domain.room.file import File
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import DocumentId
from autodoctor.domain.vetting.document import (
    DocumentKind,
    DocumentOnFile,
    check_last_day,
)
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import PAPER_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.document_views import DOCUMENT_FIELDS, documents_view
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.sent_file import kept_paper
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response
PATH: Final = "/mechanic/documents"
OWN: Final = DOCUMENTS.by(Role.MECHANIC)

pages = Blueprint("mechanic_documents", __name__, url_prefix=PATH)


@attrs.frozen
class Told:
    """What is said of the file."""

    kind: DocumentKind
    number: str
    expires_on: date | None


@pages.get("")
@asks(OWN)
def shelf() -> Page:
    return _shelf(call(), form_view(DOCUMENT_FIELDS))


def _shelf(here: Call, form: FormView, kept: File | None = None) -> str:
    shown = documents(here.ports, actor=here.who)
    view = documents_view(shown, form, today=here.ports.now().date(), kept=kept)
    return render_template("mechanic/documents.html", view=view)


@pages.post("")
@asks(OWN)
@takes(PAPER_BYTES_MAX)
def send() -> Page:
    here, values = call(), typed(DOCUMENT_FIELDS)
    file = attempt(lambda: kept_paper(here, "file"), InvalidField, FileTooLarge, FileNotAcceptable)
    done = attempt(lambda: _sent(here, values, file), InvalidField, FileTooLarge, FileNotAcceptable)
    if isinstance(done, Refusal):
        kept = None if isinstance(file, Refusal) else file
        return _shelf(here, form_view(DOCUMENT_FIELDS, values, _errors(done)), kept), 422
    flash("Thank you. Somebody looks at it within two working days.")
    return redirect(PATH, code=303)


def _sent(here: Call, values: Mapping[str, str], file: File | Refusal) -> DocumentId:
    """What is typed is refused before the file is."""
    told = _checked(here, values)
    if isinstance(file, Refusal):
        raise file
    document = show_document(
        here.ports,
        actor=here.who,
        file_id=file.id,
        kind=told.kind,
        number=told.number,
        expires_on=told.expires_on,
    )
    return document.id


def _checked(here: Call, values: Mapping[str, str]) -> Told:
    if values["kind"] not in set(DocumentKind):
        raise InvalidField("kind", "Choose what it is.")
    kind, day = DocumentKind(values["kind"]), values["expires_on"]
    expires_on = check_last_day(
        kind, day_of("expires_on", day) if day else None, today=here.ports.now().date()
    )
    return Told(kind, check_number(values["number"]), expires_on)


def _errors(refusal: Refusal) -> dict[str, str]:
    match refusal:
        case InvalidField(field=field, reason=reason):
            return {field if field in DOCUMENT_FIELDS else "file": reason}
        case FileNotAcceptable(reason=reason):
            return {"file": reason}
        case _:
            return {"file": refusal.title}


@pages.get("/<uuid:document_id>/file")
@asks(OWN)
def file(document_id: UUID) -> Page:
    """To a link that is good for an hour, made when it is asked for."""
    here = call()
    found = own_file(here.ports, actor=here.who, document_id=DocumentId(document_id))
    return redirect(file_link(here, found.id))


@pages.post("/<uuid:document_id>/remove")
@asks(OWN)
def remove(document_id: UUID) -> Page:
    here = call()
    withdraw_document(here.ports, actor=here.who, document_id=DocumentId(document_id))
    flash("The document is removed.")
    return redirect(PATH, code=303)


@pages.errorhandler(DocumentOnFile)
def on_file(refusal: DocumentOnFile) -> Page:
    flash(refusal.title, "bad")
    return redirect(PATH, code=303)


def limit(app: Flask, limiter: Limiter) -> None:
    """Mistakes in the form do not count."""
    guard(
        app,
        limiter,
        "mechanic_documents.send",
        "document",
        deduct_when=lambda a: a.status_code == 303,
    )
