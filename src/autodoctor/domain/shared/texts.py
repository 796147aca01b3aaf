"""Texts that people write: questions, answers and reasons; lines of a form."""

import re
from typing import Final

from autodoctor.domain.shared.errors import InvalidField

TEXT_LENGTH_MAX: Final = 2000
LINE_LENGTH_MAX: Final = 120
POSTAL_CODE: Final = re.compile(r"[A-Z]\d[A-Z]\d[A-Z]\d")


def check_text(field: str, text: str) -> str:
    """What is asked, answered or given as a reason: trimmed, 1 to 2000 characters."""
    told = text.replace("\x00", "").strip()
    if not told:
        raise InvalidField(field, "Say it in a sentence.")
    if len(told) > TEXT_LENGTH_MAX:
        raise InvalidField(field, f"At most {TEXT_LENGTH_MAX} characters.")
    return told


def check_line(field: str, text: str, *, least: int = 2) -> str:
    """One line of text: trimmed, `least` to 120 characters. Raises InvalidField."""
    line = " ".join(text.split())
    if not least <= len(line) <= LINE_LENGTH_MAX or not (line.isprintable() or not line):
        few = f"Enter {least} to" if least else "At most"
        raise InvalidField(field, f"{few} {LINE_LENGTH_MAX} characters.")
    return line


def check_postal_code(text: str) -> str:
    """As M5V 2T6. Raises InvalidField."""
    code = "".join(text.split()).upper().replace("-", "")
    if not POSTAL_CODE.fullmatch(code):
        raise InvalidField("postal_code", "Enter a postal code such as M5V 2T6.")
    return f"{code[:3]} {code[3:]}"
