"""A document, and what staff say of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, DocumentId, FileId
from autodoctor.domain.vetting.document import (
    PAPERS,
    SIZE_MAX_BYTES,
    WARN_DAYS,
    Document,
    DocumentKind,
    DocumentOnFile,
    DocumentReviewedAlready,
    DocumentStatus,
    check_document,
    check_expiry,
    check_last_day,
    papers_expire_on,
    superseded,
)
from autodoctor.domain.vetting.events import DocumentReviewed

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
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
    with pytest.raises(InvalidField) as refused:
        DOCUMENT.reject("", by=STAFF, at=AT)
    assert refused.value.field == "reason"
    rejected, events = DOCUMENT.reject(" Unreadable. ", by=STAFF, at=AT)

    assert (rejected.status, rejected.reason) == (DocumentStatus.REJECTED, "Unreadable.")
    assert (rejected.reviewed_by, rejected.reviewed_at) == (STAFF, AT)
    assert events == (DocumentReviewed(DOCUMENT.id, DOCUMENT.subject_id, False, "Unreadable."),)
    assert rejected.reject("Another.", by=STAFF, at=AT) == (rejected, ())


def test_what_was_reviewed_is_not_reviewed_the_other_way() -> None:
    approved, _ = DOCUMENT.approve(by=STAFF, at=AT)
    rejected, _ = DOCUMENT.reject("Unreadable.", by=STAFF, at=AT)

    with pytest.raises(DocumentReviewedAlready) as refused:
        approved.reject("Unreadable.", by=STAFF, at=AT)
    assert refused.value.status is DocumentStatus.APPROVED
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
    check_document(media_type="image/webp", size_bytes=1)
    for media_type, size, reason in (
        ("video/mp4", 10, "Send a PDF, JPEG, PNG or WebP file."),
        ("image/png", SIZE_MAX_BYTES + 1, "The file may have 10 MB."),
        ("image/png", 0, "The file may have 10 MB."),
    ):
        with pytest.raises(InvalidField) as refused:
            check_document(media_type=media_type, size_bytes=size)
        assert refused.value.facts == {"field": "file", "reason": reason}


def test_a_document_that_has_expired_is_not_taken() -> None:
    assert check_expiry(TODAY, today=TODAY) == TODAY
    assert check_expiry(None, today=TODAY) is None
    with pytest.raises(InvalidField) as refused:
        check_expiry(TODAY - DAY, today=TODAY)

    reason = "This document has expired; send a valid one."
    assert refused.value.facts == {"field": "expires_on", "reason": reason}


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_paper_has_a_last_day_and_other_documents_may_have_one(kind: DocumentKind) -> None:
    assert check_last_day(kind, TODAY, today=TODAY) == TODAY
    with pytest.raises(InvalidField):
        check_last_day(kind, TODAY - DAY, today=TODAY)

    if kind not in PAPERS:
        assert check_last_day(kind, None, today=TODAY) is None
        return
    with pytest.raises(InvalidField) as refused:
        check_last_day(kind, None, today=TODAY)

    reason = "Enter the expiry date."
    assert refused.value.facts == {"field": "expires_on", "reason": reason}


def approved(
    kind: DocumentKind = DocumentKind.INSURANCE, expires_on: date | None = TODAY
) -> Document:
    return attrs.evolve(DOCUMENT, kind=kind, expires_on=expires_on, status=DocumentStatus.APPROVED)


@pytest.mark.parametrize(
    "status", [DocumentStatus.PENDING, DocumentStatus.REJECTED, DocumentStatus.APPROVED]
)
def test_only_an_approved_document_stays_on_file(status: DocumentStatus) -> None:
    document = attrs.evolve(DOCUMENT, status=status)

    if status is not DocumentStatus.APPROVED:
        document.check_withdrawable()
        return
    with pytest.raises(DocumentOnFile) as refused:
        document.check_withdrawable()

    assert refused.value.document_id == DOCUMENT.id


@pytest.mark.parametrize(
    ("days", "left", "due"),
    [
        (30, 30, True),
        (30, 8, True),
        (30, 7, False),
        (7, 7, True),
        (7, 1, True),
        (7, 0, False),
        (0, 0, True),
        (0, -40, True),
    ],
)
def test_a_warning_that_comes_too_late_is_left_to_the_next(days: int, left: int, due: bool) -> None:
    assert approved(expires_on=TODAY + left * DAY).warning_due(days, today=TODAY) is due


@pytest.mark.parametrize("days", WARN_DAYS)
def test_nobody_is_warned_of_what_has_no_end_or_was_not_approved(days: int) -> None:
    assert not approved(expires_on=None).warning_due(days, today=TODAY)
    assert not attrs.evolve(DOCUMENT, expires_on=TODAY).warning_due(days, today=TODAY)


def test_papers_expire_with_the_first_of_them_counted_with_the_longest_of_its_kind() -> None:
    insurance = [approved(expires_on=TODAY + n * DAY) for n in (5, 9, 2)]
    licence = approved(DocumentKind.LICENCE, TODAY + 7 * DAY)

    assert papers_expire_on(insurance) == TODAY + 9 * DAY
    assert papers_expire_on([*insurance, licence]) == TODAY + 7 * DAY
    assert papers_expire_on([licence, *insurance]) == TODAY + 7 * DAY


def test_only_approved_papers_with_a_last_day_count() -> None:
    others = (
        attrs.evolve(DOCUMENT, expires_on=TODAY),
        approved(DocumentKind.RED_SEAL),
        approved(expires_on=None),
    )

    assert papers_expire_on(others) is None
    assert papers_expire_on([*others, approved(expires_on=TODAY + DAY)]) == TODAY + DAY


@pytest.mark.parametrize(
    ("other", "is_superseded"),
    [
        (approved(expires_on=TODAY + DAY), True),
        (approved(expires_on=None), True),
        (approved(expires_on=TODAY), False),
        (approved(DocumentKind.LICENCE, TODAY + DAY), False),
        (attrs.evolve(DOCUMENT, expires_on=TODAY + DAY), False),
    ],
)
def test_one_of_its_kind_that_is_good_for_longer_takes_its_place(
    other: Document, is_superseded: bool
) -> None:
    assert superseded(approved(), [approved(), other]) is is_superseded


def test_what_never_ends_is_superseded_by_its_like_alone() -> None:
    endless = approved(expires_on=None)

    assert not superseded(endless, [approved(expires_on=TODAY + 9999 * DAY)])
    assert superseded(endless, [endless])
