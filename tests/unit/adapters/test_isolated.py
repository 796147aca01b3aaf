"""Files are looked at apart from everything else, and not for longer than they may take."""

from io import BytesIO

import pytest
from PIL import Image

from autodoctor.adapters.storage.inspect import ContentInspector
from autodoctor.adapters.storage.isolated import TOO_MUCH, IsolatedInspector
from autodoctor.ports.files import (
    Accepted,
    FileNotAcceptable,
    FileTooLarge,
    InspectionBusy,
    Inspector,
)
from support.contest import at_once
from support.hostile import corpus
from support.hostile.corpus import JPG, PDF, WEBP
from support.hostile.specimens import GOOD, HOSTILE

MIB = 1024 * 1024
ISOLATED = IsolatedInspector(cpu_seconds=60, wall_seconds=300, wait_seconds=300)
"""With the time of a busy machine."""


def accept(inspector: Inspector, content: bytes, announced: str, *, most: int = 10 * MIB) -> bytes:
    """The bytes that are kept."""
    accepted = inspector.accept(BytesIO(content), announced=announced, size_bytes_max=most)
    with accepted.content as kept:
        found = kept.read()
    assert accepted == Accepted(
        media_type=announced, content=accepted.content, size_bytes=len(found)
    )
    return found


def large_picture() -> bytes:
    """Of 48 megapixels in a few kilobytes: to draw it anew takes seconds and 300 MB."""
    content = BytesIO()
    Image.new("RGB", (8000, 6000), "#884422").save(content, "WEBP", quality=1, method=0)
    return content.getvalue()


@pytest.fixture(scope="module")
def large() -> bytes:
    return large_picture()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept_as_without_a_process_of_its_own(name: str) -> None:
    content, announced = GOOD[name]

    assert accept(ISOLATED, content, announced) == accept(ContentInspector(), content, announced)


@pytest.mark.parametrize("name", sorted(HOSTILE)[::6])
def test_a_hostile_file_is_refused_with_the_same_reason(name: str) -> None:
    content, announced = HOSTILE[name]

    reasons = []
    for inspector in (ISOLATED, ContentInspector()):
        with pytest.raises(FileNotAcceptable) as refused:
            accept(inspector, content, announced)
        reasons.append(refused.value.reason)

    assert reasons[0] == reasons[1]


def test_one_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(FileTooLarge):
        accept(ISOLATED, corpus.pdf(), PDF, most=10)


def test_one_that_takes_too_long_is_refused(large: bytes) -> None:
    strict = IsolatedInspector(cpu_seconds=1)

    with pytest.raises(FileNotAcceptable) as refused:
        accept(strict, large, WEBP)

    assert refused.value.reason == TOO_MUCH


def test_one_that_takes_too_much_memory_is_refused(large: bytes) -> None:
    strict = IsolatedInspector(memory_bytes=300 * MIB, cpu_seconds=60, wall_seconds=120)

    with pytest.raises(FileNotAcceptable):
        accept(strict, large, WEBP)

    assert accept(strict, corpus.picture("JPEG"), JPG)


def test_without_limits_it_is_accepted(large: bytes) -> None:
    assert accept(ISOLATED, large, WEBP)


def test_whoever_does_not_get_a_turn_is_asked_to_come_back(large: bytes) -> None:
    narrow = IsolatedInspector(at_once=1, wait_seconds=0.05, cpu_seconds=60, wall_seconds=120)

    def outcome() -> type[Exception] | None:
        try:
            accept(narrow, large, WEBP)
        except InspectionBusy as busy:
            return type(busy)
        return None

    assert sorted(map(str, at_once([outcome] * 3))) == [
        str(InspectionBusy),
        str(InspectionBusy),
        "None",
    ]
    assert accept(narrow, corpus.picture("JPEG"), JPG)


def test_no_more_than_a_few_wait() -> None:
    narrow = IsolatedInspector(at_once=1, waiting=1)

    def outcome() -> bool:
        try:
            accept(narrow, corpus.picture("JPEG"), JPG)
        except InspectionBusy:
            return False
        return True

    assert 1 <= sum(at_once([outcome] * 6)) < 6
    assert accept(narrow, corpus.picture("JPEG"), JPG)
