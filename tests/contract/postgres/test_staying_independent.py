"""The database's own word on two sides that become one while their session is open."""

import attrs
import pytest

from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.domain.room.report import Rating
from autodoctor.domain.sessions.independence import OwnRating, SessionBetween
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session, a_mechanic, an_account, new_mechanic, new_workshop


@pytest.fixture
def kept(database: Database) -> Transactions:
    return PostgresTransactions(database.app, ROUTES)


@pytest.fixture
def workshop_id(kept: Transactions) -> WorkshopId:
    workshop = new_workshop()
    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
    return workshop.id


def runs(kept: Transactions, who: Actor, workshop_id: WorkshopId) -> None:
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(who.account_id, lock=True)
        tx.accounts.save(attrs.evolve(account, workshop_id=workshop_id, workshop_seat=Seat.ADMIN))


def works_for(kept: Transactions, who: Actor, workshop_id: WorkshopId) -> None:
    with kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(who.mechanic_id, lock=True)
        tx.mechanics.save(attrs.evolve(mechanic, workshop_id=workshop_id))


@pytest.mark.parametrize("status", [SessionStatus.MATCHED, SessionStatus.LIVE])
@pytest.mark.parametrize("tie", [runs, works_for])
def test_a_customer_does_not_come_to_their_mechanics_workshop(
    kept: Transactions, workshop_id: WorkshopId, tie: object, status: SessionStatus
) -> None:
    customer, mechanic = an_account(kept, Role.MECHANIC), a_mechanic(kept)
    with kept(SYSTEM) as tx:
        tx.mechanics.add(new_mechanic(customer))
    a_kept_session(kept, status=status, customer=customer.account_id, mechanic=mechanic.account_id)
    works_for(kept, mechanic, workshop_id)

    with pytest.raises(SessionBetween):
        tie(kept, customer, workshop_id)  # type: ignore[operator]


def test_nor_does_their_mechanic_come_to_theirs(
    kept: Transactions, workshop_id: WorkshopId
) -> None:
    customer, mechanic = an_account(kept), a_mechanic(kept)
    a_kept_session(
        kept,
        status=SessionStatus.LIVE,
        customer=customer.account_id,
        mechanic=mechanic.account_id,
    )
    runs(kept, customer, workshop_id)

    with pytest.raises(SessionBetween):
        works_for(kept, mechanic, workshop_id)


def test_once_it_is_over_they_do_but_do_not_rate_it(
    kept: Transactions, workshop_id: WorkshopId
) -> None:
    customer, mechanic = an_account(kept), a_mechanic(kept)
    session = a_kept_session(
        kept,
        status=SessionStatus.COMPLETED,
        customer=customer.account_id,
        mechanic=mechanic.account_id,
    )
    runs(kept, customer, workshop_id)
    works_for(kept, mechanic, workshop_id)
    rating = Rating(
        session_id=session.id, mechanic_id=mechanic.mechanic_id, stars=5, review="", rated_at=AT
    )

    with pytest.raises(OwnRating), kept(customer) as tx:
        tx.ratings.add(rating, customer_id=customer.customer_id)
