"""Files that are two things at once."""

import struct

from support.hostile.attack import Attack, kept, redrawn, refused
from support.hostile.corpus import (
    HTML,
    JPG,
    MP4,
    PDF,
    PNG,
    WEBP,
    archive,
    box,
    mp4,
    pdf,
    picture,
    png_chunk,
)

PHP = b"<?php system($_GET['c']); __halt_compiler();"
SCRIPT = b"*/=1;alert(document.domain)/*"
JPEG, DRAWN_PNG, DRAWN_WEBP = picture("JPEG"), picture("PNG"), picture("WEBP")


def jpeg_segment(marker: int, content: bytes) -> bytes:
    """Behind the first two bytes of a JPEG."""
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content
    return JPEG[:2] + segment + JPEG[2:]


def png_with(kind: bytes, content: bytes) -> bytes:
    """A chunk behind the header of a PNG."""
    return DRAWN_PNG[:33] + png_chunk(kind, content) + DRAWN_PNG[33:]


def riff_with(kind: bytes, content: bytes) -> bytes:
    """A chunk at the end of a WebP, counted in its head."""
    chunk = kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    body = DRAWN_WEBP[8:] + chunk
    return b"RIFF" + struct.pack("<I", len(body)) + body


def stream_of(text: bytes) -> bytes:
    return b"9 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj" % (len(text), text)


ATTACKS: tuple[Attack, ...] = (
    redrawn("jpeg with html behind it", JPEG + HTML, JPG, b"<script", b"<html"),
    redrawn("jpeg with html in its comment", jpeg_segment(0xFE, HTML), JPG, b"<script"),
    redrawn("jpeg that is a script", jpeg_segment(0xE0, SCRIPT), JPG, b"alert("),
    redrawn("jpeg with php in its comment", jpeg_segment(0xFE, PHP), JPG, b"<?php"),
    redrawn("jpeg with a zip behind it", JPEG + archive(), JPG, b"PK\x03\x04", b"run.js"),
    redrawn("jpeg with a pdf behind it", JPEG + pdf(), JPG, b"%PDF"),
    redrawn("png with php behind it", DRAWN_PNG + PHP, PNG, b"<?php"),
    redrawn("png with php in its text", png_with(b"tEXt", b"Comment\0" + PHP), PNG, b"<?php"),
    redrawn("png with html in a chunk of its own", png_with(b"heLo", HTML), PNG, b"<script"),
    redrawn("png with a zip behind it", DRAWN_PNG + archive(), PNG, b"PK\x03\x04"),
    redrawn("webp with html behind it", DRAWN_WEBP + HTML, WEBP, b"<script"),
    redrawn("webp with php in a chunk", riff_with(b"XMP ", PHP), WEBP, b"<?php"),
    kept("pdf that shows html", pdf(stream_of(HTML)), PDF),
    kept("pdf that shows php", pdf(stream_of(PHP)), PDF),
    kept("mp4 with html among its frames", mp4(after=box(b"mdat", HTML)), MP4),
    kept("mp4 with html in a free box", mp4(before=box(b"free", HTML)), MP4),
    refused("gif that is a script, as webp", b"GIF89a" + SCRIPT, WEBP),
    refused("html that begins as a pdf", b"%PDF-1.7\n" + HTML, PDF),
    refused("zip with a png before it, as pdf", DRAWN_PNG + archive(), PDF),
    refused("mp4 head on html", b"\0\0\0\x18ftypisom\0\0\0\0isomavc1" + HTML, MP4),
    refused("script that begins as webp", b"RIFF\x24\0\0\0WEBP" + SCRIPT, WEBP),
)
