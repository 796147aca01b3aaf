"""One unit of work in memory: a copy of all tables, which takes their place at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

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
    MemoryLedger,
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
from autodoctor.adapters.memory.sessions import MemoryPresence, MemoryRequests, MemorySessions
from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.usage import MemoryUsage
from autodoctor.adapters.memory.vetting import (
    MemoryApplications,
    MemoryAudit,
    MemoryInvitations,
    MemorySubmittedDocuments,
)
from autodoctor.adapters.memory.workshops import MemoryMemberships, MemoryWorkshops
from autodoctor.domain.shared.actor import Actor


class MemoryTransaction:
    """The stores over one copy of the tables."""

    def __init__(self, tables: Tables, *, actor: Actor, routes: Routes, wake: Wake) -> None:
        sight = Sight(tables, actor)
        self.accounts = MemoryAccounts(tables.accounts)
        self.consents = MemoryConsents(tables)
        self.logins = MemoryLogins(tables)
        self.tokens = MemoryTokens(tables)
        self.invitations = MemoryInvitations(tables.invitations)
        self.applications = MemoryApplications(tables.applications)
        self.submitted_documents = MemorySubmittedDocuments(tables.documents)
        self.audit = MemoryAudit(tables)
        self.factors = MemoryFactors(tables)
        self.passkeys = MemoryPasskeys(tables)
        self.identities = MemoryIdentities(tables)
        self.visits = MemoryVisits(tables)
        self.erasure = MemoryErasure(tables)
        self.copies = MemoryCopies(tables)
        self.plans = MemoryPlans(tables)
        self.intakes = MemoryIntakes(tables.intakes)
        self.vehicles = MemoryVehicles(tables)
        self.favorites = MemoryFavorites(tables)
        self.customer_details = MemoryCustomerDetails(tables)
        self.waivers = MemoryWaivers(tables)
        self.checkouts = MemoryCheckouts(tables.checkouts)
        self.free_sessions = MemoryFreeSessions(tables)
        self._open_books_of_those_who_work(tables)
        self.sessions = MemorySessions(tables.sessions)
        self.requests = MemoryRequests(tables)
        self.presence = MemoryPresence(tables)
        self.messages = MemoryMessages(sight)
        self.files = MemoryFiles(sight)
        self.write_ups = MemoryWriteUps(sight)
        self.ratings = MemoryRatings(sight)
        self.ledger = MemoryLedger(tables)
        self.transfers = MemoryTransfers(tables.transfers)
        self.refunds = MemoryRefunds(tables.refunds)
        self.reversals = MemoryReversals(tables.reversals)
        self.disputes = MemoryDisputes(tables)
        self.outbox = MemoryOutbox(tables, routes, wake)
        self.timers = MemoryTimers(tables)
        self.live = MemoryLive(tables, wake)
        self.mails = MemoryMails(tables, wake)
        self.notifications = MemoryNotifications(tables)
        self.choices = MemoryChoices(tables)
        self.webhooks = MemoryWebhooks(tables)
        self.answers = MemoryAnswers(tables)

    def _open_books_of_those_who_work(self, tables: Tables) -> None:
        self.mechanics = MemoryMechanics(tables.mechanics)
        self.shifts = MemoryShifts(tables)
        self.particulars = MemoryParticulars(tables)
        self.drafts = MemoryDrafts(tables.drafts)
        self.workshops = MemoryWorkshops(tables.workshops)
        self.memberships = MemoryMemberships(tables.memberships)
        self.programs = MemoryPrograms(tables.programs)
        self.program_applications = MemoryProgramApplications(tables.program_applications)
        self.organizations = MemoryOrganizations(tables.organizations)
        self.departments = MemoryDepartments(tables)
        self.employees = MemoryEmployees(tables)
        self.api_keys = MemoryApiKeys(tables.api_keys)
        self.enrolments = MemoryEnrolments(tables.enrolments)
        self.usage = MemoryUsage(tables)


def _nobody(_topics: frozenset[str]) -> None:
    """Nobody waits to be woken."""


@attrs.define
class MemoryTransactions:
    """One at a time, whoever asks; one inside another would wait for itself and is refused
    as our own bug."""

    routes: Routes = attrs.field(factory=dict)
    after_commit: Callable[[frozenset[str]], None] = _nobody
    tables: Tables = attrs.field(factory=Tables)
    _lock: Lock = attrs.field(factory=Lock, init=False)
    _inside: int | None = attrs.field(default=None, init=False)

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[MemoryTransaction]:
        assert self._inside != get_ident(), "a transaction inside a transaction"
        woken: set[str] = set()
        with self._lock:
            self._inside = get_ident()
            try:
                tables = self.tables.copy()
                yield MemoryTransaction(tables, actor=actor, routes=self.routes, wake=woken.add)
                self.tables = tables
            finally:
                self._inside = None
        if woken:
            self.after_commit(frozenset(woken))
