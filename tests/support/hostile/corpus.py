"""Files of every sort, made here: good ones, odd ones and hostile ones."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image

JPG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MP4, MOV, PDF = "video/mp4", "video/quicktime", "application/pdf"
GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(kind: str, *, mode: str = "RGB", **options: object) -> bytes:
    """12 by 8, red on the left and blue on the right."""
    image = Image.new("RGB", (12, 8), "red")
    image.paste("blue", (6, 0, 12, 8))
    out = BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def photo(*, orientation: int = 1) -> bytes:
    """As a telephone takes it: with place, maker, comment and thumbnail-like extras."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "SecretPhoneMaker"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (45.0, 30.0, 10.0), 3: "W", 4: (73.0, 34.0, 0.0)})
    return picture("JPEG", exif=exif, comment=b"taken at home", quality=95, subsampling=0)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png_bomb(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def webp_bomb() -> bytes:
    canvas = (16_382).to_bytes(3, "little") * 2
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    small = picture("WEBP")[12:]
    body = b"WEBP" + extended + small
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    return box(b"ftyp", major + b"\0\0\0\0" + b"".join(compatible or (major,)))


def moov(handler: bytes = b"vide", *, closed_by: bytes = b"") -> bytes:
    hdlr = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    track = box(b"trak", box(b"tkhd", b"\0" * 84) + box(b"mdia", hdlr) + closed_by)
    return box(b"moov", box(b"mvhd", b"\0" * 100) + track)


def mp4(*, before: bytes = b"", after: bytes = b"") -> bytes:
    frames = box(b"mdat", b"\x11" * 200)
    return ftyp(b"isom", b"isom", b"avc1") + before + moov() + frames + after


def mov() -> bytes:
    return ftyp(b"qt  ") + box(b"wide") + box(b"mdat", b"\x22" * 90) + moov(closed_by=b"\0" * 4)


def pdf(*extra: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """One empty page, and further objects; offsets in the table are not right, as in many."""
    objects = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>\nendobj",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj",
        *extra,
    ]
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    tail = b"\ntrailer\n<< /Size 9 /Root 1 0 R " + trailer + b" >>\nstartxref\n9\n%%EOF\n"
    return head + b"\n".join(objects) + tail


def object_stream(inside: bytes, *, filters: bytes = b"/FlateDecode", packed: bool = True) -> bytes:
    body = zlib.compress(inside) if packed else inside
    head = b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\nstream\n"
    return head % (filters, len(body)) + body + b"\nendstream\nendobj"


def archive(comment: bytes = b"") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("run.js", "alert(1)")
        zipped.comment = comment
    return out.getvalue()


GIF_SCRIPT = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//;"
HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 100 + b"PE\0\0"
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 57
SHELL = b"#!/bin/sh\nrm -rf ~\n"
SCRIPT_ACTION = b"9 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj"
