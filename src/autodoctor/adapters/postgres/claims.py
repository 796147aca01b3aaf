"""Claims that wait, in PostgreSQL."""

from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, tuple_

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore
from autodoctor.adapters.postgres.tables.accounts import accounts
from autodoctor.adapters.postgres.tables.identity import claims, identities
from autodoctor.adapters.postgres.tables.operations import mails
from autodoctor.domain.accounts.claim import CODE_MAILED, PendingClaim
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.ids import AccountId, ClaimId


def claim_row(claim: PendingClaim) -> Row:
    return plain(claim) | {"email": claim.email.text if claim.email else None}


def claim_of(row: RowMapping) -> PendingClaim:
    email = row["email"]
    return PendingClaim(**{**row, "email": EmailAddress(email) if email else None})


class PostgresClaims(RowStore[PendingClaim]):
    mapped = Mapped(claims, claim_row, claim_of)

    def by_state(self, state_hash: bytes, /, *, lock: bool = False) -> PendingClaim | None:
        statement = _LOCKED if lock and self._guards.row_locks else _BY_STATE
        return self._one(statement, {"state_hash": state_hash})

    def remove(self, claim_id: ClaimId, /) -> None:
        self._connection.execute(delete(claims).where(claims.c.id == claim_id))


_BY_STATE: Final = select(claims).where(claims.c.state_hash == bindparam("state_hash"))
_LOCKED: Final = _BY_STATE.with_for_update(key_share=True)


def forget_claims(connection: Connection, account_id: AccountId) -> None:
    """Those to the address of the account or by a login that is linked to it, and the mails that
    carried their codes."""
    address = select(accounts.c.email).where(accounts.c.id == account_id).scalar_subquery()
    linked = select(identities.c.provider, identities.c.subject).where(
        identities.c.account_id == account_id
    )
    theirs = (
        (claims.c.email == address)
        | (claims.c.claimed_email == address)
        | tuple_(claims.c.provider, claims.c.subject).in_(linked)
    )
    connection.execute(delete(claims).where(theirs))
    carried = (mails.c.recipient == address) & (mails.c.occasion == CODE_MAILED)
    connection.execute(delete(mails).where(carried))
