import pytest

from autodoctor.domain.booking.files import (
    EXTENSIONS,
    MEDIA_TYPES,
    FileKind,
    TooManyFiles,
    check_count,
    check_size,
    kind_of,
)
from autodoctor.domain.shared.errors import InvalidField

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("media_type", "kind", "extension"),
    [
        ("image/jpeg", "image", "jpg"),
        ("image/png", "image", "png"),
        ("image/webp", "image", "webp"),
        ("video/mp4", "video", "mp4"),
        ("video/quicktime", "video", "mov"),
        ("application/pdf", "document", "pdf"),
    ],
)
def test_six_kinds_of_content_are_taken(media_type: str, kind: str, extension: str) -> None:
    assert kind_of(media_type) == kind
    assert EXTENSIONS[media_type] == extension


def test_there_are_no_others() -> None:
    assert len(MEDIA_TYPES) == len(EXTENSIONS) == 6


@pytest.mark.parametrize("media_type", ["", "image/gif", "text/html", "image/svg+xml", "IMAGE/PNG"])
def test_anything_else_is_refused(media_type: str) -> None:
    with pytest.raises(InvalidField) as refused:
        kind_of(media_type)

    reason = "Send a JPG, PNG, WebP, MP4, MOV or PDF file."
    assert refused.value.facts == {"field": "media_type", "reason": reason}


@pytest.mark.parametrize(("kind", "most"), [("image", 10), ("video", 100), ("document", 25)])
def test_a_file_holds_a_byte_up_to_its_kinds_most(kind: str, most: int) -> None:
    for right in (1, most * MB):
        check_size(FileKind(kind), right)

    for wrong in (-1, 0, most * MB + 1):
        with pytest.raises(InvalidField) as refused:
            check_size(FileKind(kind), wrong)

        assert refused.value.field == "size_bytes"
        assert refused.value.reason.endswith(f" can be up to {most} MB, and must not be empty.")


@pytest.mark.parametrize(("already", "allowed"), [(0, 1), (4, 5)])
def test_files_are_added_up_to_the_plans_number(already: int, allowed: int) -> None:
    check_count(already + 1, allowed=allowed)


@pytest.mark.parametrize(("already", "allowed"), [(0, 0), (1, 1), (5, 5), (6, 5)])
def test_one_more_is_refused(already: int, allowed: int) -> None:
    with pytest.raises(TooManyFiles) as refused:
        check_count(already + 1, allowed=allowed)

    assert refused.value.allowed == allowed
