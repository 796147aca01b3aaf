"""What is true of a session's requests, one per round of waiting, at any moment."""

from collections.abc import Sequence
from datetime import timedelta

from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.ids import MechanicId

OPEN = (RequestStatus.WAITING, RequestStatus.ACCEPTED)


def at_most_one_is_open(requests: Sequence[Request]) -> None:
    """Waiting or accepted; the rounds before it are closed."""
    still_open = [each.id for each in requests if each.status in OPEN]
    assert len(still_open) <= 1, f"open at once: {still_open}"
    assert all(each.status not in OPEN for each in requests[:-1]), "an earlier round is open"


def the_last_one_tells_what_the_session_does(session: Session, requests: Sequence[Request]) -> None:
    last = requests[-1]
    if session.status is S.WAITING:
        assert last.status is RequestStatus.WAITING, f"waiting, with a request {last.status}"
    elif session.mechanic_id is not None and session.status not in (
        S.CANCELLED,
        S.REFUNDED,
        S.ARCHIVED,
    ):
        assert last.status is RequestStatus.ACCEPTED, f"{session.status}: {last.status}"
        assert last.accepted_by == session.mechanic_id, "somebody else accepted it"
    else:
        assert last.status is not RequestStatus.WAITING, f"{session.status}, and still waiting"


def each_is_closed_at_a_time_or_waits(requests: Sequence[Request]) -> None:
    for request in requests:
        waiting = request.status is RequestStatus.WAITING
        assert (request.closed_at is None) == waiting, f"{request.status} at {request.closed_at}"
        if request.closed_at is not None:
            assert request.closed_at >= request.waiting_since, "closed before it opened"


def each_was_accepted_in_time(requests: Sequence[Request]) -> None:
    for request in requests:
        if request.status is RequestStatus.ACCEPTED:
            assert request.accepted_by is not None, "accepted by nobody"
            assert request.closed_at is not None, "accepted at no time"
            assert request.closed_at < request.expires_at, "accepted after it had expired"


def each_waits_no_longer_than_allowed(session: Session, requests: Sequence[Request]) -> None:
    for request in requests:
        waits = request.expires_at - request.waiting_since
        later = session.scheduled_for is not None and session.scheduled_for > request.waiting_since
        most = timedelta(hours=24) if later else timedelta(minutes=15)
        assert timedelta(0) <= waits <= most, f"waits {waits}"


def only_waiting_ones_are_shown(
    requests: Sequence[Request], mechanics: Sequence[MechanicId]
) -> None:
    """Whoever looks, and whenever they look."""
    for request in requests:
        moments = (request.waiting_since, request.expires_at, request.expires_at + timedelta(1))
        for at in moments:
            seen = any(
                request.visible_to(mechanic, workshop_id=request.routing.workshop_id, at=at)
                for mechanic in mechanics
            )
            may = request.status is RequestStatus.WAITING and at < request.expires_at
            assert may or not seen, f"{request.status} is shown at {at}"
