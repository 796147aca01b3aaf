"""Pictures, drawn anew: what comes out holds pixels and nothing else.

Where and with what a photo was taken, thumbnails, comments, colour profiles, further frames,
and whatever was appended to the file do not survive. It is turned the way it was held.
"""

import struct
import zlib
from typing import Any, BinaryIO, Final

from PIL import Image

from autodoctor.adapters.storage.scratch import scratch
from autodoctor.ports.files import FileNotAcceptable

PIXELS_MAX: Final = 50_000_000
"""The largest that telephones take; at four bytes each it unpacks to 200 MB."""

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_SAVING: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 88},
    "PNG": {},
    "WEBP": {"quality": 85, "method": 2},
}
_MODES: Final = {
    "JPEG": frozenset({"L", "RGB"}),
    "PNG": frozenset({"1", "L", "LA", "I;16", "RGB", "RGBA"}),
    "WEBP": frozenset({"RGB", "RGBA"}),
}
_ORIENTATION_TAG: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    MemoryError,
    struct.error,
    zlib.error,
    UserWarning,
)
"""What Pillow raises for files that are broken, by accident or by design; and what it only warns
of, where warnings are errors."""
_BOMB: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def redraw(content: BinaryIO, *, media_type: str) -> BinaryIO:
    """A new file of the same format. Raises FileNotAcceptable."""
    kind = FORMATS[media_type]
    content.seek(0)
    try:
        with Image.open(content, formats=[kind]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise _too_many_pixels()
            drawn = _plain(image, kind)
        return _encoded(drawn, kind)
    except _BOMB:
        raise _too_many_pixels() from None
    except _BROKEN as fault:
        raise FileNotAcceptable("The picture is damaged, or of another format.") from fault


def _too_many_pixels() -> FileNotAcceptable:
    return FileNotAcceptable(f"The picture has more than {PIXELS_MAX // 1_000_000} megapixels.")


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """In a mode the format can hold, upright, without what is not a pixel."""
    image.load()
    turned = _UPRIGHT.get(_orientation(image))
    plain = image.convert(_mode(image, kind))
    plain.info = {}
    return plain if turned is None else plain.transpose(turned)


def _mode(image: Image.Image, kind: str) -> str:
    if kind == "JPEG":
        return "L" if image.mode == "L" else "RGB"
    if image.has_transparency_data:
        return "RGBA"
    return image.mode if image.mode in _MODES[kind] else "RGB"


def _orientation(image: Image.Image) -> int:
    """1 (as it is) when the metadata is missing or broken: the picture may still be good."""
    try:
        found = image.getexif().get(_ORIENTATION_TAG)
    except _BROKEN:
        return 1
    return found if isinstance(found, int) else 1


def _encoded(image: Image.Image, kind: str) -> BinaryIO:
    fresh = scratch()
    try:
        image.save(fresh, kind, **_SAVING[kind])
    except BaseException:
        fresh.close()
        raise
    return fresh
