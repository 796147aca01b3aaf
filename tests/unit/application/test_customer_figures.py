"""The figures of a customer's dashboard."""

from autodoctor.application.garage.favorites import add_favorite
from autodoctor.application.garage.figures import customer_figures
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.shared.money import Money
from autodoctor.testing.ports import (
    a_customer,
    a_mechanic,
    a_paid_session,
    deliver_all,
    memory_town,
)


def test_what_was_paid_counts_until_it_goes_back() -> None:
    town = memory_town()
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    add_favorite(town.ports, actor=customer, mechanic_id=mechanic.mechanic_id)
    before = customer_figures(town.ports, actor=customer)
    session = a_paid_session(town, customer)
    paid = customer_figures(town.ports, actor=customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    deliver_all(town)
    after = customer_figures(town.ports, actor=customer)

    assert (before.sessions, before.spent, before.favorites) == (0, Money(0), 1)
    assert before.mechanics_online == 1
    assert (paid.sessions, paid.spent) == (1, session.terms.price)
    assert paid.active is not None
    assert paid.active.id == session.id
    assert [each.id for each in paid.recent] == [session.id]
    assert (after.sessions, after.spent, after.active) == (1, Money(0), None)
    assert not after.free_session_used
