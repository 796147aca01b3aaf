"""One unit of work in memory: a copy of all tables, which takes their place at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from threading import Lock, get_ident
from typing import TypeVar

import attrs

from autodoctor.adapters.memory.accounts import (
    MemoryAccounts,
    MemoryConsents,
    MemoryLogins,
    MemoryTokens,
)
from autodoctor.adapters.memory.answers import MemoryAnswers
from autodoctor.adapters.memory.api_keys import MemoryApiKeys
from autodoctor.adapters.memory.booking import (
    MemoryCheckouts,
    MemoryFreeSessions,
    MemoryIntakes,
    MemoryPlans,
    MemoryWaivers,
)
from autodoctor.adapters.memory.choices import MemoryChoices
from autodoctor.adapters.memory.claims import MemoryClaims
from autodoctor.adapters.memory.copies import MemoryCopies
from autodoctor.adapters.memory.corporate import (
    MemoryDepartments,
    MemoryEmployees,
    MemoryOrganizations,
)
from autodoctor.adapters.memory.enrolments import MemoryEnrolments
from autodoctor.adapters.memory.garage import (
    MemoryCustomerDetails,
    MemoryFavorites,
    MemoryVehicles,
)
from autodoctor.adapters.memory.identity import (
    MemoryErasure,
    MemoryFactors,
    MemoryIdentities,
    MemoryPasskeys,
    MemoryVisits,
)
from autodoctor.adapters.memory.jobs import MemoryJobs
from autodoctor.adapters.memory.joining import MemoryDrafts, MemoryParticulars
from autodoctor.adapters.memory.mechanics import MemoryMechanics, MemoryShifts
from autodoctor.adapters.memory.operations import (
    MemoryLive,
    MemoryMails,
    MemoryNotifications,
    MemoryOutbox,
    MemoryTimers,
    MemoryWebhooks,
    Routes,
    Wake,
)
from autodoctor.adapters.memory.programs import MemoryProgramApplications, MemoryPrograms
from autodoctor.adapters.memory.revenue import (
    MemoryDisputes,
    MemoryIssues,
    MemoryLedger,
    MemoryMoneyChecks,
    MemoryPayouts,
    MemoryRefunds,
    MemoryReversals,
    MemoryTransfers,
)
from autodoctor.adapters.memory.room import (
    MemoryFiles,
    MemoryMessages,
    MemoryRatings,
    MemoryWriteUps,
    Sight,
)
from autodoctor.adapters.memory.security_log import MemorySecurityLog
from autodoctor.adapters.memory.sessions import MemoryPresence, MemoryRequests, MemorySessions
from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.tallies import MemoryTallies
from autodoctor.adapters.memory.usage import MemoryUsage
from autodoctor.adapters.memory.vetting import (
    MemoryApplications,
    MemoryAudit,
    MemoryInvitations,
    MemorySubmittedDocuments,
)
from autodoctor.adapters.memory.workshops import MemoryMemberships, MemoryWorkshops
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.origin import NOWHERE, Origin
from autodoctor.ports.answers import Known
from autodoctor.ports.security_log import Watch, unwatched

T = TypeVar("T")


class MemoryTransaction:
    """The stores over one copy of the tables. Each opens when it is asked for: most transactions
    look into a few of many."""

    def __init__(
        self,
        tables: Tables,
        *,
        actor: Actor,
        routes: Routes,
        wake: Wake,
        watch: Watch,
    ) -> None:
        self._tables = tables
        self._sight = Sight(tables, actor)
        self._routes = routes
        self._wake = wake
        self._watch = watch
        self._origin = NOWHERE

    @property
    def changed(self) -> bool:
        return self._tables.differs()

    accounts = cached_property(lambda tx: MemoryAccounts(tx._tables.accounts))
    consents = cached_property(lambda tx: MemoryConsents(tx._tables))
    logins = cached_property(lambda tx: MemoryLogins(tx._tables))
    tokens = cached_property(lambda tx: MemoryTokens(tx._tables))
    invitations = cached_property(lambda tx: MemoryInvitations(tx._tables.invitations))
    applications = cached_property(lambda tx: MemoryApplications(tx._tables.applications))
    submitted_documents = cached_property(lambda tx: MemorySubmittedDocuments(tx._tables.documents))
    audit = cached_property(lambda tx: MemoryAudit(tx._tables))
    factors = cached_property(lambda tx: MemoryFactors(tx._tables))
    passkeys = cached_property(lambda tx: MemoryPasskeys(tx._tables))
    identities = cached_property(lambda tx: MemoryIdentities(tx._tables))
    visits = cached_property(lambda tx: MemoryVisits(tx._tables))
    claims = cached_property(lambda tx: MemoryClaims(tx._tables.claims))
    erasure = cached_property(lambda tx: MemoryErasure(tx._tables))
    copies = cached_property(lambda tx: MemoryCopies(tx._tables))
    plans = cached_property(lambda tx: MemoryPlans(tx._tables))
    intakes = cached_property(lambda tx: MemoryIntakes(tx._tables.intakes))
    vehicles = cached_property(lambda tx: MemoryVehicles(tx._tables))
    favorites = cached_property(lambda tx: MemoryFavorites(tx._tables))
    customer_details = cached_property(lambda tx: MemoryCustomerDetails(tx._tables))
    waivers = cached_property(lambda tx: MemoryWaivers(tx._tables))
    checkouts = cached_property(lambda tx: MemoryCheckouts(tx._tables.checkouts))
    free_sessions = cached_property(lambda tx: MemoryFreeSessions(tx._tables))
    sessions = cached_property(lambda tx: MemorySessions(tx._tables))
    requests = cached_property(lambda tx: MemoryRequests(tx._tables))
    presence = cached_property(lambda tx: MemoryPresence(tx._tables))
    messages = cached_property(lambda tx: MemoryMessages(tx._sight))
    files = cached_property(lambda tx: MemoryFiles(tx._sight))
    write_ups = cached_property(lambda tx: MemoryWriteUps(tx._sight))
    ratings = cached_property(lambda tx: MemoryRatings(tx._sight))
    ledger = cached_property(lambda tx: MemoryLedger(tx._tables))
    transfers = cached_property(lambda tx: MemoryTransfers(tx._tables.transfers))
    refunds = cached_property(lambda tx: MemoryRefunds(tx._tables.refunds))
    reversals = cached_property(lambda tx: MemoryReversals(tx._tables.reversals))
    disputes = cached_property(lambda tx: MemoryDisputes(tx._tables))
    issues = cached_property(lambda tx: MemoryIssues(tx._tables.money_issues))
    payouts = cached_property(lambda tx: MemoryPayouts(tx._tables))
    money_checks = cached_property(lambda tx: MemoryMoneyChecks(tx._tables))
    outbox = cached_property(
        lambda tx: MemoryOutbox(tx._tables, tx._routes, tx._wake, tx._happened)
    )
    timers = cached_property(lambda tx: MemoryTimers(tx._tables))
    jobs = cached_property(lambda tx: MemoryJobs(tx._tables))
    live = cached_property(lambda tx: MemoryLive(tx._tables, tx._wake))
    mails = cached_property(lambda tx: MemoryMails(tx._tables, tx._wake))
    notifications = cached_property(lambda tx: MemoryNotifications(tx._tables))
    choices = cached_property(lambda tx: MemoryChoices(tx._tables))
    webhooks = cached_property(lambda tx: MemoryWebhooks(tx._tables))
    answers = cached_property(lambda tx: MemoryAnswers(tx._tables))
    tallies = cached_property(lambda tx: MemoryTallies(tx._tables))
    mechanics = cached_property(lambda tx: MemoryMechanics(tx._tables.mechanics))
    shifts = cached_property(lambda tx: MemoryShifts(tx._tables))
    particulars = cached_property(lambda tx: MemoryParticulars(tx._tables))
    drafts = cached_property(lambda tx: MemoryDrafts(tx._tables.drafts))
    workshops = cached_property(lambda tx: MemoryWorkshops(tx._tables.workshops))
    memberships = cached_property(lambda tx: MemoryMemberships(tx._tables.memberships))
    programs = cached_property(lambda tx: MemoryPrograms(tx._tables.programs))
    program_applications = cached_property(
        lambda tx: MemoryProgramApplications(tx._tables.program_applications)
    )
    organizations = cached_property(lambda tx: MemoryOrganizations(tx._tables.organizations))
    departments = cached_property(lambda tx: MemoryDepartments(tx._tables))
    employees = cached_property(lambda tx: MemoryEmployees(tx._tables))
    api_keys = cached_property(lambda tx: MemoryApiKeys(tx._tables.api_keys))
    enrolments = cached_property(lambda tx: MemoryEnrolments(tx._tables.enrolments))
    usage = cached_property(lambda tx: MemoryUsage(tx._tables))
    security = cached_property(lambda tx: MemorySecurityLog(tx._tables, tx._origin))

    def come_from(self, origin: Origin) -> None:
        self._origin = origin

    def _happened(self, event: Event, by: Actor, at: datetime) -> None:
        entry = self._watch(event, by=by, at=at, origin=self._origin)
        if entry is not None:
            self.security.append(entry)


def _nobody(_topics: frozenset[str]) -> None:
    """Nobody waits to be woken."""


@attrs.define
class MemoryTransactions:
    """One at a time, whoever asks; one inside another would wait for itself and is refused
    as our own bug."""

    routes: Routes = attrs.field(factory=dict)
    watch: Watch = attrs.field(default=unwatched, kw_only=True)
    after_commit: Callable[[frozenset[str]], None] = _nobody
    tables: Tables = attrs.field(factory=Tables)
    _lock: Lock = attrs.field(factory=Lock, init=False)
    _inside: int | None = attrs.field(default=None, init=False)

    def under(self, held: Known, /) -> "MemoryWith":
        return MemoryWith(self, held=held)

    def outside_key(self) -> "MemoryTransactions":
        return self

    def from_origin(self, origin: Origin, /) -> "MemoryWith":
        return MemoryWith(self, origin=origin)

    def again(self, work: Callable[[], T], /) -> T:
        """One at a time: nobody is in the way."""
        return work()

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        assert self._inside != get_ident(), "a transaction inside a transaction"
        woken: set[str] = set()
        with self._lock:
            self._inside = get_ident()
            try:
                tables = self.tables.copy()
                yield MemoryTransaction(
                    tables,
                    actor=actor,
                    routes=self.routes,
                    wake=woken.add,
                    watch=self.watch,
                )
                self.tables = tables.closed()
            finally:
                self._inside = None
        if woken:
            self.after_commit(frozenset(woken))


@attrs.frozen
class MemoryWith:
    """Transactions of a request that came from somewhere, whose changes may be performed under a
    key."""

    _inner: MemoryTransactions
    _origin: Origin = NOWHERE
    _held: Known | None = None

    def under(self, held: Known, /) -> "MemoryWith":
        return attrs.evolve(self, held=held)

    def outside_key(self) -> "MemoryWith":
        return attrs.evolve(self, held=None)

    def from_origin(self, origin: Origin, /) -> "MemoryWith":
        return attrs.evolve(self, origin=origin)

    def again(self, work: Callable[[], T], /) -> T:
        return self._inner.again(work)

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        with self._inner(actor) as tx:
            tx.come_from(self._origin)
            yield tx
            if self._held is not None and tx.changed:
                tx.answers.perform(self._held)
