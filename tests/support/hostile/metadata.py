"""Pictures that tell more than they show, and files that are nothing at all."""

import struct
from io import BytesIO

from PIL import Image

from support.hostile.attack import Attack, kept, redrawn, refused
from support.hostile.corpus import GPS_IFD, JPG, MAKE, MP4, PDF, PNG, WEBP, pdf, photo, picture
from support.hostile.polyglots import jpeg_segment, png_with, stream_of

MAKER = b"SecretPhoneMaker"
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>45,30N'
    b"</exif:GPSLatitude><script>alert(1)</script></x:xmpmeta>"
)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def with_place(kind: str) -> bytes:
    """EXIF that says where and with what."""
    exif = Image.Exif()
    exif[MAKE] = MAKER.decode()
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (45.0, 30.0, 10.0), 3: "W", 4: (73.0, 34.0, 0.0)})
    out = BytesIO()
    Image.new("RGB", (12, 8), "red").save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def icc(text: bytes, size: int) -> bytes:
    """A profile that claims a size and is something else."""
    return jpeg_segment(0xE2, b"ICC_PROFILE\0\x01\x01" + struct.pack(">I", size) + text)


def many_segments() -> bytes:
    one = jpeg_segment(0xED, b"Photoshop 3.0\08BIM" + MAKER)[2:]
    return b"\xff\xd8" + one[: 4 + 18 + len(MAKER)] * 500 + picture("JPEG")[2:]


ATTACKS: tuple[Attack, ...] = (
    redrawn("jpeg with gps", photo(), JPG, b"Exif", MAKER, b"taken at home"),
    redrawn("png with gps", with_place("PNG"), PNG, b"eXIf", MAKER),
    redrawn("webp with gps", with_place("WEBP"), WEBP, b"EXIF", MAKER),
    redrawn(
        "jpeg with xmp",
        jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        JPG,
        b"GPSLatitude",
    ),
    redrawn(
        "png with xmp",
        png_with(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        PNG,
        b"GPSLatitude",
    ),
    redrawn("jpeg with a profile that lies", icc(MAKER, 4_000_000_000), JPG, MAKER),
    redrawn("jpeg with a profile that is html", icc(b"<script>", 8), JPG, b"<script"),
    redrawn("jpeg with five hundred remarks", many_segments(), JPG, MAKER),
    redrawn("jpeg with broken exif", jpeg_segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"), JPG),
    refused("zero bytes", b"\0" * 1000, PDF),
    refused("zero bytes as a picture", b"\0" * 1000, PNG),
    refused("zero bytes as a film", b"\0" * 1000, MP4),
    refused("one space", b" ", WEBP),
    refused("eicar", EICAR, "text/plain"),
    refused("eicar as pdf", EICAR, PDF),
    refused("eicar as a program", EICAR, "application/octet-stream"),
    redrawn("jpeg with eicar behind it", picture("JPEG") + EICAR, JPG, b"EICAR"),
    kept("pdf that shows eicar", pdf(stream_of(EICAR)), PDF),
    refused("html as html", b"<html><script>alert(1)</script>", "text/html"),
    refused("a kind that nobody knows", photo(), "image/jpeg2000"),
    refused("a kind by its nickname", photo(), "image/jpg"),
    refused("javascript", b"alert(1)", "application/javascript"),
    refused("no kind at all", photo(), "application/octet-stream"),
)
