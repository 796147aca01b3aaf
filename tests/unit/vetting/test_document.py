"""A document, and what staff say of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, DocumentId, FileId
from autodoctor.domain.vetting.document import (
    SIZE_MAX_BYTES,
    Document,
    DocumentKind,
    DocumentReviewedAlready,
    DocumentStatus,
    check_document,
    check_expiry,
)
from autodoctor.domain.vetting.events import DocumentReviewed

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 3, 2)
STAFF = AccountId(uuid4())
DOCUMENT = Document(
    id=DocumentId(uuid4()),
    subject_id=uuid4(),
    file_id=FileId(uuid4()),
    kind=DocumentKind.INSURANCE,
    uploaded_at=AT,
)


def test_a_document_is_approved_once() -> None:
    approved, events = DOCUMENT.approve(by=STAFF, at=AT)

    assert approved.status is DocumentStatus.APPROVED
    assert (approved.reviewed_by, approved.reviewed_at, approved.reason) == (STAFF, AT, "")
    assert events == (DocumentReviewed(DOCUMENT.id, DOCUMENT.subject_id, True, ""),)
    assert approved.approve(by=STAFF, at=AT) == (approved, ())


def test_a_document_is_rejected_with_a_reason() -> None:
    with pytest.raises(InvalidField):
        DOCUMENT.reject("", by=STAFF, at=AT)
    rejected, events = DOCUMENT.reject(" Unreadable. ", by=STAFF, at=AT)

    assert (rejected.status, rejected.reason) == (DocumentStatus.REJECTED, "Unreadable.")
    assert events == (DocumentReviewed(DOCUMENT.id, DOCUMENT.subject_id, False, "Unreadable."),)
    assert rejected.reject("Another.", by=STAFF, at=AT) == (rejected, ())


def test_what_was_reviewed_is_not_reviewed_the_other_way() -> None:
    approved, _ = DOCUMENT.approve(by=STAFF, at=AT)
    rejected, _ = DOCUMENT.reject("Unreadable.", by=STAFF, at=AT)

    with pytest.raises(DocumentReviewedAlready):
        approved.reject("Unreadable.", by=STAFF, at=AT)
    with pytest.raises(DocumentReviewedAlready):
        rejected.approve(by=STAFF, at=AT)


@pytest.mark.parametrize(
    ("expires_on", "expired"),
    [(None, False), (TODAY, False), (TODAY - timedelta(days=1), True)],
)
def test_a_document_is_good_through_its_last_day(expires_on: date | None, expired: bool) -> None:
    assert attrs.evolve(DOCUMENT, expires_on=expires_on).expired(today=TODAY) is expired


def test_documents_are_small_and_of_few_kinds() -> None:
    check_document(media_type="application/pdf", size_bytes=SIZE_MAX_BYTES)
    for media_type, size in (
        ("video/mp4", 10),
        ("image/png", SIZE_MAX_BYTES + 1),
        ("image/png", 0),
    ):
        with pytest.raises(InvalidField) as refused:
            check_document(media_type=media_type, size_bytes=size)
        assert refused.value.field == "file"


def test_a_document_that_has_expired_is_not_taken() -> None:
    assert check_expiry(TODAY, today=TODAY) == TODAY
    assert check_expiry(None, today=TODAY) is None
    with pytest.raises(InvalidField):
        check_expiry(TODAY - timedelta(days=1), today=TODAY)
