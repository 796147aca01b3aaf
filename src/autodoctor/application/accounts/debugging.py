"""Logging in as somebody else, in development: the entrypoint offers it nowhere else."""

import structlog

from autodoctor.application.access.accounts import DEBUG
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_in import CredentialsWrong, SignedIn, open_login
from autodoctor.application.operations.security import record
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.operations.security_event import SecurityKind, of_account
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.ports.bundle import Ports

log = structlog.get_logger(__name__)


def log_in_as(
    ports: Ports, *, actor: Actor, email: str, role: Role, address: str, agent: str
) -> SignedIn:
    """For admins. Raises CredentialsWrong when nobody with that address wears the hat;
    AccountNotActive."""
    may(actor, DEBUG)
    with ports.transactions(actor) as tx:
        account = tx.accounts.by_email(EmailAddress.parse(email))
    if account is None or role not in account.roles:
        raise CredentialsWrong()
    account.check_active(at=ports.now())
    with ports.transactions(actor) as tx:
        as_whom = of_account(account.id)
        record(ports, tx, SecurityKind.LOGGED_IN_AS, by=actor, about=as_whom, detail=role)
    log.warning("login.as_somebody_else", admin=str(actor.account_id), account=str(account.id))
    return open_login(ports, account, role=role, address=address, agent=agent)
