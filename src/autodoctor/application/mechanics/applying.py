"""A mechanic applies: opens an account on the way, hands in, and may try again."""

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import APPLY
from autodoctor.application.accounts.sign_up import SignUp, sign_up
from autodoctor.application.mechanics.completing import keep_mechanic
from autodoctor.application.mechanics.drafts import keep_draft
from autodoctor.application.mechanics.steps import Step, check_all, mistakes
from autodoctor.application.mechanics.told import tell_account, tell_mechanic, tell_particulars
from autodoctor.application.vetting.decide import application_of
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import ConsentKind, give
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.mechanics.draft import Answers, Draft
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DraftId
from autodoctor.domain.vetting.application import (
    Application,
    ApplicationElsewhere,
    ApplicationKind,
    ApplicationStatus,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def open_account(ports: Ports, *, draft_id: DraftId, password: str) -> Draft:
    """After the first step, as `sign_up`; the draft knows whose sign-up it belongs to.

    Raises InvalidField.
    """
    with ports.transactions(SYSTEM) as tx:
        draft = tx.drafts.get(draft_id)
    wrong = mistakes(Step.PERSONAL, draft.answers, today=ports.now().date())
    for field, reason in wrong.items():
        raise InvalidField(field, reason)
    begun = sign_up(ports, sign_up_of(draft.answers, password=password), role=Role.MECHANIC)
    email = EmailAddress.parse(draft.answers.email)
    with ports.transactions(SYSTEM) as tx:
        return keep_draft(tx, tx.drafts.get(draft_id, lock=True).asked_for(email.text, begun))


def sign_up_of(answers: Answers, *, password: str) -> SignUp:
    return SignUp(
        email=answers.email,
        password=password,
        full_name=answers.full_name,
        consents=agreed(answers),
        phone=answers.phone,
        language=answers.language,
        time_zone=answers.time_zone,
    )


def agreed(answers: Answers) -> frozenset[ConsentKind]:
    return frozenset(kind for kind in ConsentKind if getattr(answers, kind.value))


def hand_in(ports: Ports, *, actor: Actor) -> Application:
    """What the draft says is kept, and staff look at it. Again changes nothing.

    Refusals: EmailUnverified, ApplicationElsewhere, Missing, InvalidField.
    """
    may(actor, APPLY)
    at = ports.now()
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        account.check_verified()
        before = _own(tx, actor)
        after, events = before.submit(at=at)
        if not events:
            return before
        draft = tx.drafts.of_account(actor.account_id)
        if draft is None:
            raise Missing("draft")
        check_all(draft.answers, today=at.date())
        _take_down(ports, tx, account, draft.answers)
        tx.outbox.record(*events, by=actor, at=at)
        return tx.applications.save(after)


def _take_down(ports: Ports, tx: Transaction, account: Account, answers: Answers) -> None:
    at, mechanic_id = ports.now(), Actor(account.id, Role.MECHANIC).mechanic_id
    tx.consents.add(give(account_id=account.id, kinds=agreed(answers), at=at))
    account = tx.accounts.save(tell_account(account, answers))
    mechanic = tx.mechanics.get(mechanic_id, lock=True)
    told = tell_particulars(tx.particulars.get(mechanic_id), answers, at=at)
    keep_mechanic(tx, account, tell_mechanic(mechanic, answers), tx.particulars.save(told))


def application(ports: Ports, *, actor: Actor) -> Application:
    """Where it stands. Raises Missing for who never had to apply."""
    may(actor, APPLY)
    with ports.transactions(actor) as tx:
        return application_of(tx, actor.mechanic_id, ApplicationKind.MECHANIC)


def try_again(ports: Ports, *, actor: Actor) -> Application:
    """After a rejection: a draft again, with everything that was told. Again changes nothing.
    Raises ApplicationElsewhere."""
    may(actor, APPLY)
    with ports.transactions(actor) as tx:
        before = _own(tx, actor)
        if before.status not in (ApplicationStatus.REJECTED, ApplicationStatus.DRAFT):
            raise ApplicationElsewhere(before.status, ApplicationStatus.DRAFT)
        after = before.try_again()
        return before if after is before else tx.applications.save(after)


def _own(tx: Transaction, actor: Actor) -> Application:
    found = application_of(tx, actor.mechanic_id, ApplicationKind.MECHANIC)
    return tx.applications.get(found.id, lock=True)
