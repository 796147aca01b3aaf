"""Accepting, declining and giving back: who may, and what stands in the way in which order."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.mechanics.shift import clock
from autodoctor.application.sessions.accept import accept, decline, withdraw
from autodoctor.application.sessions.ending import end_session
from autodoctor.domain.matching.eligibility import NotEligible, Obstacle
from autodoctor.domain.sessions.policy import MechanicBusy
from autodoctor.domain.sessions.request import (
    Request,
    RequestClosed,
    RequestNotForYou,
    RequestStatus,
    RequestTaken,
)
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import RequestId
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from support.refusing import in_the_way
from support.towns import Pair, live, matched, now, request_of


def changed(town: Town, request_id: RequestId, **changes: object) -> None:
    with town.kept(SYSTEM) as tx:
        request: Request = tx.requests.get(request_id)
        tx.requests.save(attrs.evolve(request, **changes))  # type: ignore[arg-type]


def test_refusals_come_in_their_order(town: Town) -> None:
    busy = live(town)
    mechanic, rival = busy.mechanic, a_mechanic(town.ports)
    clock(town.ports, actor=mechanic, on_shift=False)
    session = a_paid_session(town, a_customer(town.ports))
    request = request_of(town, session)
    chosen = attrs.evolve(request.routing, chosen_mechanic_id=rival.mechanic_id)
    taken = {"status": RequestStatus.ACCEPTED, "accepted_by": rival.mechanic_id}
    over = {"expires_at": town.clock.now()}
    changed(town, request.id, routing=chosen, **taken, **over)
    asked: dict[str, Actor | RequestId] = {
        "actor": busy.customer,
        "request_id": RequestId(uuid4()),
    }

    met = in_the_way(
        lambda: accept(town.ports, **asked),  # type: ignore[arg-type]
        lambda: asked.update(actor=mechanic),
        lambda: clock(town.ports, actor=mechanic, on_shift=True),
        lambda: asked.update(request_id=request.id),
        lambda: changed(town, request.id, status=RequestStatus.WAITING, accepted_by=None),
        lambda: changed(town, request.id, expires_at=request.expires_at),
        lambda: changed(town, request.id, routing=request.routing),
        lambda: end_session(town.ports, actor=mechanic, session_id=busy.session.id),
    )

    first = [WrongRole, NotEligible, Missing, RequestTaken, RequestClosed]
    assert met == [*first, RequestNotForYou, MechanicBusy, None]


@pytest.mark.parametrize(
    ("lacks", "obstacle"),
    [
        ({"approved": False}, Obstacle.NOT_APPROVED),
        ({"workshop_approved": False}, Obstacle.WORKSHOP_APPROVAL_PENDING),
        ({"profile_completion": 79}, Obstacle.PROFILE_INCOMPLETE),
        ({"on_shift_since": None}, Obstacle.OFF_SHIFT),
    ],
)
def test_who_may_not_take_requests_is_told_why(
    town: Town, lacks: dict[str, object], obstacle: Obstacle
) -> None:
    session, mechanic = a_paid_session(town, a_customer(town.ports)), a_mechanic(town.ports)
    with town.kept(SYSTEM) as tx:
        able = tx.mechanics.get(mechanic.mechanic_id)
        tx.mechanics.save(attrs.evolve(able, **lacks))  # type: ignore[arg-type]

    with pytest.raises(NotEligible) as refused:
        accept(town.ports, actor=mechanic, request_id=request_of(town, session).id)

    assert refused.value.obstacles == (obstacle,)
    assert now(town, session).status is SessionStatus.WAITING


def test_a_request_is_over_at_its_moment_though_no_timer_has_run(town: Town) -> None:
    session, mechanic = a_paid_session(town, a_customer(town.ports)), a_mechanic(town.ports)
    request = request_of(town, session)
    town.clock.set(request.expires_at)

    with pytest.raises(RequestClosed):
        accept(town.ports, actor=mechanic, request_id=request.id)

    town.clock.set(request.expires_at - timedelta(microseconds=1))
    assert accept(town.ports, actor=mechanic, request_id=request.id).mechanic_id is not None


def test_the_terms_are_agreed_with_the_match(town: Town) -> None:
    pair = matched(town)

    with town.kept(SYSTEM) as tx:
        terms = tx.ledger.agreed(pair.session.id)

    assert terms is not None
    assert (terms.mechanic_id, terms.workshop_id) == (pair.mechanic.mechanic_id, None)
    assert terms.rates == town.ports.rules.rates


def test_refusals_of_declining_come_in_their_order(town: Town) -> None:
    session, mechanic = a_paid_session(town, a_customer(town.ports)), a_mechanic(town.ports)
    clock(town.ports, actor=mechanic, on_shift=False)
    request = request_of(town, session)
    changed(town, request.id, expires_at=town.clock.now())
    asked: dict[str, Actor | RequestId] = {
        "actor": a_customer(town.ports),
        "request_id": RequestId(uuid4()),
    }

    met = in_the_way(
        lambda: decline(town.ports, **asked),  # type: ignore[arg-type]
        lambda: asked.update(actor=mechanic),
        lambda: clock(town.ports, actor=mechanic, on_shift=True),
        lambda: asked.update(request_id=request.id),
        lambda: changed(town, request.id, expires_at=request.expires_at),
    )

    assert met == [WrongRole, NotEligible, Missing, Missing, None]


def given_back(town: Town, pair: Pair, who: Actor) -> None:
    withdraw(town.ports, actor=who, request_id=request_of(town, pair.session).id)


def test_only_the_one_who_accepted_gives_it_back(town: Town) -> None:
    pair = matched(town)

    with pytest.raises(WrongRole):
        given_back(town, pair, pair.customer)
    with pytest.raises(Missing):
        given_back(town, pair, a_mechanic(town.ports))

    assert now(town, pair.session).status is SessionStatus.MATCHED


def test_what_has_begun_is_not_given_back(town: Town) -> None:
    pair = live(town)

    with pytest.raises(IllegalTransition):
        given_back(town, pair, pair.mechanic)


def test_what_is_given_back_waits_anew_for_everybody_else(town: Town) -> None:
    pair, other = matched(town), a_mechanic(town.ports)
    before = request_of(town, pair.session)
    town.clock.advance(timedelta(minutes=5))

    given_back(town, pair, pair.mechanic)

    after = request_of(town, pair.session)
    with town.kept(SYSTEM) as tx:
        assert tx.requests.get(before.id).status is RequestStatus.CANCELLED
    assert after.waiting_since == town.clock.now()
    at, waiting = town.clock.now(), town.ports.queries.requests.waiting
    assert waiting(pair.mechanic.mechanic_id, at=at) == ()
    assert [view.id for view in waiting(other.mechanic_id, at=at)] == [after.id]
