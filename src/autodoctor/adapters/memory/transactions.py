"""One unit of work in memory: a copy of all tables, which takes their place at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
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
    """The stores over one copy of the tables. Each opens when it is asked for: most transactions
    look into a few of many."""

    def __init__(self, tables: Tables, *, actor: Actor, routes: Routes, wake: Wake) -> None:
        self.tables = tables
        self.sight = Sight(tables, actor)
        self.routes = routes
        self.wake = wake

    accounts = cached_property(lambda tx: MemoryAccounts(tx.tables.accounts))
    consents = cached_property(lambda tx: MemoryConsents(tx.tables))
    logins = cached_property(lambda tx: MemoryLogins(tx.tables))
    tokens = cached_property(lambda tx: MemoryTokens(tx.tables))
    invitations = cached_property(lambda tx: MemoryInvitations(tx.tables.invitations))
    applications = cached_property(lambda tx: MemoryApplications(tx.tables.applications))
    submitted_documents = cached_property(lambda tx: MemorySubmittedDocuments(tx.tables.documents))
    audit = cached_property(lambda tx: MemoryAudit(tx.tables))
    factors = cached_property(lambda tx: MemoryFactors(tx.tables))
    passkeys = cached_property(lambda tx: MemoryPasskeys(tx.tables))
    identities = cached_property(lambda tx: MemoryIdentities(tx.tables))
    visits = cached_property(lambda tx: MemoryVisits(tx.tables))
    erasure = cached_property(lambda tx: MemoryErasure(tx.tables))
    copies = cached_property(lambda tx: MemoryCopies(tx.tables))
    plans = cached_property(lambda tx: MemoryPlans(tx.tables))
    intakes = cached_property(lambda tx: MemoryIntakes(tx.tables.intakes))
    vehicles = cached_property(lambda tx: MemoryVehicles(tx.tables))
    favorites = cached_property(lambda tx: MemoryFavorites(tx.tables))
    customer_details = cached_property(lambda tx: MemoryCustomerDetails(tx.tables))
    waivers = cached_property(lambda tx: MemoryWaivers(tx.tables))
    checkouts = cached_property(lambda tx: MemoryCheckouts(tx.tables.checkouts))
    free_sessions = cached_property(lambda tx: MemoryFreeSessions(tx.tables))
    sessions = cached_property(lambda tx: MemorySessions(tx.tables.sessions))
    requests = cached_property(lambda tx: MemoryRequests(tx.tables))
    presence = cached_property(lambda tx: MemoryPresence(tx.tables))
    messages = cached_property(lambda tx: MemoryMessages(tx.sight))
    files = cached_property(lambda tx: MemoryFiles(tx.sight))
    write_ups = cached_property(lambda tx: MemoryWriteUps(tx.sight))
    ratings = cached_property(lambda tx: MemoryRatings(tx.sight))
    ledger = cached_property(lambda tx: MemoryLedger(tx.tables))
    transfers = cached_property(lambda tx: MemoryTransfers(tx.tables.transfers))
    refunds = cached_property(lambda tx: MemoryRefunds(tx.tables.refunds))
    reversals = cached_property(lambda tx: MemoryReversals(tx.tables.reversals))
    disputes = cached_property(lambda tx: MemoryDisputes(tx.tables))
    outbox = cached_property(lambda tx: MemoryOutbox(tx.tables, tx.routes, tx.wake))
    timers = cached_property(lambda tx: MemoryTimers(tx.tables))
    live = cached_property(lambda tx: MemoryLive(tx.tables, tx.wake))
    mails = cached_property(lambda tx: MemoryMails(tx.tables, tx.wake))
    notifications = cached_property(lambda tx: MemoryNotifications(tx.tables))
    choices = cached_property(lambda tx: MemoryChoices(tx.tables))
    webhooks = cached_property(lambda tx: MemoryWebhooks(tx.tables))
    answers = cached_property(lambda tx: MemoryAnswers(tx.tables))
    mechanics = cached_property(lambda tx: MemoryMechanics(tx.tables.mechanics))
    shifts = cached_property(lambda tx: MemoryShifts(tx.tables))
    particulars = cached_property(lambda tx: MemoryParticulars(tx.tables))
    drafts = cached_property(lambda tx: MemoryDrafts(tx.tables.drafts))
    workshops = cached_property(lambda tx: MemoryWorkshops(tx.tables.workshops))
    memberships = cached_property(lambda tx: MemoryMemberships(tx.tables.memberships))
    programs = cached_property(lambda tx: MemoryPrograms(tx.tables.programs))
    program_applications = cached_property(
        lambda tx: MemoryProgramApplications(tx.tables.program_applications)
    )
    organizations = cached_property(lambda tx: MemoryOrganizations(tx.tables.organizations))
    departments = cached_property(lambda tx: MemoryDepartments(tx.tables))
    employees = cached_property(lambda tx: MemoryEmployees(tx.tables))
    api_keys = cached_property(lambda tx: MemoryApiKeys(tx.tables.api_keys))
    enrolments = cached_property(lambda tx: MemoryEnrolments(tx.tables.enrolments))
    usage = cached_property(lambda tx: MemoryUsage(tx.tables))


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
                self.tables = tables.closed()
            finally:
                self._inside = None
        if woken:
            self.after_commit(frozenset(woken))
