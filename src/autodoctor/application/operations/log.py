"""Reading the audit log."""

from datetime import datetime
from uuid import UUID

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import AUDIT
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.audit_queries import DeedFilter, DeedView
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing


def audit_log(
    ports: Ports,
    *,
    actor: Actor,
    by: str = "",
    on: str = "",
    before: datetime | None = None,
    most: int,
) -> tuple[DeedView, ...]:
    """Newest first. `by` and `on` are ids or mail addresses, of who did it and of whom it was
    done to; a session's or workshop's id will do for `on`.

    Refusals: InvalidField for what is neither, Missing for an address nobody has.
    """
    may(actor, AUDIT)
    done_by, done_to = id_of(ports, "by", by), id_of(ports, "on", on)
    which = DeedFilter(
        by=None if done_by is None else AccountId(done_by), on=done_to, before=before, most=most
    )
    return ports.queries.audit.some(which)


def id_of(ports: Ports, field: str, told: str) -> UUID | None:
    """From an id or an email address; None from nothing. Raises InvalidField, Missing."""
    if not told:
        return None
    if "@" not in told:
        return _parsed(field, told)
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress.parse(told))
    if account is None:
        raise Missing("account")
    return account.id


def _parsed(field: str, told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise InvalidField(field, "Give a mail address or an id.") from None
