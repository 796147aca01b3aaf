"""What a file is decides, not what it says: the good, the odd and the hostile."""

from io import BytesIO
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from autodoctor.adapters.storage.inspect import ContentInspector
from autodoctor.ports.files import Accepted, FileNotAcceptable, FileTooLarge

from . import corpus
from .corpus import JPG, MOV, MP4, PDF, PNG, WEBP

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


GOOD = {
    "photo": (corpus.photo(), JPG),
    "grey jpg": (corpus.picture("JPEG", mode="L"), JPG),
    "progressive jpg": (corpus.picture("JPEG", progressive=True), JPG),
    "print jpg": (corpus.picture("JPEG", mode="CMYK"), JPG),
    "png": (corpus.picture("PNG"), PNG),
    "black and white png": (corpus.picture("PNG", mode="1"), PNG),
    "palette png": (corpus.picture("PNG", mode="P"), PNG),
    "transparent png": (corpus.picture("PNG", mode="RGBA"), PNG),
    "16 bit png": (corpus.picture("PNG", mode="I;16"), PNG),
    "webp": (corpus.picture("WEBP"), WEBP),
    "transparent webp": (corpus.picture("WEBP", mode="RGBA"), WEBP),
    "mp4": (corpus.mp4(), MP4),
    "fragmented mp4": (
        corpus.ftyp(b"iso5", b"iso5", b"dash") + corpus.moov() + corpus.box(b"moof"),
        MP4,
    ),
    "mp4 whose last box is as long as the rest": (
        corpus.ftyp(b"mp42") + corpus.moov() + b"\0\0\0\0mdat" + b"\x11" * 50,
        MP4,
    ),
    "mp4 with a 64 bit box": (
        corpus.ftyp(b"avc1") + corpus.moov() + b"\0\0\0\x01mdat" + (66).to_bytes(8) + b"\x11" * 50,
        MP4,
    ),
    "mov": (corpus.mov(), MOV),
    "pdf": (corpus.pdf(), PDF),
    "pdf that opens at a page": (corpus.pdf(catalog=b"/OpenAction [3 0 R /Fit]"), PDF),
    "pdf that goes to a page": (
        corpus.pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        PDF,
    ),
    "pdf with a link": (
        corpus.pdf(b"9 0 obj\n<< /S /URI /URI (https://example.com/brakes) >>\nendobj"),
        PDF,
    ),
    "pdf with packed objects": (corpus.pdf(corpus.object_stream(b"8 0 << /A 1 >>")), PDF),
    "pdf with plain packed objects": (
        corpus.pdf(b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 >>\nstream\n8 0 << >>\nendstream"),
        PDF,
    ),
}

HOSTILE = {
    "nothing": (b"", JPG),
    "one byte": (b"\xff", JPG),
    "only a jpg's first bytes": (b"\xff\xd8\xff\xe0", JPG),
    "gif that is a script": (corpus.GIF_SCRIPT, JPG),
    "gif announced as gif": (corpus.picture("GIF"), "image/gif"),
    "svg with a script": (corpus.SVG, PNG),
    "svg announced as svg": (corpus.SVG, "image/svg+xml"),
    "html as jpg": (corpus.HTML, JPG),
    "html as pdf": (corpus.HTML, PDF),
    "html behind a jpg's first bytes": (b"\xff\xd8\xff\xe0" + corpus.HTML, JPG),
    "shell script as png": (corpus.SHELL, PNG),
    "exe as mp4": (corpus.EXE, MP4),
    "exe as pdf": (corpus.EXE, PDF),
    "elf as mov": (corpus.ELF, MOV),
    "zip as pdf": (corpus.archive(), PDF),
    "zip as webp": (corpus.archive(), WEBP),
    "png as jpg": (corpus.picture("PNG"), JPG),
    "jpg as png": (corpus.picture("JPEG"), PNG),
    "webp as jpg": (corpus.picture("WEBP"), JPG),
    "bmp as png": (corpus.picture("BMP"), PNG),
    "tiff as jpg": (corpus.picture("TIFF"), JPG),
    "jpg as pdf": (corpus.picture("JPEG"), PDF),
    "pdf as jpg": (corpus.pdf(), JPG),
    "cut off jpg": (corpus.photo()[:-200], JPG),
    "cut off png": (corpus.picture("PNG")[:50], PNG),
    "cut off webp": (corpus.picture("WEBP")[:40], WEBP),
    "png with a wrong checksum": (corpus.picture("PNG").replace(b"IDAT", b"IDAU"), PNG),
    "pixel bomb": (corpus.png_bomb(60_000, 60_000), PNG),
    "pixel bomb below Pillow's limit": (corpus.png_bomb(10_000, 10_000), PNG),
    "pixel bomb just above ours": (corpus.png_bomb(50_000_001, 1), PNG),
    "picture without pixels": (corpus.png_bomb(0, 10), PNG),
    "webp canvas bomb": (corpus.webp_bomb(), WEBP),
    "mov as mp4": (corpus.mov(), MP4),
    "mp4 as mov": (corpus.mp4(), MOV),
    "heic as mp4": (corpus.ftyp(b"heic", b"mif1") + corpus.box(b"mdat", b"\1"), MP4),
    "sound alone": (
        corpus.ftyp(b"M4A ", b"isom") + corpus.moov(b"soun") + corpus.box(b"mdat", b"\1"),
        MP4,
    ),
    "mp4 without frames": (corpus.ftyp(b"isom") + corpus.moov(), MP4),
    "mp4 without a description": (corpus.ftyp(b"isom") + corpus.box(b"mdat", b"\1"), MP4),
    "cut off mp4": (corpus.mp4()[:-1], MP4),
    "mp4 with a zip behind it": (corpus.mp4() + corpus.archive(), MP4),
    "mp4 with a zip in a box": (corpus.mp4(after=corpus.box(b"free", corpus.archive())), MP4),
    "mp4 with html behind it": (corpus.mp4() + corpus.HTML, MP4),
    "mp4 with two beginnings": (corpus.mp4(before=corpus.ftyp(b"qt  ")), MP4),
    "mp4 with a box longer than the file": (
        corpus.ftyp(b"isom") + corpus.moov() + b"\x7f\xff\xff\xffmdat",
        MP4,
    ),
    "mp4 with a box shorter than its head": (
        corpus.ftyp(b"isom") + corpus.moov() + b"\0\0\0\x04mdat",
        MP4,
    ),
    "mp4 with endless boxes": (corpus.ftyp(b"isom") + corpus.box(b"free") * 100_001, MP4),
    "pdf with a script": (corpus.pdf(corpus.SCRIPT_ACTION), PDF),
    "pdf with an escaped script": (
        corpus.pdf(corpus.SCRIPT_ACTION.replace(b"/JavaScript", b"/J#61va#53cript")),
        PDF,
    ),
    "pdf with a packed script": (corpus.pdf(corpus.object_stream(corpus.SCRIPT_ACTION)), PDF),
    "pdf with an escaped name of packed objects": (
        corpus.pdf(corpus.object_stream(b"8 0 << >>").replace(b"/ObjStm", b"/Obj#53tm")),
        PDF,
    ),
    "pdf packed twice": (
        corpus.pdf(corpus.object_stream(b"8 0 << >>", filters=b"[/ASCIIHexDecode /FlateDecode]")),
        PDF,
    ),
    "pdf packed by a filter named elsewhere": (
        corpus.pdf(corpus.object_stream(b"8 0 << >>", filters=b"8 0 R")),
        PDF,
    ),
    "pdf with broken packing": (corpus.pdf(corpus.object_stream(b"8 0 <<>>", packed=False)), PDF),
    "pdf with a packed bomb": (corpus.pdf(corpus.object_stream(b"8 0 " + b" " * 65 * MIB)), PDF),
    "pdf that starts an action": (corpus.pdf(catalog=b"/OpenAction << /S /Named >>"), PDF),
    "pdf that starts an action named elsewhere": (corpus.pdf(catalog=b"/OpenAction 9 0 R"), PDF),
    "pdf with an action per page": (corpus.pdf(catalog=b"/AA << /O 9 0 R >>"), PDF),
    "pdf that launches": (corpus.pdf(b"9 0 obj << /S /Launch /F (cmd.exe) >> endobj"), PDF),
    "pdf that sends a form": (corpus.pdf(b"9 0 obj << /S /SubmitForm >> endobj"), PDF),
    "pdf with xfa": (corpus.pdf(catalog=b"/AcroForm << /XFA [9 0 R] >>"), PDF),
    "pdf with a file inside": (corpus.pdf(b"9 0 obj << /Type /EmbeddedFile >> endobj"), PDF),
    "pdf with a password": (corpus.pdf(trailer=b"/Encrypt 9 0 R"), PDF),
    "pdf without an end": (corpus.pdf().replace(b"%%EOF", b""), PDF),
    "cut off pdf": (corpus.pdf()[:-8], PDF),
    "pdf behind a script": (corpus.SHELL + corpus.pdf(), PDF),
    "pdf with a zip behind it": (corpus.pdf() + corpus.archive(), PDF),
    "pdf inside a zip's comment": (
        corpus.pdf().replace(b"startxref", corpus.archive(b"\nstartxref\n9\n%%EOF\n")),
        PDF,
    ),
}


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
