"""Lists and dashboards over what was committed in memory."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Queued, Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.funds import EARNING_ACCOUNTS, EARNING_KINDS
from autodoctor.domain.revenue.ledger import Entry, Posting
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.sessions.timer import minutes_told
from autodoctor.domain.shared.ids import CustomerId, MechanicId, RequestId, SessionId
from autodoctor.domain.shared.money import Currency, Money
from autodoctor.ports.queries import EarningView, MailView, RequestView, SessionFilter, SessionView
from autodoctor.ports.stores import Missing


def _vehicle(intake: Intake) -> str:
    vehicle = intake.vehicle
    return f"{vehicle.year} {vehicle.make} {vehicle.model}" if vehicle else ""


def _first_name(tables: Tables, customer_id: CustomerId) -> str:
    return tables.accounts[customer_id].name.split(" ", 1)[0]


def _refunded(tables: Tables, session: Session) -> Money:
    mine = (r for r in tables.refunds.values() if r.session_id == session.id)
    counted = (r.amount for r in mine if r.status is not MovementStatus.VOID)
    return sum(counted, Money.zero(session.terms.price.currency))


def _session_view(tables: Tables, session: Session) -> SessionView:
    intake = tables.intakes[session.intake_id]
    mechanic = tables.mechanics[session.mechanic_id] if session.mechanic_id else None
    rating = tables.ratings.get(session.id)
    requests = (r for r in tables.requests.values() if r.session_id == session.id)
    waiting = next((r for r in requests if r.status is RequestStatus.WAITING), None)
    return SessionView(
        id=session.id,
        status=session.status,
        kind=session.terms.kind,
        plan=session.terms.plan,
        plan_name=tables.plans[session.terms.plan].name,
        minutes=session.terms.minutes,
        price=session.terms.price,
        report_included=session.terms.report,
        customer_id=session.customer_id,
        customer_name=tables.accounts[session.customer_id].name,
        mechanic_id=session.mechanic_id,
        mechanic_name=mechanic.name if mechanic else "",
        intake_id=intake.id,
        vehicle=_vehicle(intake),
        concern=intake.concern,
        category=intake.category,
        urgent=intake.urgent,
        created_at=session.created_at,
        scheduled_for=session.scheduled_for,
        matched_at=session.matched_at,
        started_at=session.started_at,
        ended_at=session.ended_at,
        minutes_used=minutes_told(session.timer.used) if session.started_at else 0,
        stars=rating.stars if rating else None,
        report_written=session.id in tables.reports,
        refunded=_refunded(tables, session),
        request_id=waiting.id if waiting else None,
        request_expires_at=waiting.expires_at if waiting else None,
    )


def _fits(view: SessionView, which: SessionFilter, *, names: bool) -> bool:
    texts = [view.concern, view.mechanic_name, view.plan_name, view.vehicle]
    texts += [view.customer_name] if names else []
    return (
        (not which.statuses or view.status in which.statuses)
        and (not which.kind or view.kind == which.kind)
        and any(which.text.lower() in text.lower() for text in texts)
        and (which.since is None or view.created_at >= which.since)
        and (which.before is None or view.created_at < which.before)
    )


@attrs.frozen
class MemorySessionQueries:
    _kept: MemoryTransactions

    def of_customer(
        self, customer_id: CustomerId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return tuple(v for v in self._listed(which) if v.customer_id == customer_id)[: which.most]

    def of_mechanic(
        self, mechanic_id: MechanicId, which: SessionFilter, /
    ) -> tuple[SessionView, ...]:
        return tuple(v for v in self._listed(which) if v.mechanic_id == mechanic_id)[: which.most]

    def all(self, which: SessionFilter, /) -> tuple[SessionView, ...]:
        return tuple(self._listed(which, names=True))[: which.most]

    def one(self, session_id: SessionId, /) -> SessionView:
        tables = self._kept.tables
        if session_id not in tables.sessions:
            raise Missing("session")
        return _session_view(tables, tables.sessions[session_id])

    def by_status(self) -> Mapping[SessionStatus, int]:
        return Counter(session.status for session in self._kept.tables.sessions.values())

    def _listed(self, which: SessionFilter, *, names: bool = False) -> list[SessionView]:
        tables = self._kept.tables
        views = (_session_view(tables, session) for session in tables.sessions.values())
        found = sorted((v for v in views if _fits(v, which, names=names)), key=lambda v: v.id)
        return sorted(found, key=lambda view: view.created_at, reverse=True)


def _request_view(tables: Tables, request: Request) -> RequestView:
    session = tables.sessions[request.session_id]
    intake = tables.intakes[session.intake_id]
    return RequestView(
        id=request.id,
        session_id=session.id,
        intake_id=intake.id,
        status=request.status,
        routing=request.routing,
        waiting_since=request.waiting_since,
        expires_at=request.expires_at,
        plan=session.terms.plan,
        plan_name=tables.plans[session.terms.plan].name,
        kind=session.terms.kind,
        minutes=session.terms.minutes,
        price=session.terms.price,
        vehicle=_vehicle(intake),
        odometer_km=intake.vehicle.odometer_km if intake.vehicle else None,
        concern=intake.concern,
        category=intake.category,
        keywords=intake.keywords,
        urgent=intake.urgent,
        files=len(intake.file_ids),
        country=intake.place.country,
        city=intake.place.city,
        specialist_brand=intake.specialist_brand or "",
        scheduled_for=session.scheduled_for,
        accepted_by=request.accepted_by,
        closed_at=request.closed_at,
        customer_first_name=_first_name(tables, request.customer_id),
    )


@attrs.frozen
class MemoryRequestQueries:
    _kept: MemoryTransactions

    def waiting(self, mechanic_id: MechanicId, /, *, at: datetime) -> tuple[RequestView, ...]:
        tables = self._kept.tables
        rows = [r for r in tables.requests.values() if r.open_at(at)]
        shown = (r for r in rows if (r.id, mechanic_id) not in tables.declines)
        views = (_request_view(tables, request) for request in shown)
        return tuple(sorted(views, key=lambda v: (not v.urgent, v.waiting_since, v.id)))

    def one(self, request_id: RequestId, /) -> RequestView:
        tables = self._kept.tables
        if request_id not in tables.requests:
            raise Missing("request")
        return _request_view(tables, tables.requests[request_id])

    def history(self, mechanic_id: MechanicId, /, *, most: int) -> tuple[RequestView, ...]:
        tables = self._kept.tables
        mine = [r for r in tables.requests.values() if r.accepted_by == mechanic_id]
        newest = sorted(mine, key=lambda r: r.closed_at or r.waiting_since, reverse=True)
        return tuple(_request_view(tables, request) for request in newest[:most])


def _ended(session: Session) -> datetime:
    return session.ended_at or session.created_at


@attrs.frozen
class MemoryRevenueQueries:
    _kept: MemoryTransactions

    def earnings(
        self, owner_id: UUID, /, *, since: datetime, until: datetime
    ) -> tuple[EarningView, ...]:
        tables = self._kept.tables
        sessions = [s for s in tables.sessions.values() if since <= _ended(s) < until]
        earned = ((s, _earning_postings(tables, s.id)) for s in sessions)
        mine = [
            _earning(tables, session, postings, owner_id)
            for session, postings in earned
            if any(posting.account.owner == owner_id for posting in postings)
        ]
        return tuple(sorted(mine, key=lambda view: view.at, reverse=True))

    def trial_balance(self) -> tuple[tuple[str, Money], ...]:
        sums: Counter[tuple[AccountKind, Currency]] = Counter()
        for posted in self._kept.tables.ledger.values():
            for posting in posted.entry.postings:
                sums[posting.account.kind, posting.amount.currency] += posting.amount.minor
        return tuple((kind.value, Money(sums[kind, of], of)) for kind, of in sorted(sums))

    def disputes_open(self) -> int:
        return sum(each.closed_at is None for each in self._kept.tables.disputes.values())


def _earning_postings(tables: Tables, session_id: SessionId) -> list[Posting]:
    posted = (each for each in tables.ledger.values() if each.checkout_id is None)
    entries: list[Entry] = [each.entry for each in posted if each.entry.session_id == session_id]
    return [p for entry in entries if entry.kind in EARNING_KINDS for p in entry.postings]


def _earning(
    tables: Tables, session: Session, postings: list[Posting], owner_id: UUID
) -> EarningView:
    def earned(*kinds: AccountKind) -> Money:
        amounts = (-p.amount for p in postings if p.account.kind in kinds)
        return sum(amounts, Money.zero(session.terms.price.currency))

    transfers = (t for t in tables.transfers.values() if t.session_id == session.id)
    own = next((t for t in transfers if t.owner_id == owner_id), None)
    mine = (-p.amount for p in postings if p.account.owner == owner_id)
    return EarningView(
        session_id=session.id,
        at=_ended(session),
        plan_name=tables.plans[session.terms.plan].name,
        kind=session.terms.kind,
        customer_first_name=_first_name(tables, session.customer_id),
        gross=earned(*EARNING_ACCOUNTS),
        platform=earned(AccountKind.PLATFORM),
        workshop=earned(AccountKind.WORKSHOP),
        net=sum(mine, Money.zero(session.terms.price.currency)),
        transfer_status=own.status if own else "",
    )


@attrs.frozen
class MemoryMailQueries:
    _kept: MemoryTransactions

    def troubled(self, *, most: int) -> tuple[MailView, ...]:
        mails = self._kept.tables.mails.values()
        found = [_mail_view(each) for each in mails if each.last_error and not each.sent_at]
        newest = sorted(found, key=lambda each: each.queued_at, reverse=True)
        return tuple(newest[:most])

    def given_up(self) -> int:
        return sum(each.given_up_at is not None for each in self._kept.tables.mails.values())


def _mail_view(queued: Queued) -> MailView:
    return MailView(
        id=queued.mail.id,
        recipient=queued.mail.recipient,
        subject=queued.mail.subject,
        queued_at=queued.queued_at,
        attempts=queued.attempts,
        last_error=queued.last_error,
        due_at=queued.due_at,
        given_up_at=queued.given_up_at,
    )


@attrs.frozen
class MemoryQueries:
    """Reads what is committed, never what a transaction is about to."""

    _kept: MemoryTransactions

    @property
    def sessions(self) -> MemorySessionQueries:
        return MemorySessionQueries(self._kept)

    @property
    def requests(self) -> MemoryRequestQueries:
        return MemoryRequestQueries(self._kept)

    @property
    def revenue(self) -> MemoryRevenueQueries:
        return MemoryRevenueQueries(self._kept)

    @property
    def mails(self) -> MemoryMailQueries:
        return MemoryMailQueries(self._kept)
