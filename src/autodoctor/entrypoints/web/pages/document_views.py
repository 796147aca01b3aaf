"""Documents as their owner sees them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from autodoctor.application.mechanics.documents import Shown
from autodoctor.application.notifications.documents import KINDS
from autodoctor.domain.room.file import File
from autodoctor.domain.vetting.document import (
    PAPERS,
    Document,
    DocumentKind,
    DocumentStatus,
)
from autodoctor.entrypoints.web.pages.file_views import size_text
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.parts import Option
from autodoctor.entrypoints.web.views import Tone

DOCUMENT_FIELDS: Final = ("kind", "number", "expires_on", "file")
OF_MECHANICS: Final = tuple(kind for kind in DocumentKind if kind is not DocumentKind.REGISTRATION)
KIND_OPTIONS: Final = tuple(
    Option(kind, KINDS[kind][:1].upper() + KINDS[kind][1:]) for kind in OF_MECHANICS
)
SOON_DAYS: Final = 30


@attrs.frozen(kw_only=True)
class DocumentCard:
    """`remove_url` is empty for what stays on file."""

    title: str
    status: str
    tone: Tone
    reason: str
    number: str
    expires: str
    file: str
    url: str
    remove_url: str


@attrs.frozen(kw_only=True)
class DocumentsView:
    """`needed` are papers without which no requests come; `kept` is the file of a form that was
    refused for something else."""

    cards: tuple[DocumentCard, ...]
    needed: tuple[str, ...]
    form: FormView
    kept: File | None
    kinds: tuple[Option, ...] = KIND_OPTIONS


def needed(shown: Iterable[Shown], *, today: date) -> tuple[str, ...]:
    """The papers without which no requests come, and that are not there."""
    there = tuple(shown)
    return tuple(KINDS[kind] for kind in PAPERS if not _there(kind, there, today=today))


def documents_view(
    shown: Iterable[Shown], form: FormView, *, today: date, kept: File | None = None
) -> DocumentsView:
    shown = tuple(shown)
    return DocumentsView(
        cards=tuple(_card(each, today=today) for each in shown),
        needed=needed(shown, today=today),
        form=form,
        kept=kept,
    )


def _there(kind: DocumentKind, shown: Iterable[Shown], *, today: date) -> bool:
    """Sent and not refused, and still good."""
    return any(
        each.document.kind is kind
        and each.document.status is not DocumentStatus.REJECTED
        and not each.document.expired(today=today)
        for each in shown
    )


def _card(shown: Shown, *, today: date) -> DocumentCard:
    document, file = shown.document, shown.file
    status, tone = _status(document, today=today)
    title = KINDS[document.kind]
    approved = document.status is DocumentStatus.APPROVED
    return DocumentCard(
        title=title[:1].upper() + title[1:],
        status=status,
        tone=tone,
        reason=document.reason,
        number=document.number,
        expires=_expires(document.expires_on),
        file=f"{file.name}, {size_text(file.size_bytes)}",
        url=f"/mechanic/documents/{document.id}/file",
        remove_url="" if approved else f"/mechanic/documents/{document.id}/remove",
    )


def _expires(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _status(document: Document, *, today: date) -> tuple[str, Tone]:
    match document.status:
        case DocumentStatus.PENDING:
            return "Being looked at", Tone.INFO
        case DocumentStatus.REJECTED:
            return "Not accepted", Tone.BAD
        case DocumentStatus.APPROVED if document.expired(today=today):
            return "Expired", Tone.BAD
        case DocumentStatus.APPROVED if _soon(document, today=today):
            return "Approved, expires soon", Tone.WARN
        case DocumentStatus.APPROVED:
            return "Approved", Tone.OK


def _soon(document: Document, *, today: date) -> bool:
    return document.expires_on is not None and (document.expires_on - today).days <= SOON_DAYS
