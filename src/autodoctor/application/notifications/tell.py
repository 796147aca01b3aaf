"""What each event means to people: who hears of it, and how, by the notification table."""

from functools import partial
from uuid import UUID

from autodoctor.application.accounts.letters import door
from autodoctor.application.accounts.sign_up import issue_link
from autodoctor.application.notifications.accepted import tell_accepted
from autodoctor.application.notifications.applicants import tell_applicant
from autodoctor.application.notifications.called_off import tell_called_off, tell_expired
from autodoctor.application.notifications.companies import tell_company
from autodoctor.application.notifications.documents import tell_document
from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.lost_sessions import (
    tell_mechanic_called_off,
    tell_mechanic_released,
)
from autodoctor.application.notifications.money import tell_money
from autodoctor.application.notifications.payment import tell_payment
from autodoctor.application.notifications.people import tell_person
from autodoctor.application.notifications.post import post
from autodoctor.application.notifications.refunds import tell_refund
from autodoctor.application.notifications.released import tell_released, withdraw_ready
from autodoctor.application.notifications.reports import tell_report
from autodoctor.application.notifications.send import Telling, tell_account
from autodoctor.application.notifications.workshops import tell_team
from autodoctor.application.operations.live_pages import tell_money_changed
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import VerificationAsked
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.events import CorporateEvent
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.ranking import ALERTED_FIRST
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.revenue.events import MoneyNews, PaymentNews, RefundDone, RefundedAtProvider
from autodoctor.domain.sessions.events import (
    MechanicReleased,
    ReportPublished,
    RequestAccepted,
    RequestOpened,
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.vetting.events import DocumentExpiring, DocumentReviewed
from autodoctor.domain.workshops.events import WorkshopEvent
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def notify(ports: Ports, tx: Transaction, recorded: Recorded) -> None:  # noqa: PLR0912 - a case for each event
    """Everything is told under the event's own id, so that telling it again is no news."""
    match recorded.event:
        case VerificationAsked(account_id=account_id):
            _verification(ports, tx, recorded, account_id)
        case RequestOpened() as opened:
            _alert(ports, tx, opened)
        case RequestAccepted() as accepted:
            tell_accepted(ports, tx, accepted)
        case SessionCompleted() as completed:
            _completed(ports, tx, recorded, completed)
        case SessionExpired():
            tell_expired(ports, tx, recorded, recorded.event)
        case SessionCancelled():
            tell_called_off(ports, tx, recorded, recorded.event)
            tell_mechanic_called_off(ports, tx, recorded, recorded.event)
        case ReportPublished():
            tell_report(ports, tx, recorded, recorded.event)
        case MechanicReleased() as released:
            tell_released(ports, tx, released)
            tell_mechanic_released(ports, tx, recorded, released)
        case PaymentNews():
            tell_payment(ports, tx, recorded.event)
        case RefundDone() | RefundedAtProvider():
            tell_refund(ports, tx, recorded, recorded.event)
            tell_money_changed(tx, recorded.event)
        case MoneyNews():
            tell_money(ports, tx, recorded, recorded.event)
            tell_money_changed(tx, recorded.event)
        case DocumentReviewed() | DocumentExpiring():
            tell_document(ports, tx, recorded.event)
        case WorkshopEvent():
            tell_team(ports, tx, recorded, recorded.event)
        case CorporateEvent():
            tell_company(ports, tx, recorded, recorded.event)
        case _:
            tell_person(ports, tx, recorded)
            tell_applicant(ports, tx, recorded)


def _hello(account: Account) -> str:
    return f"Hello {account.name},"


def _verification(ports: Ports, tx: Transaction, recorded: Recorded, account_id: AccountId) -> None:
    """Not in the table: it is an answer to what the person just did, by mail alone."""
    account = tx.accounts.get(account_id)
    if account.standing is Standing.CLOSED:
        return
    site = ports.rules.public_url
    if account.verified:
        letter = Letter(
            subject="You already have an account",
            greeting=_hello(account),
            paragraphs=(
                "Somebody, probably you, tried to sign up with this address. You have an "
                "account already: log in with your password.",
                "If it was not you, there is nothing to do.",
            ),
            action="Log in",
            url=f"{site}{door(account)}",
        )
    else:
        letter = Letter(
            subject="Confirm your email address",
            greeting="Hello,",
            paragraphs=(
                f"Welcome to autodoctor. Confirm that this address is yours, and {_then(account)}",
                "Open the link in the browser you signed up with, or have the password you chose "
                "ready. It works once, for 24 hours.",
                "If you did not sign up, ignore this mail, or open the link to sign up yourself.",
            ),
            action="Confirm my address",
            url=f"{site}/verify?token={issue_link(ports, tx, account_id)}",
            secret=True,
        )
    post(
        ports,
        tx,
        letter,
        to=account.email,
        occasion="verification",
        reference=str(recorded.id),
        account_id=account_id,
    )


def _then(account: Account) -> str:
    """What the address stands in the way of."""
    if Role.CUSTOMER in account.roles:
        return "you can talk to a mechanic right away."
    if account.workshop_id is not None or account.organization_id is not None:
        return "you can see at any time where your application stands."
    return "you can hand in your application."


def _alert(ports: Ports, tx: Transaction, opened: RequestOpened) -> None:
    """The ten who fit best and may see it now are alerted first; a chosen mechanic who is
    off shift is mailed. Who declined it, gave it back or did not come is not asked again. The
    request is locked: whoever closes it withdraws what was told."""
    request, session = tx.requests.with_session(opened.request_id)
    at = ports.now()
    if not request.open_at(at):
        return
    intake = tx.intakes.get(session.intake_id)
    wanted = Wanted(
        keywords=frozenset(intake.keywords),
        brand=intake.specialist_brand,
        country=intake.place.country,
        city=intake.place.city,
    )
    telling = Telling(
        occasion=Occasion.NEW_REQUEST,
        role=Role.MECHANIC,
        title="A new request is waiting",
        url="/mechanic/dashboard",
        letter_paragraphs=("A customer asks for you. Clock in to see the request.",),
        action="Open your dashboard",
    )
    told = partial(tell_account, ports, tx, telling=telling, reference=str(request.id))
    gone = tx.requests.declined_by(session.id)
    for ranked in tx.mechanics.best(wanted, most=ALERTED_FIRST + len(gone), today=at.date()):
        mechanic = tx.mechanics.get(ranked.candidate.mechanic_id)
        if mechanic.id not in gone and request.visible_to(
            mechanic.id, workshop_id=mechanic.workshop_id, at=at
        ):
            told(account_id=AccountId(mechanic.id), online=True)
    chosen = request.routing.chosen_mechanic_id
    if chosen is not None and chosen not in gone and not tx.mechanics.get(chosen).on_shift:
        told(account_id=AccountId(chosen))


def _completed(ports: Ports, tx: Transaction, recorded: Recorded, event: SessionCompleted) -> None:
    withdraw_ready(tx, event.customer_id, event.session_id, event.mechanic_id)
    minutes = "1 minute" if event.minutes == 1 else f"{event.minutes} minutes"
    telling = Telling(
        occasion=Occasion.SESSION_ENDED,
        role=Role.CUSTOMER,
        title="Your session is complete",
        url=f"/customer/sessions/{event.session_id}",
        letter_paragraphs=(
            f"You talked for {minutes}. Your files and, once it is written, the report are on your "
            "session's page.",
            "How was it? Your rating helps others to choose.",
        ),
        action="See your session and rate it",
    )
    _tell(ports, tx, recorded, AccountId(event.customer_id), telling)


def _tell(
    ports: Ports,
    tx: Transaction,
    recorded: Recorded,
    account_id: AccountId,
    telling: Telling,
) -> None:
    reference: UUID = recorded.id
    tell_account(ports, tx, account_id, telling, reference=str(reference))
