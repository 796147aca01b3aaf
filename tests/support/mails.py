"""Every mail the system can send, each played: by the event it answers to, or by what people do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

import attrs

from autodoctor.application.accounts.address import ask_address, confirm_address
from autodoctor.application.accounts.claims import ask_code, begin_claim
from autodoctor.application.accounts.closing import close_account
from autodoctor.application.accounts.sign_in import Present, held, open_login
from autodoctor.application.accounts.support import write_to
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.application.corporate.inviting import invite_colleague
from autodoctor.application.payments.issues import open_issue
from autodoctor.application.sessions.accept import accept
from autodoctor.application.workshops.inviting import invite_person
from autodoctor.domain.accounts.events import (
    AccountBanned,
    AccountReinstated,
    AccountSuspended,
    HatAsked,
    IdentityLinked,
    PasswordChanged,
    PasswordResetAsked,
    SecondFactorChanged,
    VerificationAsked,
)
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.corporate.events import (
    CompanyBack,
    CompanyPutOut,
    EmployeeActivated,
    EmployeeDeactivated,
)
from autodoctor.domain.revenue.events import (
    DisputeClosed,
    DisputeOpened,
    EarningsReduced,
    PaymentDeclined,
    PaymentFulfilled,
    PaymentReturned,
    PayoutFailed,
    RefundDone,
    RefundedAtProvider,
    RefundFailed,
    RefundSettled,
)
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.events import (
    MechanicReleased,
    ReportPublished,
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
)
from autodoctor.domain.sessions.routing import RoutingKind
from autodoctor.domain.shared.actor import SYSTEM, Role, Seat
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import (
    ApplicationId,
    CheckoutId,
    CustomerId,
    DocumentId,
    FileId,
    MechanicId,
    PlanSlug,
    RefundId,
    SessionId,
)
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.domain.vetting.document import Document, DocumentKind
from autodoctor.domain.vetting.events import (
    ApplicationApproved,
    ApplicationRejected,
    DocumentExpiring,
    DocumentReviewed,
    InformationAsked,
)
from autodoctor.domain.workshops.events import (
    MemberAdmitted,
    MemberAsked,
    MemberLeft,
    MemberPaused,
    WorkshopBack,
    WorkshopPutOut,
)
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from support.api_keys import company_person
from support.corporate import an_employee
from support.people import Person, booked, customer, mechanic, person
from support.scenery import new_account
from support.workshops import workshop_owner

PASSWORD: Final = "a fine password"


@attrs.frozen
class Stage:
    """A session there is, for news of one; every mail goes to somebody of its own."""

    ports: Ports
    session_id: SessionId

    def told(self, *events: Event) -> None:
        """The worker hears of it."""
        with self.ports.transactions(SYSTEM) as tx:
            tx.outbox.record(*events, by=SYSTEM, at=self.ports.now())

    def address(self, who: Person) -> str:
        with self.ports.transactions(SYSTEM) as tx:
            return tx.accounts.get(who.id).email.text


Play = Callable[[Stage], str]
"""Makes the system send it; the address it goes to."""


def to_person(event: Callable[..., Event], **given: object) -> Play:
    """News of an account."""

    def play(stage: Stage) -> str:
        who = person(stage.ports, Role.CUSTOMER, name="Casey O'Driver")
        stage.told(event(account_id=who.id, **given))
        return stage.address(who)

    return play


def resetting_unverified(stage: Stage) -> str:
    """Asked for by somebody who has not verified their address."""
    waiting = new_account()
    with stage.ports.transactions(SYSTEM) as tx:
        tx.accounts.add(waiting)
    stage.told(PasswordResetAsked(account_id=waiting.id))
    return waiting.email.text


def to_customer(event: Callable[..., Event], **given: object) -> Play:
    """News of a session or of money."""

    def play(stage: Stage) -> str:
        who = customer(stage.ports)
        stage.told(event(session_id=stage.session_id, customer_id=CustomerId(who.id), **given))
        return stage.address(who)

    return play


def unverified(stage: Stage) -> str:
    who = customer(stage.ports)
    with stage.ports.transactions(SYSTEM) as tx:
        tx.accounts.save(attrs.evolve(tx.accounts.get(who.id), verified_at=None))
    stage.told(VerificationAsked(who.id))
    return stage.address(who)


def _waiting(stage: Stage) -> tuple[SessionId, Person]:
    who = customer(stage.ports)
    intake = booked(stage.ports, who, plan="free")
    session_id = check_out(stage.ports, actor=who.actor, intake_id=intake.id).session_id
    assert session_id is not None, "a free plan becomes a session at once"
    return session_id, who


def _released(*, no_show: bool) -> Play:
    """A waiting session of somebody of its own, whose mechanic is gone."""

    def play(stage: Stage) -> str:
        lost = mechanic(stage.ports)
        session_id, who = _waiting(stage)
        stage.told(MechanicReleased(session_id, MechanicId(lost.id), no_show))
        return stage.address(who)

    return play


def to_payee(event: Callable[..., Event], *, session: bool = False, **given: object) -> Play:
    """News of what a mechanic earns."""

    def play(stage: Stage) -> str:
        who = mechanic(stage.ports)
        about = {"session_id": stage.session_id} if session else {}
        told = {"account": "mechanic", "owner_id": who.id, "amount": MONEY}
        stage.told(event(**about, **told, **given))
        return stage.address(who)

    return play


def to_staff(event: Callable[..., Event], **given: object) -> Play:
    """News for everybody who runs the place."""

    def play(stage: Stage) -> str:
        who = person(stage.ports, Role.ADMIN, name="Alex Admin")
        stage.told(event(session_id=stage.session_id, **given))
        return stage.address(who)

    return play


def to_staff_about_money(kind: IssueKind) -> Play:
    def play(stage: Stage) -> str:
        who = person(stage.ports, Role.ADMIN, name="Alex Admin")
        at, about = stage.ports.now(), stage.session_id
        with stage.ports.transactions(SYSTEM) as tx:
            open_issue(stage.ports, tx, kind, uuid4(), amount=MONEY, at=at, session_id=about)
        return stage.address(who)

    return play


def of_payment(news: Callable[[Stage, Person, CheckoutId], Event]) -> Play:
    """News of a payment page that somebody of its own has open."""

    def play(stage: Stage) -> str:
        who = customer(stage.ports)
        intake = booked(stage.ports, who)
        checkout_id = check_out(stage.ports, actor=who.actor, intake_id=intake.id).checkout_id
        assert checkout_id is not None, "the plan is not free"
        stage.told(news(stage, who, checkout_id))
        return stage.address(who)

    return play


def chosen_off_shift(stage: Stage) -> str:
    """A free session that asks for a mechanic who is not on shift."""
    who, wanted = customer(stage.ports), mechanic(stage.ports, on_shift=False)
    form = IntakeForm(
        plan=PlanSlug("free"),
        concern="It squeals when I brake.",
        routing=RoutingKind.BROADCAST,
        chosen_mechanic_id=MechanicId(wanted.id),
    )
    intake = start_intake(stage.ports, actor=who.actor, form=form)
    sign_waiver(
        stage.ports,
        actor=who.actor,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    check_out(stage.ports, actor=who.actor, intake_id=intake.id)
    return stage.address(wanted)


def of_document(event: Callable[[DocumentId, UUID], Event]) -> Play:
    def play(stage: Stage) -> str:
        who, at = mechanic(stage.ports), stage.ports.now()
        file_id, document_id = FileId(uuid4()), DocumentId(uuid4())
        file = File(
            id=file_id,
            owner_id=who.id,
            name="paper.pdf",
            media_type="application/pdf",
            kind="document",
            size_bytes=9,
            storage_key=f"uploads/{file_id}.pdf",
            created_at=at,
            stored_at=at,
            purpose=FilePurpose.DOCUMENT,
        )
        document = Document(
            id=document_id,
            subject_id=who.id,
            file_id=file_id,
            kind=DocumentKind.INSURANCE,
            uploaded_at=at,
            expires_on=at.date() + timedelta(days=7),
        )
        with stage.ports.transactions(who.actor) as tx:
            tx.files.add(file)
            tx.submitted_documents.add(document)
        stage.told(event(document_id, who.id))
        return stage.address(who)

    return play


def to_applicant(event: Callable[[ApplicationId, Person], Event]) -> Play:
    def play(stage: Stage) -> str:
        who, at = mechanic(stage.ports), stage.ports.now()
        draft = Application(
            id=ApplicationId(uuid4()),
            kind=ApplicationKind.MECHANIC,
            subject_id=who.id,
            applicant_id=who.id,
            created_at=at,
        )
        with stage.ports.transactions(SYSTEM) as tx:
            tx.applications.add(draft)
        stage.told(event(draft.id, who))
        return stage.address(who)

    return play


def in_team(event: Callable[..., Event], *, to_owner: bool = False, **given: object) -> Play:
    def play(stage: Stage) -> str:
        boss, who = workshop_owner(stage.ports), mechanic(stage.ports)
        workshop_id = boss.actor.workshop_id
        stage.told(event(mechanic_id=MechanicId(who.id), workshop_id=workshop_id, **given))
        return stage.address(boss if to_owner else who)

    return play


def of_workshop(event: Callable[..., Event], **given: object) -> Play:
    def play(stage: Stage) -> str:
        boss = workshop_owner(stage.ports)
        stage.told(event(workshop_id=boss.actor.workshop_id, **given))
        return stage.address(boss)

    return play


def of_company(event: Callable[..., Event], **given: object) -> Play:
    def play(stage: Stage) -> str:
        boss = company_person(stage.ports)
        stage.told(event(organization_id=boss.actor.organization_id, **given))
        return stage.address(boss)

    return play


def employed(event: Callable[..., Event]) -> Play:
    def play(stage: Stage) -> str:
        boss, who = company_person(stage.ports), customer(stage.ports)
        company = boss.actor.organization_id
        worker = an_employee(stage.ports.transactions, organization_id=company, account_id=who.id)
        stage.told(event(employee_id=worker.id, organization_id=company, account_id=who.id))
        return stage.address(who)

    return play


def written_to(stage: Stage) -> str:
    staff, who = person(stage.ports, Role.ADMIN), customer(stage.ports)
    words = "Two lines:\nthe <b>second</b> & last {one}."
    write_to(stage.ports, actor=staff.actor, account_id=who.id, subject="About you", message=words)
    return stage.address(who)


def present(stage: Stage) -> Present:
    """Somebody with a password, who is there."""
    who = customer(stage.ports)
    with stage.ports.transactions(SYSTEM) as tx:
        hashed = stage.ports.passwords.hash(PASSWORD)
        account = tx.accounts.save(attrs.evolve(tx.accounts.get(who.id), password_hash=hashed))
    login = open_login(stage.ports, account, role=Role.CUSTOMER, address="", agent="")
    with stage.ports.transactions(SYSTEM) as tx:
        return held(stage.ports, tx, token=login.token)


def closing(stage: Stage) -> str:
    here = present(stage)
    close_account(stage.ports, present=here, password=PASSWORD)
    return here.account.email.text


def asking_address(*, new: bool) -> Play:
    def play(stage: Stage) -> str:
        here, address = present(stage), f"{uuid4().hex}@test.example"
        ask_address(stage.ports, present=here, password=PASSWORD, email=address)
        return address if new else here.account.email.text

    return play


def changing_address(stage: Stage) -> str:
    who, token = customer(stage.ports), stage.ports.ids.secret()
    before = stage.address(who)
    with stage.ports.transactions(SYSTEM) as tx:
        tx.tokens.issue(
            digest(token),
            account_id=who.id,
            purpose=TokenPurpose.CHANGE_EMAIL,
            expires_at=stage.ports.now() + timedelta(hours=1),
            detail=f"{uuid4().hex}@test.example",
        )
    confirm_address(stage.ports, token=token)
    return before


def claiming(*, known: bool) -> Play:
    """Somebody comes by a provider that vouches for no address, and says which is theirs."""

    def play(stage: Stage) -> str:
        address = stage.address(customer(stage.ports)) if known else f"{uuid4().hex}@test.example"
        claimed = Claimed("facebook", uuid4().hex)
        state = begin_claim(stage.ports, claimed, following="")
        ask_code(stage.ports, state=state, email=address)
        return address

    return play


def invited(invite: Callable[[Ports, str], object]) -> Play:
    def play(stage: Stage) -> str:
        address = f"{uuid4().hex}@test.example"
        invite(stage.ports, address)
        return address

    return play


def _expiring(days: int) -> Play:
    return of_document(lambda document, owner: DocumentExpiring(document, owner, days))


def _reviewed(*, approved: bool) -> Play:
    reason = "" if approved else "It is blurred."
    return of_document(lambda document, who: DocumentReviewed(document, who, approved, reason))


def _accepted(stage: Stage) -> str:
    session_id, who = _waiting(stage)
    with stage.ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None, "it waits"
    accept(stage.ports, actor=mechanic(stage.ports).actor, request_id=request.id)
    return stage.address(who)


def _published(*, amended: bool) -> Play:
    def play(stage: Stage) -> str:
        worker = MechanicId(mechanic(stage.ports).id)
        return to_customer(ReportPublished, mechanic_id=worker, amended=amended)(stage)

    return play


def _called_off(cause: Cause, refund: int, kept: int) -> Play:
    money = {"refund": Money(refund), "kept": Money(kept)}
    return to_customer(SessionCancelled, mechanic_id=None, cause=cause, **money)


def _lost(cause: Cause, refund: int, kept: int) -> Play:
    """A session that was called off, for its mechanic."""

    def play(stage: Stage) -> str:
        who = mechanic(stage.ports)
        event = SessionCancelled(
            stage.session_id,
            CustomerId(customer(stage.ports).id),
            MechanicId(who.id),
            cause,
            Money(refund),
            Money(kept),
        )
        stage.told(event)
        return stage.address(who)

    return play


def _missed(stage: Stage) -> str:
    who = mechanic(stage.ports)
    session_id, _ = _waiting(stage)
    stage.told(MechanicReleased(session_id, MechanicId(who.id), no_show=True))
    return stage.address(who)


MONEY: Final = Money(4999)
TOLD_OTHERWISE: Final = (Cause.CUSTOMER, Cause.REFUNDED_AT_PROVIDER, Cause.DISPUTE_LOST)
"""With the money alone, and with what took the payment back."""
WHY: Final = "You were rude <to> somebody & more."
WORKED: Final = {"mechanic_id": MechanicId(uuid4()), "minutes": 12, "timed_out": False}

MAILS: Final[dict[str, tuple[Play, ...]]] = {
    "accounts/letters.reset": (to_person(PasswordResetAsked),),
    "accounts/letters.reset_unverified": (resetting_unverified,),
    "accounts/letters.password_changed": (to_person(PasswordChanged),),
    "accounts/letters.confirm_address": (asking_address(new=True),),
    "accounts/letters.address_asked": (asking_address(new=False),),
    "accounts/letters.address_changed": (changing_address,),
    "accounts/letters.hat": (to_person(HatAsked, role=Role.MECHANIC),),
    "accounts/letters.suspended": (to_person(AccountSuspended, reason=WHY, until=None),),
    "accounts/letters.banned": (to_person(AccountBanned, reason=WHY),),
    "accounts/letters.reinstated": (to_person(AccountReinstated, reason=WHY),),
    "accounts/letters.factor_changed": (to_person(SecondFactorChanged, what="A key was added."),),
    "accounts/letters.linked": (to_person(IdentityLinked, provider="Google"),),
    "accounts/letters.address_code": (claiming(known=False),),
    "accounts/letters.came_by": (claiming(known=True),),
    "accounts/letters.closed": (closing,),
    "accounts/support.write_to": (written_to,),
    "corporate/employing._letter": (
        invited(
            lambda ports, to: invite_employee(
                ports, actor=company_person(ports).actor, email=to, form=EmployeeForm()
            )
        ),
    ),
    "corporate/inviting._letter": (
        invited(
            lambda ports, to: invite_colleague(
                ports, actor=company_person(ports).actor, email=to, place=Seat.ADMIN
            )
        ),
    ),
    "notifications/called_off._cancelled": (
        _called_off(Cause.CUSTOMER, 4999, 0),
        _called_off(Cause.CUSTOMER, 2500, 2499),
        _called_off(Cause.CUSTOMER, 0, 4999),
    ),
    "notifications/called_off._called_off": (
        *(_called_off(cause, 4999, 0) for cause in Cause if cause not in TOLD_OTHERWISE),
        _called_off(Cause.CUSTOMER_NO_SHOW, 2500, 2499),
        _called_off(Cause.CUSTOMER_NO_SHOW, 0, 4999),
        _called_off(Cause.PLATFORM, 0, 0),
    ),
    "notifications/companies._put_out": (of_company(CompanyPutOut, reason=WHY),),
    "notifications/companies._back": (of_company(CompanyBack),),
    "notifications/employees._let_go": (employed(EmployeeDeactivated),),
    "notifications/employees._back": (employed(EmployeeActivated),),
    "notifications/documents._letter": (
        _reviewed(approved=True),
        _reviewed(approved=False),
        _expiring(7),
        _expiring(0),
    ),
    "notifications/tell._verification": (unverified, to_person(VerificationAsked)),
    "notifications/tell._alert": (chosen_off_shift,),
    "notifications/accepted._telling": (_accepted,),
    "notifications/tell._completed": (to_customer(SessionCompleted, **WORKED),),
    "notifications/called_off.tell_expired": (
        to_customer(SessionExpired, refund=MONEY),
        to_customer(SessionExpired, refund=Money(0)),
    ),
    "notifications/reports.tell_report": (
        _published(amended=False),
        _published(amended=True),
    ),
    "notifications/released.tell_released": (_released(no_show=True), _released(no_show=False)),
    "notifications/lost_sessions._tell": (
        _missed,
        _lost(Cause.CUSTOMER, 4999, 0),
        _lost(Cause.CUSTOMER, 2500, 2499),
        _lost(Cause.CUSTOMER_NO_SHOW, 0, 4999),
        _lost(Cause.MISSED, 4999, 0),
        _lost(Cause.PLATFORM, 0, 0),
    ),
    "notifications/refund_failures._failed": (
        to_customer(RefundFailed, refund_id=RefundId(uuid4()), amount=MONEY),
    ),
    "notifications/refund_failures._settled": (
        to_customer(RefundSettled, amount=MONEY, note="By Interac e-transfer of 3 March."),
    ),
    "notifications/money._less": (
        to_payee(EarningsReduced, session=True),
        to_payee(EarningsReduced, session=True, left=Money(0), called_off=True),
        to_payee(EarningsReduced, session=True, left=Money(3200)),
        to_payee(EarningsReduced, session=True, left=Money(0), disputed=True),
        to_payee(EarningsReduced, session=True, left=Money(0), disputed=True, called_off=True),
    ),
    "notifications/money._came_back": (to_payee(PayoutFailed, payout_id=uuid4()),),
    "notifications/money._issue": tuple(to_staff_about_money(kind) for kind in IssueKind),
    "notifications/disputes._opened": (to_staff(DisputeOpened, amount=MONEY),),
    "notifications/disputes._decided": tuple(
        to_staff(DisputeClosed, amount=MONEY, won=won, called_off=not won) for won in (True, False)
    ),
    "notifications/disputes._stands": (to_customer(DisputeClosed, amount=MONEY, won=True),),
    "notifications/disputes._returned": tuple(
        to_customer(DisputeClosed, amount=MONEY, won=False, called_off=off) for off in (True, False)
    ),
    "notifications/payment._declined": (
        of_payment(lambda _, who, key: PaymentDeclined(key, CustomerId(who.id))),
    ),
    "notifications/payment._received": (
        of_payment(lambda stage, _, key: PaymentFulfilled(key, stage.session_id)),
    ),
    "notifications/payment._returned": (
        of_payment(lambda _, __, key: PaymentReturned(key, "no_session")),
        of_payment(lambda _, __, key: PaymentReturned(key, "amount_differs")),
    ),
    "notifications/refunds._sent": (
        to_customer(RefundDone, refund_id=RefundId(uuid4()), amount=MONEY),
    ),
    "notifications/refunds._refunded": (
        to_customer(
            RefundedAtProvider, refund_id=RefundId(uuid4()), amount=MONEY, called_off=False
        ),
    ),
    "notifications/refunds._ended": (
        to_customer(RefundedAtProvider, refund_id=RefundId(uuid4()), amount=MONEY, called_off=True),
    ),
    "notifications/workshops._asked": (in_team(MemberAsked, to_owner=True),),
    "notifications/workshops._admitted": (in_team(MemberAdmitted),),
    "notifications/workshops._paused": (in_team(MemberPaused),),
    "notifications/workshops._left": (
        in_team(MemberLeft, refused=True),
        in_team(MemberLeft, refused=False),
    ),
    "notifications/workshops._put_out": (of_workshop(WorkshopPutOut, reason=WHY),),
    "notifications/workshops._back": (of_workshop(WorkshopBack),),
    "vetting/letters.asked": (
        to_applicant(lambda key, who: InformationAsked(key, who.id, "Which <licence>?")),
    ),
    "vetting/letters.approved": (
        to_applicant(lambda key, who: ApplicationApproved(key, "mechanic", who.id, who.id)),
    ),
    "vetting/letters.rejected": (
        to_applicant(lambda key, who: ApplicationRejected(key, "mechanic", who.id, who.id, WHY)),
    ),
    "workshops/invitation_letter.invitation_letter": (
        invited(
            lambda ports, to: invite_person(ports, actor=workshop_owner(ports).actor, email=to)
        ),
    ),
}
"""By the function that writes it: once for each way it can be worded."""
