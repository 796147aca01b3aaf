"""The order of candidates, and the ten that are alerted first."""

import heapq
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.matching.score import Score, score

ALERTED_FIRST: Final = 10
_LAST: Final = datetime.max.replace(tzinfo=UTC)

Key = tuple[int, int, int, datetime, UUID]


@attrs.frozen
class Ranked:
    candidate: Candidate
    score: Score

    @property
    def key(self) -> Key:
        """Ascending: most points, then rating, then completed sessions, then who has waited
        longest, then id."""
        return (
            -self.score.points,
            -(self.candidate.rating or 0),
            -self.candidate.completed_sessions,
            self.candidate.waiting_since or _LAST,
            self.candidate.mechanic_id,
        )


def rank(
    candidates: Iterable[Candidate], wanted: Wanted, *, most: int = ALERTED_FIRST
) -> tuple[Ranked, ...]:
    """The `most` best, best first. Offline candidates score 0 and are left out."""
    scored = (Ranked(candidate, score(candidate, wanted)) for candidate in candidates)
    online = (ranked for ranked in scored if ranked.candidate.online)
    return tuple(heapq.nsmallest(most, online, key=lambda ranked: ranked.key))
