"""Telling one person of one thing, through the channels the table names."""

import attrs

from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.notifications.choices import heard
from autodoctor.domain.notifications.table import Channel, Occasion, channels
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Notification, person
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class Telling:
    """`url` and `other_url` are paths of ours; mails carry them whole. `needed` goes out whatever
    people chose, because it is about their money."""

    occasion: Occasion
    role: Role
    title: str
    url: str
    letter_paragraphs: tuple[str, ...]
    action: str
    facts: tuple[tuple[str, str], ...] = ()
    next_step: str = ""
    other_action: str = ""
    other_url: str = ""
    needed: bool = False


def tell_account(
    ports: Ports,
    tx: Transaction,
    account_id: AccountId,
    telling: Telling,
    *,
    reference: str,
    online: bool = False,
) -> None:
    """Each person is told of an occasion once for each reference, by the channels they did not
    switch off; who has left is not."""
    if tx.accounts.get(account_id).standing is Standing.CLOSED:
        return
    told = heard(
        channels(telling.occasion, telling.role, online=online),
        telling.occasion,
        muted=tx.choices.muted(account_id, telling.role),
        needed=telling.needed,
    )
    if Channel.IN_APP in told:
        _in_app(ports, tx, account_id, telling, reference)
    if Channel.EMAIL in told:
        _by_mail(ports, tx, account_id, telling, reference)


def withdraw(tx: Transaction, account_id: AccountId, occasion: str, *, reference: str) -> None:
    """What is not true any more: gone from the app, and not mailed unless it was already."""
    tx.notifications.withdraw(account_id, occasion, reference)
    tx.mails.withdraw(account_id, occasion, reference)


def withdraw_from_all(tx: Transaction, occasion: Occasion, *, reference: str) -> None:
    """As `withdraw`, whoever was told."""
    tx.notifications.withdraw_all(occasion, reference)
    tx.mails.withdraw_all(occasion, reference)


def _in_app(
    ports: Ports, tx: Transaction, account_id: AccountId, telling: Telling, reference: str
) -> None:
    notification = Notification(
        id=ports.ids.new(),
        account_id=account_id,
        occasion=telling.occasion,
        reference=reference,
        title=telling.title,
        url=telling.url,
        at=ports.now(),
    )
    if tx.notifications.add(notification):
        data = {"title": telling.title, "url": telling.url}
        tx.live.tell(person(account_id), "notification", data)


def _by_mail(
    ports: Ports, tx: Transaction, account_id: AccountId, telling: Telling, reference: str
) -> None:
    account = tx.accounts.get(account_id)
    letter = Letter(
        subject=telling.title,
        greeting=f"Hello {account.name},",
        paragraphs=telling.letter_paragraphs,
        facts=telling.facts,
        next_step=telling.next_step,
        action=telling.action,
        url=f"{ports.rules.public_url}{telling.url}",
        other_action=telling.other_action,
        other_url=f"{ports.rules.public_url}{telling.other_url}" if telling.other_url else "",
    )
    post(
        ports,
        tx,
        letter,
        to=account.email,
        occasion=telling.occasion,
        reference=reference,
        account_id=account_id,
    )
