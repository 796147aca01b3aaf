"""All stores of one unit of work in PostgreSQL, over one connection."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection

from autodoctor.adapters.postgres import late
from autodoctor.adapters.postgres.accounts import (
    PostgresAccounts,
    PostgresConsents,
    PostgresLogins,
    PostgresTokens,
)
from autodoctor.adapters.postgres.answers import PostgresAnswers
from autodoctor.adapters.postgres.api_keys import PostgresApiKeys
from autodoctor.adapters.postgres.booking import (
    PostgresCheckouts,
    PostgresFreeSessions,
    PostgresIntakes,
    PostgresPlans,
    PostgresWaivers,
)
from autodoctor.adapters.postgres.choices import PostgresChoices
from autodoctor.adapters.postgres.claims import PostgresClaims
from autodoctor.adapters.postgres.copies import PostgresCopies
from autodoctor.adapters.postgres.corporate import (
    PostgresDepartments,
    PostgresEmployees,
    PostgresOrganizations,
)
from autodoctor.adapters.postgres.enrolments import PostgresEnrolments
from autodoctor.adapters.postgres.garage import (
    PostgresCustomerDetails,
    PostgresFavorites,
    PostgresVehicles,
)
from autodoctor.adapters.postgres.identify import identify
from autodoctor.adapters.postgres.identity import (
    PostgresErasure,
    PostgresFactors,
    PostgresIdentities,
    PostgresPasskeys,
    PostgresVisits,
)
from autodoctor.adapters.postgres.jobs import PostgresJobs
from autodoctor.adapters.postgres.joining import PostgresDrafts, PostgresParticulars
from autodoctor.adapters.postgres.mails import PostgresMails, PostgresNotifications
from autodoctor.adapters.postgres.mechanics import (
    PostgresMechanics,
    PostgresShifts,
)
from autodoctor.adapters.postgres.money_issues import (
    PostgresIssues,
    PostgresMoneyChecks,
    PostgresPayouts,
)
from autodoctor.adapters.postgres.operations import (
    PostgresLive,
    PostgresOutbox,
    PostgresTimers,
    PostgresWebhooks,
    Routes,
    Wake,
)
from autodoctor.adapters.postgres.programs import PostgresProgramApplications, PostgresPrograms
from autodoctor.adapters.postgres.revenue import (
    PostgresDisputes,
    PostgresLedger,
    PostgresRefunds,
    PostgresReversals,
    PostgresTransfers,
)
from autodoctor.adapters.postgres.room import (
    PostgresFiles,
    PostgresMessages,
    PostgresRatings,
    PostgresWriteUps,
)
from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.security_log import PostgresSecurityLog
from autodoctor.adapters.postgres.sessions import (
    PostgresPresence,
    PostgresRequests,
    PostgresSessions,
)
from autodoctor.adapters.postgres.tallies import PostgresTallies
from autodoctor.adapters.postgres.usage import PostgresUsage
from autodoctor.adapters.postgres.vetting import (
    PostgresApplications,
    PostgresAudit,
    PostgresInvitations,
    PostgresSubmittedDocuments,
)
from autodoctor.adapters.postgres.workshops import PostgresMemberships, PostgresWorkshops
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.origin import NOWHERE, Origin
from autodoctor.ports.security_log import Watch, unwatched

S = TypeVar("S")


def _plain(kind: Callable[[Connection], S]) -> "cached_property[S]":
    """A store that is made when it is first used."""
    return cached_property(lambda tx: kind(tx.connection))


def _guarded(kind: Callable[[Connection, Guards], S]) -> "cached_property[S]":
    """The same for stores of things with a version and a lock."""
    return cached_property(lambda tx: kind(tx.connection, tx.guards))


def _identified(kind: Callable[[Connection], S]) -> "cached_property[S]":
    """The same for stores that row-level security guards."""
    return cached_property(lambda tx: kind(tx.identified))


class PostgresTransaction:
    """All stores over one connection, which learns for whom when somebody has to know."""

    def __init__(
        self,
        connection: Connection,
        *,
        actor: Actor,
        guards: Guards,
        routes: Routes,
        wake: Wake,
        watch: Watch = unwatched,
        origin: Origin = NOWHERE,
    ) -> None:
        self.connection = connection
        self.guards = guards
        self._actor = actor
        self._routes = routes
        self._wake = wake
        self._watch = watch
        self._origin = origin

    accounts = _guarded(PostgresAccounts)
    consents = _plain(PostgresConsents)
    logins = _plain(PostgresLogins)
    tokens = _plain(PostgresTokens)
    invitations = _guarded(PostgresInvitations)
    applications = _guarded(PostgresApplications)
    submitted_documents = _guarded(PostgresSubmittedDocuments)
    audit = _plain(PostgresAudit)
    factors = _guarded(PostgresFactors)
    passkeys = _plain(PostgresPasskeys)
    identities = _plain(PostgresIdentities)
    visits = _plain(PostgresVisits)
    claims = _guarded(PostgresClaims)
    erasure = _plain(PostgresErasure)
    copies = _identified(PostgresCopies)
    plans = _plain(PostgresPlans)
    intakes = _guarded(PostgresIntakes)
    vehicles = _guarded(PostgresVehicles)
    favorites = _plain(PostgresFavorites)
    customer_details = _plain(PostgresCustomerDetails)
    waivers = _plain(PostgresWaivers)
    checkouts = _guarded(PostgresCheckouts)
    free_sessions = _guarded(PostgresFreeSessions)
    mechanics = _guarded(PostgresMechanics)
    shifts = _plain(PostgresShifts)
    particulars = _plain(PostgresParticulars)
    drafts = _guarded(PostgresDrafts)
    workshops = _guarded(PostgresWorkshops)
    memberships = _guarded(PostgresMemberships)
    programs = _guarded(PostgresPrograms)
    program_applications = _guarded(PostgresProgramApplications)
    organizations = _guarded(PostgresOrganizations)
    departments = _guarded(PostgresDepartments)
    employees = _guarded(PostgresEmployees)
    api_keys = _guarded(PostgresApiKeys)
    enrolments = _guarded(PostgresEnrolments)
    usage = _plain(PostgresUsage)
    sessions = _guarded(PostgresSessions)
    requests = _guarded(PostgresRequests)
    presence = _plain(PostgresPresence)
    messages = _identified(PostgresMessages)
    files = _identified(PostgresFiles)
    write_ups = _identified(PostgresWriteUps)
    ratings = _identified(PostgresRatings)
    ledger = _plain(PostgresLedger)
    transfers = _guarded(PostgresTransfers)
    refunds = _guarded(PostgresRefunds)
    reversals = _guarded(PostgresReversals)
    disputes = _plain(PostgresDisputes)
    issues = _guarded(PostgresIssues)
    payouts = _guarded(PostgresPayouts)
    money_checks = _plain(PostgresMoneyChecks)
    timers = _plain(PostgresTimers)
    jobs = _plain(PostgresJobs)
    notifications = _plain(PostgresNotifications)
    choices = _plain(PostgresChoices)
    webhooks = _plain(PostgresWebhooks)
    answers = _plain(PostgresAnswers)
    tallies = _plain(PostgresTallies)

    @cached_property
    def outbox(self) -> PostgresOutbox:
        return PostgresOutbox(self.connection, self._routes, self._wake, self._happened)

    def _happened(self, event: Event, by: Actor, at: datetime) -> None:
        entry = self._watch(event, by=by, at=at, origin=self._origin)
        if entry is not None:
            self.security.append(entry)

    @cached_property
    def security(self) -> PostgresSecurityLog:
        return PostgresSecurityLog(self.connection, self._origin)

    @cached_property
    def live(self) -> PostgresLive:
        return PostgresLive(self.connection, self._wake)

    @cached_property
    def mails(self) -> PostgresMails:
        return PostgresMails(self.connection, self._wake)

    @cached_property
    def identified(self) -> Connection:
        """The connection, knowing for whom: row-level security shows nothing without it."""
        return identify(self.connection, self._actor)

    def finish(self) -> None:
        """What was kept back is written, by the stores that were used."""
        made = self.__dict__
        stores = [made[name] for name in ("ledger", "outbox", "timers", "live") if name in made]
        late.write(self.connection, stores)
