"""Documents people keep: PDFs."""

from datetime import datetime
from typing import Protocol

import attrs


@attrs.frozen(kw_only=True)
class ReportDocument:
    """A diagnostic report as it is printed; texts are plain, times in the reader's zone."""

    reference: str
    customer: str
    mechanic: str
    vehicle: str
    plan: str
    concern: str
    minutes: int
    held_at: datetime
    findings: str
    steps_taken: str
    next_steps: str
    parts_needed: str
    amendments: tuple[tuple[datetime, str], ...] = ()


class Documents(Protocol):
    def report(self, report: ReportDocument, /) -> bytes:
        """A PDF."""
