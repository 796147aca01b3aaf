"""What happens to workshops and in their teams, told by mail to those it is about."""

from collections.abc import Iterable

from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Seat
from autodoctor.domain.shared.ids import AccountId, WorkshopId
from autodoctor.domain.workshops.events import (
    MemberAdmitted,
    MemberAsked,
    MemberLeft,
    MemberPaused,
    WorkshopBack,
    WorkshopEvent,
    WorkshopPutOut,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_team(ports: Ports, tx: Transaction, recorded: Recorded, event: WorkshopEvent) -> None:
    """Nobody is written to after their account was closed."""
    site = ports.rules.public_url
    match event:
        case MemberAsked(mechanic_id=mechanic, workshop_id=workshop):
            told = _asked(tx, tx.mechanics.get(mechanic).name, workshop, site)
        case MemberAdmitted(mechanic_id=mechanic, workshop_id=workshop):
            told = _mechanic(tx, AccountId(mechanic), _admitted(_name(tx, workshop), site))
        case MemberPaused(mechanic_id=mechanic, workshop_id=workshop):
            told = _mechanic(tx, AccountId(mechanic), _paused(_name(tx, workshop)))
        case MemberLeft(mechanic_id=mechanic, workshop_id=workshop, refused=refused):
            told = _mechanic(tx, AccountId(mechanic), _left(_name(tx, workshop), refused=refused))
        case WorkshopPutOut(workshop_id=workshop, reason=reason):
            told = _staff(tx, workshop, _put_out(_name(tx, workshop), reason))
        case WorkshopBack(workshop_id=workshop):
            told = _staff(tx, workshop, _back(_name(tx, workshop), site))
        case _:
            return
    for account, letter in told:
        post(
            ports,
            tx,
            letter,
            to=account.email,
            occasion=type(event).__name__,
            reference=str(recorded.id),
            account_id=account.id,
        )


Told = Iterable[tuple[Account, Letter]]


def _name(tx: Transaction, workshop_id: WorkshopId) -> str:
    return tx.workshops.get(workshop_id).name


def _mechanic(tx: Transaction, account_id: AccountId, letter: Letter) -> Told:
    account = tx.accounts.get(account_id)
    return () if account.standing is Standing.CLOSED else ((account, letter),)


def _staff(tx: Transaction, workshop_id: WorkshopId, letter: Letter) -> Told:
    return tuple((account, letter) for account in tx.accounts.of_workshop(workshop_id))


def _asked(tx: Transaction, mechanic: str, workshop_id: WorkshopId, site: str) -> Told:
    """Those who can let them in."""
    letter = Letter(
        subject=f"{mechanic} has accepted your invitation",
        greeting="Hello,",
        paragraphs=("Let them in, and they can take requests for you.",),
        action="Open your team",
        url=f"{site}/workshop/team",
    )
    able = (Seat.ADMIN, Seat.OWNER)
    return tuple(each for each in _staff(tx, workshop_id, letter) if each[0].workshop_seat in able)


def _admitted(workshop: str, site: str) -> Letter:
    return Letter(
        subject=f"{workshop} has let you in",
        greeting="Hello,",
        paragraphs=(
            f"You are one of {workshop}'s mechanics now. Once your profile is approved and "
            "complete, you can go on shift.",
        ),
        action="Open your dashboard",
        url=f"{site}/mechanic/dashboard",
    )


def _paused(workshop: str) -> Letter:
    return Letter(
        subject=f"{workshop} has paused your place",
        greeting="Hello,",
        paragraphs=(
            "You take no requests until they let you back in. A session under way goes on.",
            f"Talk to {workshop} if you do not know why.",
        ),
    )


def _left(workshop: str, *, refused: bool) -> Letter:
    first = (
        f"{workshop} did not let you in."
        if refused
        else f"You are not one of {workshop}'s mechanics any more."
    )
    return Letter(
        subject=f"Your place at {workshop} has ended",
        greeting="Hello,",
        paragraphs=(first, "You can go on working on your own account."),
    )


def _put_out(workshop: str, reason: str) -> Letter:
    return Letter(
        subject=f"{workshop} is suspended",
        greeting="Hello,",
        paragraphs=(
            f"We have suspended your workshop. The reason: {reason}",
            "Nobody of its staff can log in meanwhile, and requests go to other mechanics. "
            "Sessions under way go on, and what was earned is paid out.",
            "If you think this is a mistake, answer to this mail.",
        ),
    )


def _back(workshop: str, site: str) -> Letter:
    return Letter(
        subject=f"{workshop} is open again",
        greeting="Hello,",
        paragraphs=("You can log in as before.",),
        action="Log in",
        url=f"{site}/workshop/login",
    )
