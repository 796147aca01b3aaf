"""A request that carries a key is done once, however often it is sent.

What is promised: while an answer is kept (`KEPT`), the same account asking the same with the
same key gets that answer, and nothing is done. Of many at once one does it; the others are
asked to come back. Only an answer is kept that will not be another one in a moment: what failed
because a part was away frees the key.

The work commits together with the mark that it was performed under the key (`Answers.perform`), and
who has lost the key commits nothing. So a crash, wherever it comes, leaves either nothing done and
a key that is free again, or work that is done once and whose answer is lost: that is what whoever
asks again is told.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import Conflict, Invalid
from autodoctor.ports.answers import Answer, Asked, Known
from autodoctor.ports.bundle import Ports

KEPT: Final = timedelta(hours=24)
LEASE: Final = timedelta(seconds=60)
"""Longer than any request takes, calls to the payment provider included."""

KEY_CHARACTERS_MAX: Final = 255


@attrs.frozen
class IdempotencyKeyUnusable(Invalid):
    """An idempotency key has 1 to 255 printable ASCII characters."""

    field: str = "Idempotency-Key"


@attrs.frozen
class IdempotencyKeyReused(Invalid):
    """This idempotency key was sent before, with another request."""

    key: str


@attrs.frozen
class RequestUnderWay(Conflict):
    """The same request is being worked on, or was cut off; ask again for its answer."""

    key: str
    retry_after_seconds: int


@attrs.frozen
class AnswerLost(Conflict):
    """This was carried out, and its answer was lost; look at what it was about."""

    key: str


def hold(ports: Ports, *, actor: Actor, key: str, fingerprint: bytes) -> Known:
    """Either the key is `mine`, to do the work and `keep` its answer or `let_go`, or there is
    an answer.

    Refusals: IdempotencyKeyUnusable, IdempotencyKeyReused, RequestUnderWay, AnswerLost.
    """
    if not (0 < len(key) <= KEY_CHARACTERS_MAX and key.isascii() and key.isprintable()):
        raise IdempotencyKeyUnusable()
    at = ports.now()
    asked = Asked(actor.account_id, key, fingerprint)
    with ports.transactions(actor) as tx:
        known = tx.answers.hold(asked, new_id=ports.ids.new(), at=at, lease=at + LEASE)
        if known.mine:
            tx.timers.set(Timer.FORGET_ANSWER, known.id, due_at=at + KEPT)
    if known.asked != asked:
        raise IdempotencyKeyReused(key)
    if not known.mine and known.answer is None:
        if known.performed and known.lease <= at:
            raise AnswerLost(key)
        raise RequestUnderWay(key, _seconds_until(known.lease, at=at))
    return known


def _seconds_until(lease: datetime, *, at: datetime) -> int:
    """Whether somebody is at work or has died, only the lease's end tells. Rounded up."""
    return max(1, -(-(lease - at) // timedelta(seconds=1)))


def keep(ports: Ports, held: Known, answer: Answer) -> None:
    with ports.transactions(SYSTEM) as tx:
        tx.answers.keep(held, answer)


def let_go(ports: Ports, held: Known) -> None:
    """Nothing was done: the same key may be tried again, also with another request."""
    with ports.transactions(SYSTEM) as tx:
        tx.answers.let_go(held)


def forget(ports: Ports, answer_id: UUID) -> None:
    """The timer's: its time is over."""
    with ports.transactions(SYSTEM) as tx:
        tx.answers.forget(answer_id)
