"""What staff say of an application, told to whoever handed it in: by mail alone."""

from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.application.vetting import letters
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.vetting.application import ApplicationKind
from autodoctor.domain.vetting.events import (
    ApplicationApproved,
    ApplicationRejected,
    InformationAsked,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_applicant(ports: Ports, tx: Transaction, recorded: Recorded) -> None:
    """Nobody is written to after their account was closed."""
    applicant_id: AccountId | None = getattr(recorded.event, "applicant_id", None)
    if applicant_id is None:
        return
    account = tx.accounts.get(applicant_id)
    letter = _letter(ports, tx, account, recorded.event)
    if letter is None or account.standing is Standing.CLOSED:
        return
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
    site = ports.rules.public_url
    match event:
        case InformationAsked(application_id=application_id, question=question):
            kind = tx.applications.get(application_id).kind
            return letters.asked(account.name, kind, question, site)
        case ApplicationApproved(kind=kind):
            return letters.approved(account.name, ApplicationKind(kind), site)
        case ApplicationRejected(kind=kind, reason=reason):
            return letters.rejected(account.name, ApplicationKind(kind), reason, site)
        case _:
            return None
