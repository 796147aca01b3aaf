"""Everything the stores in memory keep: frozen things under their keys, in the order added."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.accounts.factor import Passkey, Totp
from autodoctor.domain.accounts.identity import Identity, Visit
from autodoctor.domain.accounts.invitation import Invitation
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.booking.checkout import Checkout
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import Waiver
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.corporate.department import Department
from autodoctor.domain.corporate.employee import Employee
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.garage.details import CustomerDetails
from autodoctor.domain.garage.favorite import Favorite
from autodoctor.domain.garage.saved_vehicle import SavedVehicle
from autodoctor.domain.mechanics.draft import Draft
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.domain.notifications.table import Channel, Occasion
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.movements import Refund, Reversal, Transfer
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Notes, Rating, Report
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, CheckoutId, EventId
from autodoctor.domain.vetting.application import Application
from autodoctor.domain.vetting.document import Document
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.program import Program, ProgramApplication
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.answers import Answer, Asked
from autodoctor.ports.audit import Deed
from autodoctor.ports.operations import Mail, Notification, Recorded
from autodoctor.ports.payment_notices import PaymentNotice
from autodoctor.ports.revenue import Dispute


@attrs.frozen
class Token:
    account_id: AccountId
    purpose: TokenPurpose
    expires_at: datetime
    used_at: datetime | None = None
    detail: str = ""


@attrs.frozen
class Posted:
    """`checkout_id` is set for money that never became a session."""

    entry: Entry
    checkout_id: CheckoutId | None


@attrs.frozen
class Delivery:
    due_at: datetime
    attempts: int = 0
    done_at: datetime | None = None


@attrs.frozen
class Queued:
    mail: Mail
    queued_at: datetime
    due_at: datetime
    attempts: int = 0
    last_error: str = ""
    sent_at: datetime | None = None
    given_up_at: datetime | None = None

    @property
    def over(self) -> bool:
        return self.sent_at is not None or self.given_up_at is not None


@attrs.frozen
class Told:
    audience: str
    kind: str
    data: Any


@attrs.frozen
class Muted:
    account_id: UUID
    role: Role
    occasion: Occasion
    channel: Channel


@attrs.frozen
class Webhook:
    notice: PaymentNotice
    handled_at: datetime | None = None


@attrs.frozen
class KeptAnswer:
    asked: Asked
    lease: datetime
    answer: Answer | None = None


@attrs.frozen(kw_only=True)
class Tables:
    accounts: dict[UUID, Account] = attrs.field(factory=dict)
    consents: dict[tuple[UUID, ConsentKind, str], Consent] = attrs.field(factory=dict)
    logins: dict[UUID, Login] = attrs.field(factory=dict)
    tokens: dict[bytes, Token] = attrs.field(factory=dict)
    invitations: dict[UUID, Invitation] = attrs.field(factory=dict)
    applications: dict[UUID, Application] = attrs.field(factory=dict)
    documents: dict[UUID, Document] = attrs.field(factory=dict)
    audit: dict[UUID, Deed] = attrs.field(factory=dict)
    totps: dict[UUID, Totp] = attrs.field(factory=dict)
    recovery_codes: dict[tuple[UUID, bytes], datetime | None] = attrs.field(factory=dict)
    passkeys: dict[UUID, Passkey] = attrs.field(factory=dict)
    identities: dict[tuple[str, str], Identity] = attrs.field(factory=dict)
    visits: dict[bytes, Visit] = attrs.field(factory=dict)
    plans: dict[str, Plan] = attrs.field(factory=dict)
    intakes: dict[UUID, Intake] = attrs.field(factory=dict)
    vehicles: dict[UUID, SavedVehicle] = attrs.field(factory=dict)
    favorites: dict[UUID, Favorite] = attrs.field(factory=dict)
    customer_details: dict[UUID, CustomerDetails] = attrs.field(factory=dict)
    waivers: dict[UUID, Waiver] = attrs.field(factory=dict)
    checkouts: dict[UUID, Checkout] = attrs.field(factory=dict)
    free_sessions: dict[UUID, FreeSessions] = attrs.field(factory=dict)
    mechanics: dict[UUID, Mechanic] = attrs.field(factory=dict)
    particulars: dict[UUID, Particulars] = attrs.field(factory=dict)
    drafts: dict[UUID, Draft] = attrs.field(factory=dict)
    workshops: dict[UUID, Workshop] = attrs.field(factory=dict)
    memberships: dict[UUID, Membership] = attrs.field(factory=dict)
    programs: dict[UUID, Program] = attrs.field(factory=dict)
    program_applications: dict[UUID, ProgramApplication] = attrs.field(factory=dict)
    organizations: dict[UUID, Organization] = attrs.field(factory=dict)
    departments: dict[UUID, Department] = attrs.field(factory=dict)
    employees: dict[UUID, Employee] = attrs.field(factory=dict)
    api_keys: dict[UUID, ApiKey] = attrs.field(factory=dict)
    enrolments: dict[UUID, Enrolment] = attrs.field(factory=dict)
    shifts: dict[tuple[UUID, datetime], datetime | None] = attrs.field(factory=dict)
    sessions: dict[UUID, Session] = attrs.field(factory=dict)
    requests: dict[UUID, Request] = attrs.field(factory=dict)
    declines: dict[tuple[UUID, UUID], datetime] = attrs.field(factory=dict)
    presence: dict[tuple[UUID, Party], datetime] = attrs.field(factory=dict)
    messages: dict[UUID, Message] = attrs.field(factory=dict)
    read_marks: dict[tuple[UUID, Party], int] = attrs.field(factory=dict)
    files: dict[UUID, File] = attrs.field(factory=dict)
    notes: dict[UUID, Notes] = attrs.field(factory=dict)
    reports: dict[UUID, Report] = attrs.field(factory=dict)
    ratings: dict[UUID, Rating] = attrs.field(factory=dict)
    ledger: dict[str, Posted] = attrs.field(factory=dict)
    agreements: dict[UUID, Terms] = attrs.field(factory=dict)
    transfers: dict[UUID, Transfer] = attrs.field(factory=dict)
    refunds: dict[UUID, Refund] = attrs.field(factory=dict)
    reversals: dict[UUID, Reversal] = attrs.field(factory=dict)
    disputes: dict[str, Dispute] = attrs.field(factory=dict)
    events: dict[UUID, Recorded] = attrs.field(factory=dict)
    deliveries: dict[tuple[EventId, str], Delivery] = attrs.field(factory=dict)
    timers: dict[tuple[str, UUID], datetime] = attrs.field(factory=dict)
    live: dict[int, Told] = attrs.field(factory=dict)
    mails: dict[UUID, Queued] = attrs.field(factory=dict)
    notifications: dict[UUID, Notification] = attrs.field(factory=dict)
    muted: dict[Muted, Muted] = attrs.field(factory=dict)
    webhooks: dict[str, Webhook] = attrs.field(factory=dict)
    answers: dict[UUID, KeptAnswer] = attrs.field(factory=dict)

    def copy(self) -> Self:
        """What is kept is frozen, so its tables are all that has to be copied."""
        names = (field.name for field in attrs.fields(type(self)))
        return type(self)(**{name: dict(getattr(self, name)) for name in names})
