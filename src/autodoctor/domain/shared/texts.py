"""Texts that people write to each other: questions, answers, reasons."""

from typing import Final

from autodoctor.domain.shared.errors import InvalidField

TEXT_LENGTH_MAX: Final = 2000


def check_text(field: str, text: str) -> str:
    """What is asked, answered or given as a reason: trimmed, 1 to 2000 characters."""
    told = text.replace("\x00", "").strip()
    if not told:
        raise InvalidField(field, "Say it in a sentence.")
    if len(told) > TEXT_LENGTH_MAX:
        raise InvalidField(field, f"At most {TEXT_LENGTH_MAX} characters.")
    return told
