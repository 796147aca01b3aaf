"""What staff do for people and their accounts; all of it is in the audit log.

Refusals, in this order: WrongRole, InvalidField, Missing, AccountLeft.
"""

from typing import Final

import attrs

from autodoctor.application.access.accounts import SUPPORT
from autodoctor.application.access.may import may
from autodoctor.application.accounts.standing import AccountLeft
from autodoctor.application.accounts.verifying import verify_account
from autodoctor.application.notifications.letters import Letter, lines_of
from autodoctor.application.notifications.post import post
from autodoctor.application.operations.audit import write_down
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import PasswordResetAsked
from autodoctor.domain.accounts.standing import Standing, check_reason
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId, CustomerId, MechanicId
from autodoctor.domain.shared.texts import check_text
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Notification
from autodoctor.ports.operations import person as audience_of
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

NOTE: Final = "note"
SUBJECT_LENGTH_MAX: Final = 120


def verify_email(ports: Ports, *, actor: Actor, account_id: AccountId, reason: str) -> Account:
    """As if they had opened the link. Idempotent. Raises AddressClaimed."""
    may(actor, SUPPORT)
    why = check_reason(reason)
    with ports.transactions(actor) as tx:
        if _account(tx, account_id).verified:
            return tx.accounts.get(account_id)
        after = verify_account(ports, tx, account_id, at=ports.now(), by=actor)
        _done(ports, tx, "confirm address", account_id, by=actor, why=why)
        return after


def mail_reset(ports: Ports, *, actor: Actor, account_id: AccountId, reason: str) -> Account:
    """They are mailed a link to set a new password; the old one goes on until they do."""
    may(actor, SUPPORT)
    why = check_reason(reason)
    with ports.transactions(actor) as tx:
        account = _account(tx, account_id)
        event = PasswordResetAsked(account_id)
        _done(ports, tx, "mail password link", account_id, event, by=actor, why=why)
        return account


def add_note(ports: Ports, *, actor: Actor, account_id: AccountId, text: str) -> None:
    """For staff alone; it stays, as everything in the log."""
    may(actor, SUPPORT)
    told = check_text("text", text)
    with ports.transactions(actor) as tx:
        tx.accounts.get(account_id)
        _done(ports, tx, NOTE, account_id, by=actor, why=told)


def write_to(
    ports: Ports, *, actor: Actor, account_id: AccountId, subject: str, message: str
) -> None:
    """By mail, and the subject behind their bell."""
    may(actor, SUPPORT)
    title, told = _check_subject(subject), check_text("message", message)
    with ports.transactions(actor) as tx:
        account = _account(tx, account_id)
        reference = str(ports.ids.new())
        letter = Letter(subject=title, greeting=f"Hello {account.name},", paragraphs=lines_of(told))
        post(
            ports,
            tx,
            letter,
            to=account.email,
            occasion="message",
            reference=reference,
            account_id=account_id,
        )
        _ring(ports, tx, account_id, title, reference)
        _done(ports, tx, "write to person", account_id, by=actor, why=told, subject=title)


def grant_free_session(
    ports: Ports, *, actor: Actor, account_id: AccountId, reason: str
) -> FreeSessions:
    """Exactly one more each time. Missing for who is no customer."""
    may(actor, SUPPORT)
    why = check_reason(reason)
    with ports.transactions(actor) as tx:
        if Role.CUSTOMER not in _account(tx, account_id).roles:
            raise Missing("customer")
        book = tx.free_sessions.get(CustomerId(account_id), lock=True).override()
        saved = tx.free_sessions.save(book)
        _done(ports, tx, "grant free session", account_id, by=actor, why=why, granted=saved.granted)
        return saved


def correct_rating(
    ports: Ports, *, actor: Actor, mechanic_id: MechanicId, tenths: int, reason: str
) -> Mechanic:
    """The average alone moves: what customers gave stays as they gave it, and the log keeps how
    many stars were added or taken. Refusals then: Missing, NotRated."""
    may(actor, SUPPORT)
    why = check_reason(reason)
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(mechanic_id, lock=True)
        after = mechanic.reputation.corrected(tenths)
        saved = tx.mechanics.save(attrs.evolve(mechanic, reputation=after))
        facts = _correction(mechanic.reputation, after)
        _done(ports, tx, "correct rating", AccountId(mechanic_id), by=actor, why=why, **facts)
        return saved


def _correction(before: Reputation, after: Reputation) -> dict[str, object]:
    return {
        "before": before.told,
        "after": after.told,
        "stars_added": after.stars - before.stars,
        "ratings": before.count,
    }


def _account(tx: Transaction, account_id: AccountId) -> Account:
    account = tx.accounts.get(account_id, lock=True)
    if account.standing is Standing.CLOSED:
        raise AccountLeft()
    return account


def _check_subject(subject: str) -> str:
    line = " ".join(subject.split())
    if not 1 <= len(line) <= SUBJECT_LENGTH_MAX or not line.isprintable():
        raise InvalidField("subject", f"One line of at most {SUBJECT_LENGTH_MAX} characters.")
    return line


def _ring(ports: Ports, tx: Transaction, account_id: AccountId, title: str, reference: str) -> None:
    notification = Notification(
        id=ports.ids.new(),
        account_id=account_id,
        occasion="message",
        reference=reference,
        title=title,
        url="/notifications",
        at=ports.now(),
    )
    tx.notifications.add(notification)
    data = {"title": title, "url": notification.url}
    tx.live.tell(audience_of(account_id), "notification", data)


def _done(
    ports: Ports,
    tx: Transaction,
    action: str,
    account_id: AccountId,
    *events: Event,
    by: Actor,
    why: str,
    **facts: object,
) -> None:
    tx.outbox.record(*events, by=by, at=ports.now())
    write_down(ports, tx, action, by=by, on=account_id, kind="account", reason=why, **facts)
