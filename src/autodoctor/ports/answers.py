"""What was answered to a request that carried a key, so that asking again does nothing new."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId


@attrs.frozen
class Asked:
    """`key` is the caller's own; `fingerprint` stands for everything that was sent with it."""

    account_id: AccountId
    key: str
    fingerprint: bytes


@attrs.frozen
class Answer:
    status: int
    media_type: str
    body: bytes


@attrs.frozen(kw_only=True)
class Known:
    """What is known of a key. `mine`: it was free and is held until `lease` by who has just
    asked. Otherwise somebody else holds it, or there is an `answer`, or what was asked is
    `performed` and its answer lost."""

    id: UUID
    asked: Asked
    lease: datetime
    mine: bool
    answer: Answer | None = None
    performed: bool = False


@attrs.frozen
class KeyLost(Conflict):
    """This took too long, and the same request was taken over meanwhile; ask for its answer."""

    key: str


class Answers(Protocol):
    """One for each account and key; a key whose holder's lease has ended is free again unless
    something was performed under it."""

    def hold(self, asked: Asked, /, *, new_id: UUID, at: datetime, lease: datetime) -> Known:
        """Takes the key when it is free. Of many at once exactly one has it."""

    def perform(self, held: Known, /) -> None:
        """What this transaction changes counts as done under the key. Raises KeyLost, so that
        nothing is, for who is too late and has lost the key to somebody else."""

    def keep(self, held: Known, answer: Answer, /) -> None:
        """The first answer stays: who comes after the lease, to what somebody else has done
        in the meantime, changes nothing."""

    def let_go(self, held: Known, /) -> None:
        """It is as if nobody had asked, unless somebody else holds it by now. If something was
        performed, its answer is lost."""

    def forget(self, answer_id: UUID, /) -> None: ...
