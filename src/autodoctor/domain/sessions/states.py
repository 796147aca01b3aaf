"""The twelve states of a session, the edges between them, and who may take each.

The table is the product's lifecycle diagram and the operational edges beside it; a pair
that is not in it is refused, whoever asks.
"""

from enum import StrEnum
from typing import Final

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Conflict, Forbidden


class SessionStatus(StrEnum):
    PENDING = "pending"
    WAITING = "waiting"
    MATCHED = "matched"
    SCHEDULED = "scheduled"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    COMPLETED = "completed"
    ESCALATED = "escalated"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    ARCHIVED = "archived"


S = SessionStatus

CUSTOMER_BLOCKING: Final = frozenset({S.PENDING, S.WAITING, S.MATCHED, S.LIVE, S.RECONNECTING})
"""A customer has at most one session in these; a scheduled one does not block today's."""

MECHANIC_ENGAGED: Final = frozenset({S.MATCHED, S.LIVE, S.RECONNECTING})
"""A mechanic has at most one session in these; scheduled ones may not overlap."""

IN_ROOM: Final = frozenset({S.LIVE, S.RECONNECTING})
"""Both have met: the clock has started and the conversation is open."""

JOINABLE: Final = frozenset({S.MATCHED, S.SCHEDULED, S.LIVE, S.RECONNECTING})
ENDED: Final = frozenset({S.COMPLETED, S.ESCALATED, S.EXPIRED, S.CANCELLED, S.REFUNDED, S.ARCHIVED})

_BOTH = frozenset({Role.CUSTOMER, Role.MECHANIC})
_SYSTEM = frozenset({Role.SYSTEM})
_STAFF = frozenset({Role.ADMIN, Role.SYSTEM})
_ANYONE_INSIDE = _BOTH | _STAFF

TRANSITIONS: Final[dict[tuple[SessionStatus, SessionStatus], frozenset[Role]]] = {
    (S.PENDING, S.WAITING): _SYSTEM,
    (S.PENDING, S.CANCELLED): _STAFF,
    (S.WAITING, S.MATCHED): frozenset({Role.MECHANIC, Role.ADMIN}),
    (S.WAITING, S.EXPIRED): _SYSTEM,
    (S.WAITING, S.CANCELLED): frozenset({Role.CUSTOMER, Role.ADMIN}),
    (S.MATCHED, S.SCHEDULED): frozenset({Role.MECHANIC, Role.ADMIN}),
    (S.MATCHED, S.LIVE): _BOTH,
    (S.MATCHED, S.WAITING): frozenset({Role.MECHANIC, Role.ADMIN, Role.SYSTEM}),
    (S.MATCHED, S.CANCELLED): _ANYONE_INSIDE,
    (S.SCHEDULED, S.LIVE): _BOTH,
    (S.SCHEDULED, S.WAITING): frozenset({Role.MECHANIC, Role.ADMIN, Role.SYSTEM}),
    (S.SCHEDULED, S.CANCELLED): frozenset({Role.CUSTOMER, Role.ADMIN, Role.SYSTEM}),
    (S.LIVE, S.RECONNECTING): _BOTH | _SYSTEM,
    (S.LIVE, S.COMPLETED): _ANYONE_INSIDE,
    (S.LIVE, S.CANCELLED): _ANYONE_INSIDE,
    (S.LIVE, S.ESCALATED): frozenset({Role.MECHANIC}),
    (S.RECONNECTING, S.LIVE): _BOTH,
    (S.RECONNECTING, S.COMPLETED): _ANYONE_INSIDE,
    (S.RECONNECTING, S.CANCELLED): _ANYONE_INSIDE,
    (S.ESCALATED, S.COMPLETED): frozenset({Role.WORKSHOP, Role.ADMIN}),
    (S.COMPLETED, S.ESCALATED): frozenset({Role.MECHANIC}),
    (S.COMPLETED, S.ARCHIVED): _SYSTEM,
    (S.EXPIRED, S.REFUNDED): _SYSTEM,
    (S.EXPIRED, S.ARCHIVED): _SYSTEM,
    (S.CANCELLED, S.REFUNDED): _SYSTEM,
    (S.CANCELLED, S.ARCHIVED): _SYSTEM,
    (S.REFUNDED, S.ARCHIVED): _SYSTEM,
}


@attrs.frozen
class IllegalTransition(Conflict):
    """The session's state does not allow this."""

    current: SessionStatus
    requested: SessionStatus


@attrs.frozen
class TransitionNotYours(Forbidden):
    """Somebody else takes this step of a session."""

    current: SessionStatus
    requested: SessionStatus
    role: Role


def check_transition(*, current: SessionStatus, requested: SessionStatus, by: Role) -> None:
    """Raise IllegalTransition when there is no such edge; only then TransitionNotYours."""
    takers = TRANSITIONS.get((current, requested))
    if takers is None:
        raise IllegalTransition(current, requested)
    if by not in takers:
        raise TransitionNotYours(current, requested, by)
