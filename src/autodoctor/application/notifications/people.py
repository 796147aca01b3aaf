"""What happens to accounts, told to their people: by mail alone, each as an answer to what
was done to the account."""

from autodoctor.application.accounts import letters
from autodoctor.application.accounts.hats import issue_hat
from autodoctor.application.accounts.opening import label_of
from autodoctor.application.accounts.password import issue_reset
from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import (
    AccountBanned,
    AccountReinstated,
    AccountSuspended,
    HatAsked,
    IdentityLinked,
    PasswordChanged,
    PasswordResetAsked,
    SecondFactorChanged,
)
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_person(ports: Ports, tx: Transaction, recorded: Recorded) -> None:
    """Nobody is written to after their account was closed."""
    account_id: AccountId | None = getattr(recorded.event, "account_id", None)
    if account_id is None:
        return
    account = tx.accounts.get(account_id)
    if account.standing is Standing.CLOSED:
        return
    letter = _letter(ports, tx, account, recorded.event)
    if letter is not None:
        post(
            ports,
            tx,
            letter,
            to=account.email,
            occasion=type(recorded.event).__name__,
            reference=str(recorded.id),
            account_id=account.id,
        )


def _letter(ports: Ports, tx: Transaction, account: Account, event: Event) -> Letter | None:
    """With a link where there is something to do: its token is made now, and kept nowhere."""
    site = ports.rules.public_url
    match event:
        case PasswordResetAsked() if not account.verified:
            return letters.reset_unverified(site)
        case PasswordResetAsked():
            token, until = issue_reset(ports, tx, account)
            return letters.reset(account, f"{site}/reset?token={token}", until=until)
        case HatAsked(role=role):
            url = f"{site}/hat?token={issue_hat(ports, tx, account.id, role)}"
            return letters.hat(account, role, url)
        case PasswordChanged():
            mine = tx.identities.of(account.id)
            ways = tuple(label_of(ports, each.provider) for each in mine)
            return letters.password_changed(account, site, ways)
        case _:
            return _news(account, event, site)


def _news(account: Account, event: Event, site: str) -> Letter | None:
    letter: Letter | None = None
    match event:
        case AccountSuspended(reason=reason, until=until):
            letter = letters.suspended(account, reason, until)
        case AccountBanned(reason=reason):
            letter = letters.banned(account, reason)
        case AccountReinstated():
            letter = letters.reinstated(account, site)
        case SecondFactorChanged(what=what):
            letter = letters.factor_changed(account, what)
        case IdentityLinked(provider=provider):
            letter = letters.linked(account, provider)
    return letter
