"""Rating the mechanic: completed sessions, their customer, once."""

from autodoctor.application.access.may import may
from autodoctor.application.access.room import RATE
from autodoctor.application.access.whose import of_session
from autodoctor.domain.mechanics.reputation import NotRatable, check_review, check_stars
from autodoctor.domain.room.report import Rating
from autodoctor.domain.sessions.independence import OwnRating
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports

RATABLE = (SessionStatus.COMPLETED, SessionStatus.ESCALATED, SessionStatus.ARCHIVED)


def rate(ports: Ports, *, actor: Actor, session_id: SessionId, stars: int, review: str) -> Rating:
    """Refusals: InvalidField, Missing, NotRatable, OwnRating, AlreadyRated."""
    may(actor, RATE)
    stars, review = check_stars(stars), check_review(review)
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, RATE, of_session(session))
        if session.status not in RATABLE or session.mechanic_id is None:
            raise NotRatable(session_id)
        if tx.sessions.ties(session.customer_id, session.mechanic_id).shared:
            raise OwnRating(session_id)
        rating = Rating(
            session_id=session_id,
            mechanic_id=session.mechanic_id,
            stars=stars,
            review=review,
            rated_at=ports.now(),
        )
        tx.ratings.add(rating, customer_id=actor.customer_id)
        mechanic = tx.mechanics.get(session.mechanic_id, lock=True)
        tx.mechanics.save(mechanic.rated(stars))
        return rating
