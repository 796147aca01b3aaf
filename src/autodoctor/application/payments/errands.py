"""Calling the payment provider for a movement that is due.

Three steps, so that no network call stands inside a transaction: note the try, call with our
own id as idempotency key, record the answer. A crash between any two is made good by doing
all three again. A definite no is an answer, too: what it means is up to the kind of movement,
and never that the same call is repeated for ever.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

import attrs

from autodoctor.domain.revenue.movements import Movement, MovementStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import PaymentRefused
from autodoctor.ports.payments import Payments
from autodoctor.ports.stores import Store
from autodoctor.ports.transactions import Transaction

Moved = TypeVar("Moved", bound=Movement)
Key = TypeVar("Key")
Answer = TypeVar("Answer")


class NotReadyYet(Unavailable):
    """Something this depends on has not happened yet; it is tried again."""


@attrs.frozen(kw_only=True)
class Errand(Generic[Moved, Key, Answer]):
    """One kind of movement: where its rows are, what is asked of the provider for one that was
    just noted as tried (NotReadyYet when it cannot be asked), what its answer means, and what a
    definite no means; the latter may raise what lets it be tried again."""

    rows: Callable[[Transaction], Store[Moved, Key]]
    call: Callable[[Transaction, Moved, datetime], Callable[[Payments], Answer]]
    made: Callable[[Ports, Key, Answer], None]
    refused: Callable[[Ports, Key, PaymentRefused], None]


def run(ports: Ports, errand: Errand[Moved, Key, Answer], key: Key) -> None:
    """Nothing when it is not due. Refusals: NotReadyYet, before anything is noted; then
    PaymentsUnavailable, and those of the errand."""
    noted = _note_try(ports, errand, key)
    if noted is None:
        return
    attempt, call = noted
    try:
        answer = call(ports.payments)
    except PaymentRefused as no:
        if _note_refusal(ports, errand, key, attempt):
            errand.refused(ports, key, no)
    else:
        errand.made(ports, key, answer)


def _note_try(
    ports: Ports, errand: Errand[Moved, Key, Answer], key: Key
) -> tuple[int, Callable[[Payments], Answer]] | None:
    """The attempt and its call; None when it is not due."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        movement = errand.rows(tx).get(key, lock=True)
        if movement.status is not MovementStatus.DUE:
            return None
        tried = errand.rows(tx).save(movement.tried(at=at))
        return tried.attempt, errand.call(tx, tried, at)


def _note_refusal(ports: Ports, errand: Errand[Moved, Key, Answer], key: Key, attempt: int) -> bool:
    """Whether anything follows from it. A refusal that comes late says nothing of the attempt
    after it, which may have worked: NotReadyYet as long as that one's end is open."""
    with ports.transactions(SYSTEM) as tx:
        rows = errand.rows(tx)
        movement = rows.get(key, lock=True)
        if movement.status is not MovementStatus.DUE:
            return False
        if movement.attempt != attempt:
            raise NotReadyYet()
        rows.save(movement.refused())
        return True
