"""Sessions and requests in every state, and what a session begins with."""

from datetime import timedelta

from hypothesis import strategies as st

from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.sessions.session import Session, Terms
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import PlanSlug, RequestId
from autodoctor.domain.shared.money import Money
from autodoctor.testing.consultations import MECHANIC, OPENED_AT, OTHER_MECHANIC, WORKSHOP
from autodoctor.testing.stories import STORIES, brought_to
from autodoctor.testing.strategies.money import prices

MECHANICS = (MECHANIC, OTHER_MECHANIC)

TURNING_POINTS = tuple(
    timedelta(seconds=seconds)
    for seconds in (60, 300, 600, 900, 7_200, 86_400, 7 * 86_400, 30 * 86_400)
)
"""Durations at which some rule changes its mind."""


def terms() -> st.SearchStrategy[Terms]:
    """Free ones, the plans' and any between: the time varies with the price, not by it."""
    return st.builds(
        Terms,
        plan=st.sampled_from(["free", "quick-chat", "full-diagnostic"]).map(PlanSlug),
        kind=st.sampled_from(["chat", "video"]),
        minutes=st.sampled_from([5, 10, 30, 45, 60]) | st.integers(1, 240),
        price=st.just(Money(0)) | prices(),
        report=st.booleans(),
    )


def routings() -> st.SearchStrategy[Routing]:
    """Each kind, with and without a chosen mechanic."""
    chosen = st.none() | st.sampled_from(MECHANICS)
    broadcast = st.builds(Routing, chosen_mechanic_id=chosen)
    to_workshop = st.builds(
        Routing,
        st.sampled_from([RoutingKind.WORKSHOP_ONLY, RoutingKind.HYBRID]),
        st.just(WORKSHOP),
        chosen,
    )
    return broadcast | to_workshop


def parties() -> st.SearchStrategy[Party]:
    return st.sampled_from(Party)


def pauses() -> st.SearchStrategy[timedelta]:
    """Durations from a microsecond to weeks; the turning points, and a bit before and after."""
    tick = timedelta(microseconds=1)
    near = st.builds(
        lambda point, off: point + off * tick,
        st.sampled_from(TURNING_POINTS),
        st.integers(-1, 1),
    )
    return near | st.timedeltas(tick, timedelta(minutes=70))


def leads() -> st.SearchStrategy[timedelta | None]:
    """How long before its appointment a session is booked; None for one that starts now."""
    return st.none() | st.timedeltas(timedelta(hours=2), timedelta(days=4))


@st.composite
def sessions(draw: st.DrawFn, *, status: SessionStatus | None = None) -> Session:
    """In that state, or in any that a session is kept in, as its life brings it there."""
    reached = status or draw(st.sampled_from(sorted(STORIES)))
    return brought_to(reached, terms=draw(terms())).session


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Waiting, for now or for an appointment, by any routing."""
    status = draw(st.sampled_from([SessionStatus.WAITING, SessionStatus.SCHEDULED]))
    session = brought_to(status).session
    request_id = RequestId(draw(st.uuids(version=4)))
    since = OPENED_AT + draw(st.timedeltas(timedelta(0), timedelta(hours=1)))
    return open_request(session, request_id=request_id, routing=draw(routings()), at=since)
