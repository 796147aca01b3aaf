"""A workshop applies: with an account for its first owner, or of somebody who has one."""

from datetime import datetime

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import APPLY, STANDING
from autodoctor.application.accounts.sign_up import SignUp, sign_up
from autodoctor.application.vetting.decide import application_of
from autodoctor.application.vetting.handing_in import hand_in, hand_in_again, undecided
from autodoctor.application.workshops.details import Details, checked, told
from autodoctor.application.workshops.own import own_workshop
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class WorkshopThereAlready(Conflict):
    """Your account has a workshop already."""


@attrs.frozen
class Standing:
    """A workshop that is being decided upon, or was."""

    workshop: Workshop
    application: Application


def sign_up_workshop(ports: Ports, account: SignUp, details: Details) -> AccountId:
    """Opens an account whose owner has a workshop; its application is handed in once their
    address is verified. As `sign_up` for an address that has an account already: its owner is
    mailed, and tells of the workshop once they have the role. Raises InvalidField."""
    good = checked(details)

    def arrive(tx: Transaction, owner: Account, at: datetime) -> None:
        _found(ports, tx, owner, good, at=at)

    return sign_up(ports, account, role=Role.WORKSHOP, arrive=arrive)


def register(ports: Ports, *, actor: Actor, details: Details) -> Standing:
    """For somebody with the hat and no workshop yet. Refusals: InvalidField,
    WorkshopThereAlready."""
    may(actor, APPLY)
    good, at = checked(details), ports.now()
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        if account.workshop_id is not None:
            raise WorkshopThereAlready()
        return _found(ports, tx, account, good, at=at)


def _found(
    ports: Ports, tx: Transaction, owner: Account, details: Details, *, at: datetime
) -> Standing:
    blank = Workshop(id=WorkshopId(ports.ids.new()), name="", province="", city="")
    workshop = told(blank, details)
    tx.workshops.add(workshop)
    tx.accounts.save(attrs.evolve(owner, workshop_id=workshop.id, workshop_seat=Seat.OWNER))
    handed_in = hand_in(
        ports,
        tx,
        kind=ApplicationKind.WORKSHOP,
        subject_id=workshop.id,
        applicant_id=owner.id,
        verified=owner.verified,
        at=at,
    )
    return Standing(workshop, handed_in)


def standing(ports: Ports, *, actor: Actor) -> Standing:
    """Where it stands. Raises WorkshopUntold for somebody without a workshop."""
    may(actor, STANDING)
    with ports.transactions(actor) as tx:
        workshop = own_workshop(tx, actor)
        return Standing(workshop, application_of(tx, workshop.id, ApplicationKind.WORKSHOP))


def apply_again(ports: Ports, *, actor: Actor, details: Details) -> Standing:
    """After a rejection, or while it is looked at: with other details. Refusals: InvalidField,
    WorkshopUntold, ApplicationElsewhere once it was approved."""
    may(actor, APPLY)
    good, at = checked(details), ports.now()
    with ports.transactions(actor) as tx:
        workshop = own_workshop(tx, actor, lock=True)
        before = undecided(tx, workshop.id, ApplicationKind.WORKSHOP)
        after = tx.workshops.save(told(workshop, good))
        return Standing(after, hand_in_again(tx, before, by=actor, at=at))
