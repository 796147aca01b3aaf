"""What matching knows of a mechanic and of a request."""

from datetime import date, datetime

import attrs

from autodoctor.domain.shared.ids import MechanicId, WorkshopId


@attrs.frozen
class Candidate:
    """A mechanic as the scorer sees one.

    `rating` is the average in hundredths of a star (450 is 4.5), None before the first one.
    `waiting_since` is when they clocked in or last became free. `brands`, `country` and
    `city` are compared without case.
    """

    mechanic_id: MechanicId
    online: bool = False
    keywords: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    years_of_experience: int = 0
    rating: int | None = None
    red_seal: bool = False
    profile_completion: int = 0
    completed_sessions: int = 0
    country: str = ""
    city: str = ""
    waiting_since: datetime | None = None


@attrs.frozen
class Wanted:
    """What a request asks of a mechanic. `brand` only when a specialist was asked for."""

    keywords: frozenset[str] = frozenset()
    brand: str | None = None
    country: str = ""
    city: str = ""


@attrs.frozen
class Credentials:
    """What decides whether a mechanic may see requests at all."""

    mechanic_id: MechanicId
    approved: bool
    active: bool
    profile_completion: int
    papers_expire_on: date | None
    clocked_in: bool
    workshop_id: WorkshopId | None = None
    workshop_approved: bool = True
