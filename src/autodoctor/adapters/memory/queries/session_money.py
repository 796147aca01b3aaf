"""What became of a session's price, over what was committed in memory."""

from collections.abc import Iterator

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import IssueKind, Resolution
from autodoctor.domain.revenue.ledger import Entry, EntryKind, balance
from autodoctor.domain.revenue.movements import NOT_MADE, MovementStatus
from autodoctor.domain.sessions.events import SessionCancelled, SessionExpired
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.money_views import SessionMoney


def money_of(tables: Tables, session: Session) -> SessionMoney:
    zero = Money.zero(session.terms.price.currency)
    refunds = [r for r in tables.refunds.values() if r.session_id == session.id]
    settled = _moved(tables, Account.owed(session.id), EntryKind.SETTLEMENT)
    ordered = sum((r.amount for r in refunds if r.status not in NOT_MADE), zero)
    done = sum((r.amount for r in refunds if r.status is MovementStatus.DONE), zero)
    called_off = _called_off(tables, session.id)
    return SessionMoney(
        price=session.terms.price,
        refunded=ordered + settled,
        refund_arrived=done + settled,
        refund_owed=-_moved(tables, Account.owed(session.id)),
        refund_settled=settled,
        settled_note="; ".join(_notes(tables, session.id)),
        disputed=_moved(tables, Account.disputed(session.id)),
        bank_returned=-_moved(tables, Account.disputed(session.id), EntryKind.DISPUTE_LOST),
        cause=called_off.cause if isinstance(called_off, SessionCancelled) else None,
        promised=called_off.refund if called_off else None,
        receipt=session.checkout_id,
    )


def _moved(tables: Tables, account: Account, *kinds: EntryKind) -> Money:
    posted: Iterator[Entry] = (each.entry for each in tables.ledger.values())
    return balance((e for e in posted if not kinds or e.kind in kinds), account)


def _notes(tables: Tables, session_id: SessionId) -> list[str]:
    mine = (i for i in tables.money_issues.values() if i.session_id == session_id)
    settled = (i for i in mine if i.resolution is Resolution.SETTLED)
    ended = [(i.closed_at, i.note) for i in settled if i.kind is IssueKind.REFUND_FAILED]
    return [note for _, note in sorted(ended, key=str)]


def _called_off(tables: Tables, session_id: SessionId) -> SessionCancelled | SessionExpired | None:
    told = [each.event for each in tables.events.values()]
    kinds = (SessionCancelled, SessionExpired)
    ends = [e for e in told if isinstance(e, kinds) and e.session_id == session_id]
    return ends[-1] if ends else None
