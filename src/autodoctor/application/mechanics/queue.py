"""The queue of requests as one mechanic may see it, each with why it came and what it pays."""

from datetime import datetime, timedelta

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import QUEUE
from autodoctor.application.mechanics.eligibility import candidate_of, what_stands_in_the_way
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.eligibility import Obstacle
from autodoctor.domain.matching.score import Score, score
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.revenue.rates import Rates
from autodoctor.domain.revenue.split import split
from autodoctor.domain.room.file import File
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import RequestId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.queries import RequestView
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class Offer:
    """A request, why it suits this mechanic, what it pays them, how long it lasts."""

    request: RequestView
    score: Score
    pays: Money
    open_for: timedelta


@attrs.frozen(kw_only=True)
class Queue:
    obstacles: tuple[Obstacle, ...]
    offers: tuple[Offer, ...]


def queue(ports: Ports, *, actor: Actor) -> Queue:
    """Visibility is computed now; somebody who may not take requests sees none, and why."""
    may(actor, QUEUE)
    at = ports.now()
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id)
        standing = what_stands_in_the_way(mechanic, today=at.date())
        rates = _rates(ports, tx, mechanic)
    if standing:
        return Queue(obstacles=standing, offers=())
    waiting = ports.queries.requests.waiting(mechanic.id, at=at)
    return Queue(
        obstacles=(),
        offers=tuple(
            _offer(request, mechanic, rates, at=at)
            for request in waiting
            if _visible(request, mechanic, at=at)
        ),
    )


def offer(ports: Ports, *, actor: Actor, request_id: RequestId) -> tuple[Offer, tuple[File, ...]]:
    """One request with the files sent along. Raises Missing when it is not for this mechanic."""
    may(actor, QUEUE)
    at = ports.now()
    request = ports.queries.requests.one(request_id)
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id)
        mine = request.accepted_by == mechanic.id
        waiting = request.status is RequestStatus.WAITING
        if not mine and (not waiting or what_stands_in_the_way(mechanic, today=at.date())):
            raise Missing("request")
        if not mine and not _visible(request, mechanic, at=at):
            raise Missing("request")
        return _offer(request, mechanic, _rates(ports, tx, mechanic), at=at), tx.files.of_intake(
            request.intake_id
        )


def _visible(request: RequestView, mechanic: Mechanic, *, at: datetime) -> bool:
    if request.customer_id == mechanic.id:
        return False
    return at < request.expires_at and request.routing.admits(
        mechanic.id,
        workshop_id=mechanic.workshop_id,
        waiting_since=request.waiting_since,
        at=at,
    )


def wanted_by(request: RequestView) -> Wanted:
    return Wanted(
        keywords=frozenset(request.keywords),
        brand=request.specialist_brand or None,
        country=request.country,
        city=request.city,
    )


def _rates(ports: Ports, tx: Transaction, mechanic: Mechanic) -> Rates:
    if mechanic.workshop_id is None:
        return ports.rules.rates
    workshop = tx.workshops.get(mechanic.workshop_id)
    return Rates(platform=workshop.platform_rate, workshop=workshop.workshop_rate)


def _offer(request: RequestView, mechanic: Mechanic, rates: Rates, *, at: datetime) -> Offer:
    in_workshop = mechanic.workshop_id is not None
    return Offer(
        request=request,
        score=score(candidate_of(mechanic), wanted_by(request)),
        pays=split(request.left, rates=rates, with_workshop=in_workshop).mechanic,
        open_for=max(request.expires_at - at, timedelta(0)),
    )
