"""Queueing a letter: written in the transaction of what it tells of, sent by the worker."""

from autodoctor.application.notifications.letters import Letter
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Mail
from autodoctor.ports.transactions import Transaction


def post(
    ports: Ports,
    tx: Transaction,
    letter: Letter,
    *,
    to: EmailAddress,
    occasion: str,
    reference: str,
    account_id: AccountId | None,
) -> None:
    """Each recipient gets the letter of an occasion once for each reference. Without an
    `account_id` it outlives the account."""
    mail = Mail(
        id=ports.ids.new(),
        account_id=account_id,
        recipient=to.text,
        occasion=occasion,
        reference=reference,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        secret=letter.secret,
    )
    tx.mails.queue(mail, at=ports.now())
