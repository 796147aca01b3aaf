"""Calling the payment provider for a movement that is due.

Three steps, so that no network call stands inside a transaction: note the try, call with our
own id as idempotency key, record the answer. A crash between any two is made good by doing
all three again. A definite no begins a new attempt and is told to whoever looks at the logs;
the delivery comes up again by itself.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

import attrs

from autodoctor.domain.revenue.movements import Movement, MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.domain.shared.ids import SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import PaymentRefused
from autodoctor.ports.payments import Payments
from autodoctor.ports.stores import Store
from autodoctor.ports.transactions import Transaction

Moved = TypeVar("Moved", bound=Movement)
Key = TypeVar("Key")

Call = Callable[[Payments], str]
"""Asks the provider; what comes back is its id of what it made."""


class NotReadyYet(Unavailable):
    """Something this depends on has not happened yet; it is tried again."""


@attrs.frozen(kw_only=True)
class Errand(Generic[Moved, Key]):
    """One kind of movement: where its rows are, what is asked of the provider for one that was
    just noted as tried (NotReadyYet when it cannot be asked), and what follows once it is made."""

    rows: Callable[[Transaction], Store[Moved, Key]]
    call: Callable[[Transaction, Moved, datetime], Call]
    made: Callable[[Transaction, Moved, datetime], None]
    session_of: Callable[[Moved], SessionId | None] = lambda _: None
    """The session that `made` changes: it is locked before the movement, as everywhere."""


def run(ports: Ports, errand: Errand[Moved, Key], key: Key) -> None:
    """Nothing when it is not due. Refusals: NotReadyYet, before anything is noted; then those
    of `Payments`."""
    call = _note_try(ports, errand, key)
    if call is None:
        return
    try:
        provider_id = call(ports.payments)
    except PaymentRefused:
        with ports.transactions(SYSTEM) as tx:
            rows = errand.rows(tx)
            rows.save(rows.get(key, lock=True).refused())
        raise
    with ports.transactions(SYSTEM) as tx:
        record(tx, errand, key, provider_id=provider_id, at=ports.now())


def _note_try(ports: Ports, errand: Errand[Moved, Key], key: Key) -> Call | None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        movement = errand.rows(tx).get(key, lock=True)
        if movement.status is not MovementStatus.DUE:
            return None
        return errand.call(tx, errand.rows(tx).save(movement.tried(at=at)), at)


def record(
    tx: Transaction, errand: Errand[Moved, Key], key: Key, *, provider_id: str, at: datetime
) -> None:
    """It is made; told by our own call or by a notice, whichever is first."""
    session_id = errand.session_of(errand.rows(tx).get(key))
    if session_id is not None:
        tx.sessions.get(session_id, lock=True)
    movement = errand.rows(tx).get(key, lock=True)
    if movement.status is MovementStatus.DONE:
        return
    done = errand.rows(tx).save(movement.done(provider_id=provider_id, at=at))
    errand.made(tx, done, at)
