"""The life of a session as the product draws it: each edge, and who may take it.

Written from the diagram and the operational edges beside it, not from the code.
"""

from itertools import pairwise
from typing import Final

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role

_EDGES: Final = """
pending      waiting       system
pending      cancelled     system admin
waiting      matched       mechanic admin
waiting      expired       system
waiting      cancelled     customer admin
matched      scheduled     mechanic admin
matched      live          customer mechanic
matched      waiting       mechanic admin system
matched      cancelled     customer mechanic admin system
scheduled    live          customer mechanic
scheduled    waiting       mechanic admin system
scheduled    cancelled     customer admin system
live         reconnecting  customer mechanic system
live         completed     customer mechanic admin system
live         cancelled     customer mechanic admin system
live         escalated     mechanic
reconnecting live          customer mechanic
reconnecting completed     customer mechanic admin system
reconnecting cancelled     customer mechanic admin system
escalated    completed     workshop admin
completed    escalated     mechanic
completed    archived      system
expired      refunded      system
expired      archived      system
cancelled    refunded      system
cancelled    archived      system
refunded     archived      system
"""

EDGES: Final = {
    (SessionStatus(before), SessionStatus(after)): frozenset(map(Role, takers))
    for before, after, *takers in map(str.split, _EDGES.strip().splitlines())
}
"""The system cancels what a customer did not come to, and ends what ran out of time."""

ENDED: Final = frozenset(
    map(SessionStatus, ("completed", "escalated", "expired", "cancelled", "refunded", "archived"))
)


def the_move_is_in_the_diagram(before: SessionStatus, after: SessionStatus, *, by: Role) -> None:
    """A session accepted for later is matched and scheduled in one step; one whose mechanics
    did not come twice is without a mechanic and expired in one."""
    if before is after:
        return
    via = {
        (SessionStatus.WAITING, SessionStatus.SCHEDULED): SessionStatus.MATCHED,
        (SessionStatus.MATCHED, SessionStatus.EXPIRED): SessionStatus.WAITING,
        (SessionStatus.SCHEDULED, SessionStatus.EXPIRED): SessionStatus.WAITING,
    }
    stops = (before, via[before, after], after) if (before, after) in via else (before, after)
    for edge in pairwise(stops):
        assert by in EDGES.get(edge, ()), f"{edge[0]} → {edge[1]} by {by}"
