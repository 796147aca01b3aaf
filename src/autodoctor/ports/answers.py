"""What was answered to a request that carried a key, so that asking again does nothing new."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

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
    asked. Otherwise somebody else holds it, or there is an `answer`."""

    id: UUID
    asked: Asked
    lease: datetime
    mine: bool
    answer: Answer | None = None


class Answers(Protocol):
    """One for each account and key; a key whose holder's lease has ended is free again."""

    def hold(self, asked: Asked, /, *, new_id: UUID, at: datetime, lease: datetime) -> Known:
        """Takes the key when it is free. Of many at once exactly one has it."""

    def keep(self, held: Known, answer: Answer, /) -> None:
        """The first answer stays: who comes after the lease, to what somebody else has done
        in the meantime, changes nothing."""

    def let_go(self, held: Known, /) -> None:
        """It is as if nobody had asked, unless somebody else holds it by now."""

    def forget(self, answer_id: UUID, /) -> None: ...
