"""A mechanic's one average: kept as a sum and a count, told to one decimal."""

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import SessionId

REVIEW_LENGTH_MAX = 2000


@attrs.frozen
class AlreadyRated(Conflict):
    """You have rated this session."""

    session_id: SessionId


@attrs.frozen
class NotRatable(Conflict):
    """Only a completed session can be rated."""

    session_id: SessionId


def check_stars(stars: int) -> int:
    if not 1 <= stars <= 5:
        raise InvalidField("stars", "One to five stars.")
    return stars


def check_review(text: str) -> str:
    review = text.strip()
    if len(review) > REVIEW_LENGTH_MAX:
        raise InvalidField("review", f"At most {REVIEW_LENGTH_MAX} characters.")
    return review


@attrs.frozen
class Reputation:
    stars: int = 0
    count: int = 0

    @property
    def hundredths(self) -> int | None:
        """The average in hundredths of a star, rounded half up; None before the first one."""
        if self.count == 0:
            return None
        return (200 * self.stars + self.count) // (2 * self.count)

    @property
    def told(self) -> str:
        """As people read it, one decimal, rounded half up: "4.7"; "" before the first one."""
        if self.count == 0:
            return ""
        tenths = (20 * self.stars + self.count) // (2 * self.count)
        return f"{tenths // 10}.{tenths % 10}"
