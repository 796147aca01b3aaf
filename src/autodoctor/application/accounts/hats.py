"""Two roles with one address are two hats of one person: the login page decides which."""

from datetime import timedelta
from typing import Final

import attrs

from autodoctor.application.accounts.tokens import digest, taken
from autodoctor.application.accounts.verifying import end_other_sign_ups
from autodoctor.application.mechanics.arrival import arrive
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import AccountOpened
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

LINK_LASTS: Final = timedelta(hours=24)


@attrs.frozen
class HatLinkInvalid(Conflict):
    """This link was used or has expired; sign up once more to get a new one."""


def issue_hat(ports: Ports, tx: Transaction, account_id: AccountId, role: Role) -> str:
    """The token of a new link."""
    token = ports.ids.secret()
    tx.tokens.issue(
        digest(token),
        account_id=account_id,
        purpose=TokenPurpose.ADD_HAT,
        expires_at=ports.now() + LINK_LASTS,
        detail=role.value,
    )
    return token


def add_hat(ports: Ports, *, token: str) -> tuple[Account, Role]:
    """Who wears it now, and which. Raises HatLinkInvalid;
    AccountNotActive, after which the link still works."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        account = taken(tx, token, purpose=TokenPurpose.ADD_HAT, at=at)
        if account is None:
            raise HatLinkInvalid()
        role = Role(tx.tokens.detail_of(digest(token)))
        account.check_active(at=at)
        if role not in account.roles:
            worn = attrs.evolve(account, roles=account.roles | {role})
            account = tx.accounts.save(worn)
            if role is Role.MECHANIC:
                arrive(ports, tx, account, at=at)
            end_other_sign_ups(ports, tx, account, at=at)
            tx.outbox.record(AccountOpened(account.id, role), by=SYSTEM, at=at)
        return account, role
