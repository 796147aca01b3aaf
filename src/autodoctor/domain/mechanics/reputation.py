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
class NotRated(Conflict):
    """Nobody has rated this mechanic yet: there is nothing to correct."""


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
    if "\x00" in review:
        raise InvalidField("review", "A text holds no NUL characters.")
    return review


@attrs.frozen
class Reputation:
    stars: int = 0
    count: int = 0

    @property
    def tenths(self) -> int | None:
        """The one average, in tenths of a star, rounded half up; None before the first one."""
        if self.count == 0:
            return None
        return (20 * self.stars + self.count) // (2 * self.count)

    @property
    def hundredths(self) -> int | None:
        """The same in hundredths, as matching counts: who reads 4.5 is scored for 4.5."""
        return None if self.tenths is None else self.tenths * 10

    @property
    def told(self) -> str:
        """As people read it, "4.7"; "" before the first one."""
        return "" if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}"

    def corrected(self, tenths: int) -> "Reputation":
        """The same ratings, with stars added or taken until their average is as near to
        `tenths` as whole stars come. Raises InvalidField, then NotRated."""
        if not 10 <= tenths <= 50:
            raise InvalidField("rating", "Between 1 and 5 stars.")
        if self.count == 0:
            raise NotRated()
        return Reputation((tenths * self.count + 5) // 10, self.count)
