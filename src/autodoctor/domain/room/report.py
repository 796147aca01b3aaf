"""What the mechanic writes down: notes for themselves, a report for the customer."""

from datetime import datetime, timedelta

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import MechanicId, SessionId

FIELD_LENGTH_MAX = 5000
AMENDMENTS_MAX = 20
ONE_NEWS_WITHIN = timedelta(minutes=15)
"""Several amendments in a row are one piece of news."""


@attrs.frozen
class ReportWritten(Conflict):
    """The report is written; add an amendment instead."""

    session_id: SessionId


@attrs.frozen
class TooManyAmendments(Conflict):
    """This report has as many amendments as one may have."""

    most: int


@attrs.frozen
class Amendment:
    text: str
    written_at: datetime


@attrs.frozen(kw_only=True)
class Report:
    session_id: SessionId
    mechanic_id: MechanicId
    findings: str
    steps_taken: str
    next_steps: str
    parts_needed: str
    written_at: datetime
    amendments: tuple[Amendment, ...] = ()

    def is_news(self, at: datetime) -> bool:
        """Whether an amendment at that moment is told to the customer: not when they were told of
        something here within `ONE_NEWS_WITHIN` before."""
        told = self.written_at
        for each in self.amendments:
            if each.written_at - told >= ONE_NEWS_WITHIN:
                told = each.written_at
        return at - told >= ONE_NEWS_WITHIN

    def check_amendable(self) -> None:
        """Raises TooManyAmendments."""
        if len(self.amendments) >= AMENDMENTS_MAX:
            raise TooManyAmendments(AMENDMENTS_MAX)


@attrs.frozen(kw_only=True)
class Notes:
    session_id: SessionId
    mechanic_id: MechanicId
    text: str
    saved_at: datetime


@attrs.frozen(kw_only=True)
class Rating:
    session_id: SessionId
    mechanic_id: MechanicId
    stars: int
    review: str
    rated_at: datetime


def check_part(field: str, text: str, *, required: bool = True) -> str:
    """One field of a report: required ones say something, none more than 5,000 characters."""
    written = text.strip()
    if required and not written:
        raise InvalidField(field, "The customer needs this part of the report.")
    if len(written) > FIELD_LENGTH_MAX:
        raise InvalidField(field, f"At most {FIELD_LENGTH_MAX} characters.")
    if "\x00" in written:
        raise InvalidField(field, "A text holds no NUL characters.")
    return written
