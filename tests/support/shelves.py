"""A session that is driven step by step, kept in any stores: each step is saved and read again."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import ENDED, SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, MechanicId, RequestId, SessionId, WorkshopId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.consultations import WORKSHOP
from autodoctor.testing.strategies.sessions import MECHANICS
from support.scenery import AT, new_checkout, new_intake


def keep_person(kept: Transactions, key: UUID, role: Role) -> None:
    """Somebody with that id, if there is nobody yet."""
    with kept(SYSTEM) as tx, suppress(Missing):
        tx.accounts.get(AccountId(key))
        return
    account = Account(
        AccountId(key),
        EmailAddress(f"{key.hex}@test.example"),
        "Sam Driver",
        "!",
        frozenset({role}),
        AT,
    )
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)


def keep_mechanics(
    kept: Transactions,
    mechanics: Iterable[MechanicId] = MECHANICS,
    *,
    workshop_id: WorkshopId = WORKSHOP,
) -> None:
    """Those that the machines know, and the workshop, if they are not there yet."""
    with kept(SYSTEM) as tx, suppress(Missing):
        tx.workshops.get(workshop_id)
        return
    with kept(SYSTEM) as tx:
        tx.workshops.add(Workshop(id=workshop_id, name="Axle", province="ON", city="Toronto"))
    for each in mechanics:
        keep_person(kept, each, Role.MECHANIC)
        with kept(SYSTEM) as tx:
            tx.mechanics.add(Mechanic(id=each, name="Morgan Wrench", approved=True))


@attrs.define
class KeptShelf:
    """Reads what it keeps from the stores again after each step. The people of the machines
    are there, and the session's intake and checkout when it comes."""

    kept: Transactions
    _id: SessionId | None = None
    _requests: list[RequestId] = attrs.field(factory=list)
    _read: tuple[Session, tuple[Request, ...], tuple[Event, ...]] | None = None

    def session(self) -> Session:
        return self._now()[0]

    def requests(self) -> tuple[Request, ...]:
        return self._now()[1]

    def events(self) -> tuple[Event, ...]:
        return self._now()[2]

    def keep(
        self, session: Session, requests: tuple[Request, ...], events: tuple[Event, ...]
    ) -> None:
        new = [each.id for each in requests if each.id not in self._requests]
        if self._id is None:
            self._prepare(session)
        with self.kept(SYSTEM) as tx:
            if self._id is None:
                tx.sessions.add(session)
            else:
                tx.sessions.save(session)
            for request in requests:
                if request.id in new:
                    tx.requests.add(request)
                else:
                    tx.requests.save(request)
            tx.outbox.record(*events, by=SYSTEM, at=AT)
        self._id, self._read = session.id, None
        self._requests += new

    def put_away(self) -> None:
        """It holds up nobody any more."""
        if self._id is not None and self.session().status not in ENDED:
            with self.kept(SYSTEM) as tx:
                ended = attrs.evolve(tx.sessions.get(self._id), status=SessionStatus.CANCELLED)
                tx.sessions.save(ended)

    def _prepare(self, session: Session) -> None:
        keep_person(self.kept, session.customer_id, Role.CUSTOMER)
        intake = attrs.evolve(new_intake(self.kept, session.customer_id), id=session.intake_id)
        with self.kept(SYSTEM) as tx:
            with suppress(Missing):
                tx.intakes.get(session.intake_id)
                return
            tx.intakes.add(intake)
            if session.checkout_id is not None:
                checkout = new_checkout(self.kept, intake)
                tx.checkouts.add(attrs.evolve(checkout, id=session.checkout_id))

    def _now(self) -> tuple[Session, tuple[Request, ...], tuple[Event, ...]]:
        assert self._id is not None, "nothing was kept yet"
        if self._read is None:
            with self.kept(SYSTEM) as tx:
                session = tx.sessions.get(self._id)
                requests = tuple(tx.requests.get(each) for each in self._requests)
                told = tuple(each.event for each in tx.outbox.of_session(self._id))
            self._read = session, requests, told
        return self._read
