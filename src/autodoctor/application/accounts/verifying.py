"""An address becomes one account's own, and every other sign-up with it ends.

Each sign-up is an account of its own until somebody has shown that the address is theirs. What
was told with it is read and changed by whoever signed up, and by nobody else; it never comes
to the account that verifies the address. The unique index on verified addresses has the last word.
"""

from datetime import datetime

from autodoctor.application.accounts.leaving import leave_mechanics, without_person
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.garage.details import leave_no_photo
from autodoctor.application.mechanics.documents import leave_no_papers
from autodoctor.application.vetting.handing_in import hand_in_waiting
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import AccountClosed, AccountVerified, HatAsked
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, CustomerId, MechanicId
from autodoctor.ports.accounts import EmailTaken
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


class AddressClaimed(Conflict):
    """Another account has this address; log in to that one."""


def verify_account(
    ports: Ports, tx: Transaction, account_id: AccountId, *, at: datetime, by: Actor = SYSTEM
) -> Account:
    """Idempotent. All who wait with the address are locked in one order before anything is
    decided: of two at once the second finds itself closed. Raises AddressClaimed."""
    known = tx.accounts.get(account_id)
    tx.accounts.pending(known.email, lock=True)
    account = tx.accounts.get(account_id, lock=True)
    if account.verified:
        return account
    if account.email != known.email or tx.accounts.by_email(account.email) is not None:
        raise AddressClaimed()
    end_other_sign_ups(ports, tx, account, at=at)
    try:
        verified = tx.accounts.save(account.verify(at=at))
    except EmailTaken as taken:
        raise AddressClaimed() from taken
    tx.outbox.record(AccountVerified(account_id), by=by, at=at)
    for business in (verified.workshop_id, verified.organization_id):
        if business is not None:
            hand_in_waiting(tx, business, applicant_id=account_id, at=at)
    return verified


def end_other_sign_ups(ports: Ports, tx: Transaction, owner: Account, *, at: datetime) -> None:
    """Before `owner` is kept with its verified address: whoever claims an address locks those who
    wait with it first, and none waits for another in a circle. Whoever signed up with it in
    another role is mailed how to add the role: it is the owner who reads that."""
    wanted: set[Role] = set()
    for other in tx.accounts.pending(owner.email, lock=True):
        if other.id != owner.id:
            wanted |= other.roles
            end_sign_up(ports, tx, other, at=at)
    for role in sorted(wanted - owner.roles):
        tx.outbox.record(HatAsked(owner.id, role), by=SYSTEM, at=at)


def end_sign_up(ports: Ports, tx: Transaction, account: Account, *, at: datetime) -> None:
    """Whoever began it is out, and what they told goes."""
    subjects = (account.id, account.workshop_id, account.organization_id)
    for subject in subjects:
        if subject is not None:
            leave_no_papers(ports, tx, MechanicId(subject))
    leave_no_photo(ports, tx, CustomerId(account.id))
    leave_mechanics(ports, tx, account)
    tx.accounts.save(without_person(account))
    tx.erasure.forget(account.id)
    end_logins(tx, account.id, at=at)
    tx.outbox.record(AccountClosed(account.id), by=SYSTEM, at=at)
