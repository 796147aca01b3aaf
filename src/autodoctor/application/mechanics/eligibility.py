"""Whether a mechanic may see and take requests right now."""

from datetime import date

from autodoctor.domain.matching.candidate import Candidate, Credentials
from autodoctor.domain.matching.eligibility import Obstacle, check_eligible, obstacles
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.transactions import Transaction


def credentials_of(mechanic: Mechanic, *, active: bool) -> Credentials:
    return Credentials(
        mechanic_id=mechanic.id,
        approved=mechanic.approved,
        active=active,
        profile_completion=mechanic.profile_completion,
        papers_expire_on=mechanic.papers_expire_on,
        clocked_in=mechanic.on_shift,
        workshop_id=mechanic.workshop_id,
        workshop_approved=mechanic.workshop_approved,
    )


def check_may_take(tx: Transaction, actor: Actor, *, today: date) -> Mechanic:
    """The mechanic; raises NotEligible with everything that stands in the way.

    A suspended or banned person holds no actor: `authenticate` has turned them away.
    """
    mechanic = tx.mechanics.get(actor.mechanic_id)
    check_eligible(credentials_of(mechanic, active=True), today=today)
    return mechanic


def what_stands_in_the_way(mechanic: Mechanic, *, today: date) -> tuple[Obstacle, ...]:
    return obstacles(credentials_of(mechanic, active=True), today=today)


def candidate_of(mechanic: Mechanic) -> Candidate:
    """The mechanic as the scorer sees one."""
    return Candidate(
        mechanic_id=mechanic.id,
        online=mechanic.on_shift,
        keywords=mechanic.keywords,
        brands=mechanic.brands,
        years_of_experience=mechanic.years_of_experience,
        rating=mechanic.reputation.hundredths,
        red_seal=mechanic.red_seal,
        profile_completion=mechanic.profile_completion,
        completed_sessions=mechanic.completed_sessions,
        country=mechanic.country,
        city=mechanic.city,
        waiting_since=mechanic.waiting_since,
    )
