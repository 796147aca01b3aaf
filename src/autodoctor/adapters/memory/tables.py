"""Everything the stores in memory keep: frozen things under their keys, in the order added."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.claim import PendingClaim
from autodoctor.domain.accounts.consent import Consent
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
from autodoctor.domain.operations.security_event import SecurityEvent, SecurityKind
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.revenue.bank_payout import Payout
from autodoctor.domain.revenue.issue import Issue
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.revenue.movements import Refund, Reversal, Transfer
from autodoctor.domain.revenue.terms import Terms
from autodoctor.domain.room.file import File, UploadDay
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Notes, Rating, Report
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.request import Request
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, CheckoutId, EventId
from autodoctor.domain.shared.limits import Tally
from autodoctor.domain.vetting.application import Application
from autodoctor.domain.vetting.document import Document
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.program import Program, ProgramApplication
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.answers import Answer, Asked
from autodoctor.ports.audit import Deed
from autodoctor.ports.jobs import Job
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
    done_at: datetime | None = None


@attrs.frozen
class Tries:
    """Of a job in its queue, beside when it is due."""

    attempts: int = 0
    last_error: str = ""
    failing_since: datetime | None = None
    given_up_at: datetime | None = None
    retry_at: datetime | None = None


@attrs.frozen
class Queued:
    mail: Mail
    queued_at: datetime
    due_at: datetime
    sent_at: datetime | None = None


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
    performed: bool = False


class Tables:
    """By their names; looking at one copies it, so that a transaction pays for what it uses."""

    accounts: dict[UUID, Account]
    consents: dict[int, Consent]
    logins: dict[UUID, Login]
    tokens: dict[bytes, Token]
    invitations: dict[UUID, Invitation]
    applications: dict[UUID, Application]
    documents: dict[UUID, Document]
    audit: dict[UUID, Deed]
    totps: dict[UUID, Totp]
    recovery_codes: dict[tuple[UUID, bytes], datetime | None]
    passkeys: dict[UUID, Passkey]
    identities: dict[tuple[str, str], Identity]
    visits: dict[bytes, Visit]
    claims: dict[UUID, PendingClaim]
    plans: dict[str, Plan]
    intakes: dict[UUID, Intake]
    vehicles: dict[UUID, SavedVehicle]
    favorites: dict[UUID, Favorite]
    customer_details: dict[UUID, CustomerDetails]
    waivers: dict[UUID, Waiver]
    checkouts: dict[UUID, Checkout]
    free_sessions: dict[UUID, FreeSessions]
    mechanics: dict[UUID, Mechanic]
    particulars: dict[UUID, Particulars]
    drafts: dict[UUID, Draft]
    workshops: dict[UUID, Workshop]
    memberships: dict[UUID, Membership]
    programs: dict[UUID, Program]
    program_applications: dict[UUID, ProgramApplication]
    organizations: dict[UUID, Organization]
    departments: dict[UUID, Department]
    employees: dict[UUID, Employee]
    api_keys: dict[UUID, ApiKey]
    enrolments: dict[UUID, Enrolment]
    shifts: dict[tuple[UUID, datetime], datetime | None]
    sessions: dict[UUID, Session]
    requests: dict[UUID, Request]
    declines: dict[tuple[UUID, UUID], datetime]
    presence: dict[tuple[UUID, Party], datetime]
    messages: dict[UUID, Message]
    read_marks: dict[tuple[UUID, Party], int]
    files: dict[UUID, File]
    upload_days: dict[tuple[UUID, date], UploadDay]
    notes: dict[UUID, Notes]
    reports: dict[UUID, Report]
    ratings: dict[UUID, Rating]
    ledger: dict[str, Posted]
    agreements: dict[UUID, Terms]
    transfers: dict[UUID, Transfer]
    refunds: dict[UUID, Refund]
    reversals: dict[UUID, Reversal]
    disputes: dict[str, Dispute]
    money_issues: dict[UUID, Issue]
    payouts: dict[UUID, Payout]
    money_checks: dict[UUID, MoneyCheck]
    events: dict[UUID, Recorded]
    deliveries: dict[tuple[EventId, str], Delivery]
    timers: dict[tuple[str, UUID], datetime]
    tries: dict[Job, Tries]
    live: dict[int, Told]
    mails: dict[UUID, Queued]
    notifications: dict[UUID, Notification]
    muted: dict[Muted, Muted]
    webhooks: dict[str, Webhook]
    answers: dict[UUID, KeptAnswer]
    tallies: dict[str, Tally]
    security_events: dict[int, SecurityEvent]
    security_counts: dict[tuple[SecurityKind, datetime, str], int]

    def __init__(self, before: "Tables | None" = None) -> None:
        self._before = before

    def __getattr__(self, name: str) -> Any:
        """A table that was not asked for yet: empty, or a copy of what was kept before."""
        if name not in type(self).__annotations__:
            raise AttributeError(name)
        kept = {} if self._before is None else dict(getattr(self._before, name))
        setattr(self, name, kept)
        return kept

    def differs(self) -> bool:
        """Whether anything is not as it was before."""
        opened = {name: rows for name, rows in vars(self).items() if name != "_before"}
        return any(rows != getattr(self._before, name, {}) for name, rows in opened.items())

    def copy(self) -> "Tables":
        """What is kept is frozen, so its tables are all that has to be copied, and of them those
        that are asked for."""
        return Tables(self)

    def closed(self) -> "Tables":
        """These tables, and those of before that nobody asked for."""
        whole = Tables()
        before = {} if self._before is None else vars(self._before)
        vars(whole).update(before | vars(self), _before=None)
        return whole
