"""Files that are small until somebody opens them, and those that never end."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from support.hostile.attack import Attack, redrawn, refused
from support.hostile.corpus import JPG, PDF, PNG, WEBP, picture, png_chunk

GIF, ZIP, XML, SVG = "image/gif", "application/zip", "text/xml", "image/svg+xml"
FRAMES = 10_000
MIB = 1024 * 1024


def gif_head(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0" * 6


def gif_bomb() -> bytes:
    return gif_head(60_000, 60_000) + b"\x2c" + struct.pack("<HHHH", 0, 0, 60_000, 60_000) + b"\0;"


def gif_of_frames() -> bytes:
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
    return gif_head(1, 1) + frame * FRAMES + b";"


def jpeg_bomb() -> bytes:
    """The dimensions of a good picture, written over."""
    good = picture("JPEG")
    at = good.index(b"\xff\xc0") + 5
    return good[:at] + struct.pack(">HH", 60_000, 60_000) + good[at + 4 :]


def apng_of_frames() -> bytes:
    """One pixel, ten thousand times."""
    row = zlib.compress(b"\0\xff\0\0")
    chunks = [
        png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        png_chunk(b"acTL", struct.pack(">II", FRAMES, 0)),
        png_chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 10, 0, 0)),
        png_chunk(b"IDAT", row),
    ]
    for number in range(1, FRAMES):
        turn = struct.pack(">IIIIIHHBB", 2 * number - 1, 1, 1, 0, 0, 1, 10, 0, 0)
        chunks.append(png_chunk(b"fcTL", turn))
        chunks.append(png_chunk(b"fdAT", struct.pack(">I", 2 * number) + row))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + png_chunk(b"IEND", b"")


def animated_webp() -> bytes:
    frames = [Image.new("RGB", (2, 2), (each, 0, 0)) for each in range(50)]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def png_text_bomb() -> bytes:
    """64 MB of text in 64 KB."""
    packed = zlib.compress(b"A" * 64 * MIB, 9)
    good = picture("PNG")
    return good[:33] + png_chunk(b"zTXt", b"Comment\0\0" + packed) + good[33:]


def png_profile_bomb() -> bytes:
    packed = zlib.compress(b"\0" * 64 * MIB, 9)
    good = picture("PNG")
    return good[:33] + png_chunk(b"iCCP", b"icc\0\0" + packed) + good[33:]


def zipped(name: str, content: bytes, *more: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zip_file:
        for each, inside in ((name, content), *more):
            zip_file.writestr(each, inside)
    return out.getvalue()


def nested() -> bytes:
    inside = zipped("zeros", b"\0" * MIB)
    for depth in range(10):
        inside = zipped(f"{depth}.zip", inside)
    return inside


def office(part: str) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    macro = (f"{part}/vbaProject.bin", b"\xd0\xcf\x11\xe0AutoOpen")
    return zipped("[Content_Types].xml", types, (f"{part}/document.xml", b"<x/>"), macro)


def laughs() -> bytes:
    """A billion of them in a kilobyte."""
    entities = b"".join(
        b'<!ENTITY lol%d "%s">' % (each, b"&lol%d;" % (each - 1) * 10) for each in range(1, 10)
    )
    head = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">'
    return head + entities + b"]><lolz>&lol9;</lolz>"


LAUGHS = laughs()
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
)
FOREIGN = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body '
    b'xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject></svg>'
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.ms-excel.sheet.macroEnabled.12"

ATTACKS: tuple[Attack, ...] = (
    refused("gif bomb", gif_bomb(), GIF),
    refused("gif bomb as png", gif_bomb(), PNG),
    refused("gif of ten thousand frames", gif_of_frames(), GIF),
    refused("gif of ten thousand frames as webp", gif_of_frames(), WEBP),
    refused("jpeg bomb", jpeg_bomb(), JPG),
    redrawn("apng of ten thousand frames", apng_of_frames(), PNG, b"acTL", b"fdAT"),
    redrawn("webp of fifty frames", animated_webp(), WEBP, b"ANIM", b"ANMF"),
    refused("png with a text bomb", png_text_bomb(), PNG),
    refused("png with a profile bomb", png_profile_bomb(), PNG),
    refused("zip bomb", zipped("zeros", b"\0" * 32 * MIB), ZIP),
    refused("zip bomb as pdf", zipped("zeros", b"\0" * 32 * MIB), PDF),
    refused("zip in zip in zip", nested(), ZIP),
    refused("zip in zip in zip as jpeg", nested(), JPG),
    refused("docx with a macro", office("word"), DOCX),
    refused("docx with a macro as pdf", office("word"), PDF),
    refused("xlsx with a macro", office("xl"), XLSX),
    refused("xlsx with a macro as png", office("xl"), PNG),
    refused("billion laughs", LAUGHS, XML),
    refused("billion laughs as svg", LAUGHS, SVG),
    refused("billion laughs as pdf", LAUGHS, PDF),
    refused("svg with an outside entity", OUTSIDE, SVG),
    refused("svg with an outside entity as png", OUTSIDE, PNG),
    refused("svg with a foreign body", FOREIGN, SVG),
    refused("svg with a foreign body as webp", FOREIGN, WEBP),
    refused("a jpeg larger than a picture may be", picture("JPEG") + b"\0" * 10 * MIB, JPG),
)
