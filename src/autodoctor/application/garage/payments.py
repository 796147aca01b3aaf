"""What a customer paid and what went back."""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.sessions import LIST
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports
from autodoctor.ports.money_views import PaymentView


@attrs.frozen
class Payments:
    """Newest first; `spent` is what was paid less what went back."""

    moved: tuple[PaymentView, ...]
    spent: Money


def payments_of(ports: Ports, *, actor: Actor) -> Payments:
    may(actor, LIST.by(Role.CUSTOMER))
    revenue = ports.queries.revenue
    return Payments(revenue.payments_of(actor.customer_id), revenue.spent_by(actor.customer_id))
