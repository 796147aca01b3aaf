"""What a file is decides, not what it says: the good, the odd and the hostile."""

from io import BytesIO
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from autodoctor.adapters.storage.inspect import ContentInspector
from autodoctor.ports.files import Accepted, FileNotAcceptable, FileTooLarge
from support.hostile import corpus
from support.hostile.corpus import JPG, MOV, MP4, PDF, PNG, WEBP
from support.hostile.specimens import GOOD, HOSTILE

MIB = 1024 * 1024
INSPECTOR = ContentInspector()


def accept(content: bytes, announced: str, *, most: int = MIB) -> bytes:
    """The bytes that are kept."""
    accepted = INSPECTOR.accept(BytesIO(content), announced=announced, size_bytes_max=most)
    with accepted.content as kept:
        found = kept.read()
    assert accepted == Accepted(
        media_type=announced, content=accepted.content, size_bytes=len(found)
    )
    return found


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_accepted_as_what_it_is(name: str) -> None:
    content, announced = GOOD[name]

    assert accept(content, announced)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(name: str) -> None:
    content, announced = HOSTILE[name]

    with pytest.raises(FileNotAcceptable) as refused:
        accept(content, announced)

    assert refused.value.reason.endswith((".", "!"))


@pytest.mark.parametrize("content", [corpus.mp4(), corpus.mov(), corpus.pdf()])
def test_videos_and_documents_are_kept_as_they_are(content: bytes) -> None:
    announced = {b"is": MP4, b"qt": MOV}.get(content[8:10], PDF)

    assert accept(content, announced) == content


def test_a_photo_does_not_tell_where_and_with_what_it_was_taken() -> None:
    original = corpus.photo()
    assert opened(original).getexif().get_ifd(corpus.GPS_IFD)

    kept = accept(original, JPG)

    assert dict(opened(kept).getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "xmp"}.intersection(opened(kept).info)
    for secret in (b"Exif", b"SecretPhoneMaker", b"taken at home"):
        assert secret in original
        assert secret not in kept


@pytest.mark.parametrize("kind", [PNG, WEBP])
def test_other_pictures_lose_their_metadata_too(kind: str) -> None:
    exif = Image.Exif()
    exif[corpus.MAKE] = "SecretPhoneMaker"
    original = corpus.picture(kind.removeprefix("image/"), exif=exif)
    assert b"SecretPhoneMaker" in original

    kept = accept(original, kind)

    assert b"SecretPhoneMaker" not in kept
    assert dict(opened(kept).getexif()) == {}


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (12, 8), (0, 0)),
        (2, (12, 8), (11, 0)),
        (3, (12, 8), (11, 7)),
        (4, (12, 8), (0, 7)),
        (5, (8, 12), (0, 0)),
        (6, (8, 12), (7, 0)),
        (7, (8, 12), (7, 11)),
        (8, (8, 12), (0, 11)),
        (9, (12, 8), (0, 0)),
    ],
)
def test_a_photo_is_turned_the_way_it_was_held(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    kept = opened(accept(corpus.photo(orientation=orientation), JPG))

    assert kept.size == size
    red, _green, blue = kept.getpixel(red_at)
    assert red > 200 > 60 > blue


def test_colours_and_transparency_survive() -> None:
    kept = opened(accept(corpus.picture("PNG", mode="RGBA"), PNG))

    assert kept.mode == "RGBA"
    assert kept.getpixel((0, 0)) == (255, 0, 0, 255)


def test_what_was_appended_to_a_picture_does_not_survive() -> None:
    zipped = corpus.picture("PNG") + corpus.archive()
    film = corpus.photo() + corpus.mp4()

    assert b"run.js" not in accept(zipped, PNG)
    assert b"ftyp" not in accept(film, JPG)


def test_what_hides_inside_a_picture_does_not_survive() -> None:
    text = corpus.png_chunk(b"tEXt", b"Comment\0<?php system($_GET[0]); ?>")
    original = corpus.picture("PNG")

    kept = accept(original[:33] + text + original[33:], PNG)

    assert b"php" not in kept


def test_a_file_may_be_exactly_as_large_as_allowed() -> None:
    content = corpus.pdf()

    assert accept(content, PDF, most=len(content)) == content
    with pytest.raises(FileTooLarge):
        accept(content, PDF, most=len(content) - 1)


class Endless(BytesIO):
    """A sender who never stops."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= MIB, "it is read piece by piece"
        self.sent += size
        return b"\xff\xd8\xff\xe0"[: self.sent] + b"\0" * (size - 4)


def test_reading_stops_at_the_limit() -> None:
    endless = Endless()

    with pytest.raises(FileTooLarge) as refused:
        INSPECTOR.accept(endless, announced=JPG, size_bytes_max=3 * MIB)

    assert refused.value.size_bytes_max == 3 * MIB
    assert endless.sent < 4 * MIB


def test_too_large_is_said_before_anything_else() -> None:
    with pytest.raises(FileTooLarge):
        accept(corpus.EXE, MP4, most=10)


class BreakingOff(BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise ConnectionResetError("the browser went away")


def test_a_sender_who_goes_away_is_no_refusal() -> None:
    sender: BinaryIO = BreakingOff()

    with pytest.raises(ConnectionResetError):
        INSPECTOR.accept(sender, announced=JPG, size_bytes_max=MIB)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(GOOD)),
    at=st.floats(min_value=0, max_value=1, exclude_max=True),
    change=st.binary(max_size=12),
    cut=st.booleans(),
)
def test_a_changed_file_is_accepted_or_refused_and_never_fails(
    name: str, at: float, change: bytes, cut: bool
) -> None:
    content, announced = GOOD[name]
    place = int(at * len(content))
    rest = b"" if cut else content[place + len(change) :]

    try:
        kept = accept(content[:place] + change + rest, announced)
    except FileNotAcceptable:
        return

    assert kept
