"""Applications being written: kept as typed, found again, and brought to their owner."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import APPLY
from autodoctor.application.mechanics.told import answers_from
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.draft import Answers, Draft
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId, DraftId
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def visitors_draft(ports: Ports, *, draft_id: DraftId | None) -> Draft | None:
    """The one this browser holds. None once it is somebody's: they open it signed in."""
    if draft_id is None:
        return None
    with ports.transactions(SYSTEM) as tx:
        return _unclaimed(tx, draft_id)


def keep_visitors_draft(ports: Ports, *, draft_id: DraftId | None, answers: Answers) -> Draft:
    """In the one this browser holds, or in a new one. Once an account was asked for with an
    address, the address stays."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        known = _unclaimed(tx, draft_id, lock=True) if draft_id else None
        if known is None:
            known = Draft(id=DraftId(ports.ids.new()), created_at=at, changed_at=at)
            tx.drafts.add(known)
        if known.email is not None:
            answers = attrs.evolve(answers, email=known.email)
        return keep_draft(tx, known.typed(answers, at=at))


def own_draft(
    ports: Ports,
    *,
    actor: Actor,
    draft_id: DraftId | None = None,
    sign_up_id: AccountId | None = None,
) -> Draft:
    """A mechanic's own: the one they have; the one they signed up with; the one this browser
    holds for their address, by its id or by the sign-up it made; or a new one with what is known
    of them. The address has to be confirmed before what was begun with it comes to them; what was
    begun in another sign-up and another browser never does."""
    may(actor, APPLY)
    at = ports.now()
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        mine = tx.drafts.of_account(actor.account_id)
        if mine is not None:
            return mine
        begun = _begun(tx, account, draft_id, sign_up_id) if account.verified else None
        if begun is not None:
            return keep_draft(tx, begun.claimed_by(actor.account_id))
        new = Draft(
            id=DraftId(ports.ids.new()),
            created_at=at,
            changed_at=at,
            answers=answers_from(tx, account),
            email=account.email.text,
            account_id=actor.account_id,
        )
        tx.drafts.add(new)
        return keep_draft(tx, tx.drafts.get(new.id))


def keep_own_draft(ports: Ports, *, actor: Actor, answers: Answers) -> Draft:
    """Refusals: Missing, ApplicationElsewhere once it was handed in."""
    may(actor, APPLY)
    at = ports.now()
    with ports.transactions(actor) as tx:
        mine = tx.drafts.of_account(actor.account_id)
        if mine is None:
            raise Missing("draft")
        application = tx.applications.of_subject(actor.mechanic_id)
        if application is None or application.status is not ApplicationStatus.DRAFT:
            status = application.status if application else ApplicationStatus.APPROVED
            raise ApplicationElsewhere(status, ApplicationStatus.DRAFT)
        same = attrs.evolve(answers, email=mine.answers.email)
        return keep_draft(tx, tx.drafts.get(mine.id, lock=True).typed(same, at=at))


def keep_draft(tx: Transaction, draft: Draft) -> Draft:
    """With the clock that forgets it."""
    tx.timers.set(Timer.FORGET_DRAFT, draft.id, due_at=draft.forgotten_at)
    return tx.drafts.save(draft)


def forget_draft(ports: Ports, draft_id: UUID, *, at: datetime) -> None:
    """One that was changed since is kept; its clock runs anew."""
    with ports.transactions(SYSTEM) as tx:
        try:
            draft = tx.drafts.get(DraftId(draft_id), lock=True)
        except Missing:
            return
        if draft.forgotten_at <= at:
            tx.drafts.remove(draft.id)


def _begun(
    tx: Transaction, account: Account, draft_id: DraftId | None, sign_up_id: AccountId | None
) -> Draft | None:
    held = (
        _unclaimed(tx, draft_id) if draft_id else None,
        tx.drafts.of_sign_up(sign_up_id) if sign_up_id else None,
    )
    here = next((each for each in held if each and each.email == account.email.text), None)
    return here or tx.drafts.of_sign_up(account.id)


def _unclaimed(tx: Transaction, draft_id: DraftId, *, lock: bool = False) -> Draft | None:
    try:
        found = tx.drafts.get(draft_id, lock=lock)
    except Missing:
        return None
    return found if found.account_id is None else None
