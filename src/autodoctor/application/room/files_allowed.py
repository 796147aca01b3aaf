"""How many more files somebody may bring into a session."""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.room import FILES
from autodoctor.application.access.whose import of_session
from autodoctor.domain.booking.files import check_count
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

PER_SESSION_MAX = 50


@attrs.frozen
class Allowance:
    """`allowed` files of which `used` are there; `by_plan` tells the plan's limit for its
    customer from the one that every session has."""

    allowed: int
    used: int
    by_plan: bool

    @property
    def left(self) -> int:
        return max(self.allowed - self.used, 0)

    def check_one_more(self) -> None:
        """Raises TooManyFiles."""
        check_count(self.used + 1, allowed=self.allowed)


def allowance_in(tx: Transaction, session: Session, owner_id: AccountId) -> Allowance:
    """The tighter of the two limits. What a customer brings along in the booking and the room
    together is limited by the plan."""
    there = tx.files.of_session(session.id)
    everybody = Allowance(PER_SESSION_MAX, len(there), by_plan=False)
    if owner_id != session.customer_id:
        return everybody
    brought = [*tx.files.of_intake(session.intake_id), *there]
    theirs = sum(each.owner_id == owner_id for each in brought)
    plan = Allowance(tx.plans.get(session.terms.plan).attachments_max, theirs, by_plan=True)
    return min(plan, everybody, key=lambda each: each.left)


def files_allowed(ports: Ports, *, actor: Actor, session_id: SessionId) -> Allowance | None:
    """None for those who look on and bring nothing. Raises Missing."""
    with ports.transactions(actor) as tx:
        session = tx.sessions.get(session_id)
        may(actor, FILES, of_session(session))
        if actor.role not in (Role.CUSTOMER, Role.MECHANIC):
            return None
        return allowance_in(tx, session, actor.account_id)
