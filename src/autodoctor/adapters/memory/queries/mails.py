"""Mails that did not go out, over what was committed in memory."""

import attrs

from autodoctor.adapters.memory.tables import Queued, Tries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.ports.queries import MailView


@attrs.frozen
class MemoryMailQueries:
    _kept: MemoryTransactions

    def troubled(self, *, most: int) -> tuple[MailView, ...]:
        mails = [(each, self._tries(each)) for each in self._kept.tables.mails.values()]
        found = [_mail_view(*each) for each in mails if each[1].last_error and not each[0].sent_at]
        newest = sorted(found, key=lambda each: each.queued_at, reverse=True)
        return tuple(newest[:most])

    def _tries(self, queued: Queued) -> Tries:
        return self._kept.tables.tries.get(queued.mail.job, Tries())

    def given_up(self) -> int:
        return sum(
            self._tries(each).given_up_at is not None for each in self._kept.tables.mails.values()
        )


def _mail_view(queued: Queued, tries: Tries) -> MailView:
    return MailView(
        id=queued.mail.id,
        recipient=queued.mail.recipient,
        subject=queued.mail.subject,
        queued_at=queued.queued_at,
        attempts=tries.attempts,
        last_error=tries.last_error,
        due_at=queued.due_at,
        given_up_at=tries.given_up_at,
    )
