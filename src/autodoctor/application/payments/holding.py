"""Where a checkout's money is kept: with its session, or by itself when it never became one."""

from typing import Self

import attrs

from autodoctor.application.payments.movements import terms_of
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import CheckoutId, SessionId
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class Holding:
    checkout: Checkout
    session: Session | None

    @classmethod
    def lock(cls, tx: Transaction, checkout_id: CheckoutId) -> Self:
        """The session first, its open request, then the checkout: as everything else that ends a
        session does."""
        found = tx.sessions.of_checkout(checkout_id)
        if found is None:
            return cls(tx.checkouts.get(checkout_id, lock=True), None)
        session = tx.sessions.get(found.id, lock=True)
        request = tx.requests.current(session.id)
        if request is not None:
            tx.requests.get(request.id, lock=True)
        return cls(tx.checkouts.get(checkout_id, lock=True), session)

    @property
    def session_id(self) -> SessionId | None:
        return None if self.session is None else self.session.id

    def funds(self, tx: Transaction) -> Funds:
        if self.session is not None:
            return Funds.of(self.session.id, tx.ledger.of_session(self.session.id))
        pot = SessionId(self.checkout.id)
        return Funds.of(pot, tx.ledger.of_checkout(self.checkout.id))

    def terms(self, tx: Transaction, funds: Funds) -> Terms | None:
        """Those of the split, once there was one."""
        if self.session is None or not funds.is_split:
            return None
        return terms_of(tx, self.session)

    def post(self, tx: Transaction, entry: Entry) -> None:
        if self.session is None:
            tx.ledger.post_returned(entry, self.checkout.id)
        else:
            tx.ledger.post(entry)
