"""What a workshop offers in a quote, before tax."""

from typing import Final

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.money import Money
from autodoctor.domain.workshops.quote_lines import LabourLine, PartLine

Line = PartLine | LabourLine

LINES_MAX: Final = 100
NOTES_CHARACTERS_MAX: Final = 5_000
WARRANTY_DAYS_DEFAULT: Final = 90
WARRANTY_DAYS_MAX: Final = 3_650


@attrs.frozen
class TooManyLines(Invalid):
    """A quote has at most 100 lines."""

    lines: int


@attrs.frozen
class NotesTooLong(Invalid):
    """Notes have at most 5000 characters."""

    characters: int


@attrs.frozen
class WarrantyOutOfBounds(Invalid):
    """A warranty lasts from 0 days to ten years."""

    days: int


@attrs.frozen(kw_only=True)
class Offer:
    """Lines in one currency, notes for the customer and notes that no customer ever sees.

    Raises TooManyLines, CurrencyMismatch, NotesTooLong, WarrantyOutOfBounds, in this order.
    """

    lines: tuple[Line, ...] = ()
    notes: str = ""
    internal_notes: str = ""
    warranty_days: int = WARRANTY_DAYS_DEFAULT

    def __attrs_post_init__(self) -> None:
        if len(self.lines) > LINES_MAX:
            raise TooManyLines(len(self.lines))
        _sum(self.lines, (PartLine, LabourLine))
        longest = max(len(self.notes), len(self.internal_notes))
        if longest > NOTES_CHARACTERS_MAX:
            raise NotesTooLong(longest)
        if not 0 <= self.warranty_days <= WARRANTY_DAYS_MAX:
            raise WarrantyOutOfBounds(self.warranty_days)

    @property
    def parts(self) -> Money:
        return _sum(self.lines, (PartLine,))

    @property
    def labour(self) -> Money:
        return _sum(self.lines, (LabourLine,))

    @property
    def subtotal(self) -> Money:
        return self.parts + self.labour


def _sum(lines: tuple[Line, ...], kinds: tuple[type[Line], ...]) -> Money:
    if not lines:
        return Money.zero()
    zero = Money.zero(lines[0].amount.currency)
    return sum((line.amount for line in lines if isinstance(line, kinds)), zero)
