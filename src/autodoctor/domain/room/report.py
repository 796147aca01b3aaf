"""What the mechanic writes down: notes for themselves, a report for the customer."""

from datetime import datetime, timedelta

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import MechanicId, SessionId

FIELD_LENGTH_MAX = 5000
AMENDMENTS_MAX = 20
ONE_NEWS_WITHIN = timedelta(minutes=15)
"""Several amendments in a row are two pieces of news: the first, and all the others."""


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

    def news_at(self, at: datetime, *, ended_at: datetime) -> datetime:
        """When the customer is told of an amendment of that moment: at once, unless they were told
        of another one within `ONE_NEWS_WITHIN`. Then when that time is over, of all since."""
        told: datetime | None = None
        for written in (*(each.written_at for each in self.amendments), at):
            if written >= ended_at:
                told = _told_of(written, told)
        assert told is not None, "amendments after the end are news"
        return told

    def check_amendable(self) -> None:
        """Raises TooManyAmendments."""
        if len(self.amendments) >= AMENDMENTS_MAX:
            raise TooManyAmendments(AMENDMENTS_MAX)


def _told_of(written: datetime, told: datetime | None) -> datetime:
    """`told` is the last news that there was, or that is still to come."""
    if told is None or written >= told + ONE_NEWS_WITHIN:
        return written
    return told if written < told else told + ONE_NEWS_WITHIN


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
