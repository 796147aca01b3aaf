"""Documents of mechanics: shown by them, looked at by staff."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.vetting import DOCUMENTS, REVIEW
from autodoctor.application.mechanics.documents import (
    Shown,
    documents,
    show_document,
    withdraw_document,
)
from autodoctor.application.mechanics.papers import documents_shown, review_document
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DocumentId, FileId
from autodoctor.domain.vetting.document import (
    Document,
    DocumentKind,
    DocumentOnFile,
    DocumentReviewedAlready,
    DocumentStatus,
)
from autodoctor.entrypoints.web.api.declare import Body, Endpoints, Handler
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.file_links import file_link
from autodoctor.ports.mechanic_queries import DocumentView
from autodoctor.ports.stores import Missing

mechanic_documents = Endpoints("Mechanics' documents")


@attrs.frozen(kw_only=True)
class DocumentAnswer:
    """`status` is pending, approved, rejected, or expired; `url` is good for an hour."""

    id: UUID
    kind: str
    number: str
    expires_on: date | None
    status: str
    reason: str
    uploaded_at: datetime
    file_name: str
    media_type: str
    url: str


def status_of(document: Document, *, today: date) -> str:
    approved = document.status is DocumentStatus.APPROVED
    return "expired" if approved and document.expired(today=today) else document.status.value


def _answer(call: Call, shown: Shown) -> DocumentAnswer:
    document, file = shown.document, shown.file
    return DocumentAnswer(
        id=document.id,
        kind=document.kind,
        number=document.number,
        expires_on=document.expires_on,
        status=status_of(document, today=call.ports.now().date()),
        reason=document.reason,
        uploaded_at=document.uploaded_at,
        file_name=file.name,
        media_type=file.media_type,
        url=file_link(call, file.id),
    )


@attrs.frozen(kw_only=True)
class DocumentsAnswer:
    documents: tuple[DocumentAnswer, ...]


@mechanic_documents.route(
    "GET",
    "/api/mechanic/documents",
    action=DOCUMENTS.by(Role.MECHANIC),
    answer=DocumentsAnswer,
)
def list_documents(call: Call) -> DocumentsAnswer:
    """One's own documents, newest first."""
    found = documents(call.ports, actor=call.who)
    return DocumentsAnswer(documents=tuple(_answer(call, each) for each in found))


class DocumentBody(Body):
    """`file_id` is of a file that was uploaded (`POST /api/uploads/sign`). Insurance and licence
    have an `expires_on`."""

    file_id: UUID
    kind: DocumentKind
    number: Annotated[str, Meta(max_length=300)] = ""
    expires_on: date | None = None


def _show(call: Call, body: DocumentBody) -> DocumentAnswer:
    document = show_document(
        call.ports,
        actor=call.who,
        file_id=FileId(body.file_id),
        kind=body.kind,
        number=body.number,
        expires_on=body.expires_on,
    )
    mine = documents(call.ports, actor=call.who)
    return next(_answer(call, each) for each in mine if each.document.id == document.id)


def _showing(path: str) -> Callable[[Handler], Handler]:
    return mechanic_documents.route(
        "POST",
        path,
        action=DOCUMENTS.by(Role.MECHANIC),
        body=DocumentBody,
        answer=DocumentAnswer,
        status=201,
        refusals=(Missing, InvalidField),
        limit="document",
    )


@_showing("/api/mechanic/documents")
def add_document(call: Call, *, body: DocumentBody) -> DocumentAnswer:
    """Show an uploaded file to staff as a document of oneself."""
    return _show(call, body)


@_showing("/api/mechanic/upload-document")
def upload_document(call: Call, *, body: DocumentBody) -> DocumentAnswer:
    """The same under its older name."""
    return _show(call, body)


@mechanic_documents.route(
    "DELETE",
    "/api/mechanic/documents/{document_id}",
    action=DOCUMENTS.by(Role.MECHANIC),
    refusals=(Missing, DocumentOnFile),
)
def delete_document(call: Call, *, document_id: DocumentId) -> None:
    """Take back a document, with its file. An approved one stays on file."""
    withdraw_document(call.ports, actor=call.who, document_id=document_id)


class ReviewQuery(Body):
    """`before` continues a list."""

    status: DocumentStatus | None = None
    before: datetime | None = None
    most: int = 50


@attrs.frozen(kw_only=True)
class ReviewRow:
    id: UUID
    mechanic_id: UUID
    mechanic_name: str
    kind: str
    number: str
    expires_on: date | None
    status: str
    reason: str
    uploaded_at: datetime
    reviewed_at: datetime | None
    file_name: str
    media_type: str
    url: str

    @classmethod
    def of(cls, view: DocumentView, url: str) -> "ReviewRow":
        names = (field.name for field in attrs.fields(cls) if field.name != "url")
        return cls(**{name: getattr(view, name) for name in names}, url=url)


@attrs.frozen(kw_only=True)
class ReviewList:
    """Newest first. `next` is the cursor of the following page, None at the end."""

    documents: tuple[ReviewRow, ...]
    next: datetime | None


@mechanic_documents.route(
    "GET",
    "/api/admin/mechanic-documents",
    action=REVIEW,
    query=ReviewQuery,
    answer=ReviewList,
    refusals=(InvalidField,),
)
def list_for_staff(call: Call, *, query: ReviewQuery) -> ReviewList:
    """Documents of mechanics, newest first."""
    found = documents_shown(
        call.ports, actor=call.who, status=query.status, before=query.before, most=query.most
    )
    rows = tuple(ReviewRow.of(each, file_link(call, each.file_id)) for each in found)
    full = len(rows) == query.most
    return ReviewList(documents=rows, next=rows[-1].uploaded_at if rows and full else None)


class ReviewBody(Body):
    """`reason` says why it is rejected; `expires_on` is the last day as the paper says it."""

    approved: bool
    reason: Annotated[str, Meta(max_length=4000)] = ""
    expires_on: date | None = None


@attrs.frozen(kw_only=True)
class ReviewedAnswer:
    id: UUID
    status: str
    reason: str
    expires_on: date | None
    reviewed_at: datetime | None


@mechanic_documents.route(
    "POST",
    "/api/admin/mechanic-documents/{document_id}/review",
    action=REVIEW,
    body=ReviewBody,
    answer=ReviewedAnswer,
    refusals=(Missing, InvalidField, DocumentReviewedAlready),
)
def review(call: Call, *, document_id: DocumentId, body: ReviewBody) -> ReviewedAnswer:
    """Approve or reject a document; its owner is mailed."""
    done = review_document(
        call.ports,
        actor=call.who,
        document_id=document_id,
        approved=body.approved,
        reason=body.reason,
        expires_on=body.expires_on,
    )
    names = [field.name for field in attrs.fields(ReviewedAnswer)]
    return ReviewedAnswer(**{name: getattr(done, name) for name in names})
