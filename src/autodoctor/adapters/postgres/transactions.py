"""One unit of work in PostgreSQL: all stores over one connection."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Final, TypeVar

import attrs
from psycopg.errors import (
    DeadlockDetected,
    IdleInTransactionSessionTimeout,
    SerializationFailure,
    TransactionTimeout,
)
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError

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
from autodoctor.adapters.postgres.constraints import meaning
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
from autodoctor.adapters.postgres.money_issues import PostgresIssues, PostgresPayouts
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
from autodoctor.domain.shared.errors import Unavailable
from autodoctor.ports.answers import Known
from autodoctor.ports.transactions import Contended


class DatabaseUnavailable(Unavailable):
    """The database does not answer; nothing was changed. Try again shortly."""


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
        self, connection: Connection, *, actor: Actor, guards: Guards, routes: Routes, wake: Wake
    ) -> None:
        self.connection = connection
        self.guards = guards
        self._actor = actor
        self._routes = routes
        self._wake = wake

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
    timers = _plain(PostgresTimers)
    jobs = _plain(PostgresJobs)
    notifications = _plain(PostgresNotifications)
    choices = _plain(PostgresChoices)
    webhooks = _plain(PostgresWebhooks)
    answers = _plain(PostgresAnswers)
    tallies = _plain(PostgresTallies)

    @cached_property
    def outbox(self) -> PostgresOutbox:
        return PostgresOutbox(self.connection, self._routes, self._wake)

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


ATTEMPTS_MAX: Final = 4
WAIT_SECONDS: Final = 0.02
"""The most before the second attempt; twice as long before each one after it."""

OPEN_TOO_LONG: Final = (TransactionTimeout, IdleInTransactionSessionTimeout)

_this_thread = threading.local()


def _commits() -> int:
    """How many this thread has made."""
    count: int = getattr(_this_thread, "commits", 0)
    return count


def _refusal(error: OperationalError | InterfaceError) -> Unavailable:
    contended = (DeadlockDetected, SerializationFailure)
    return Contended() if isinstance(error.orig, contended) else DatabaseUnavailable()


def _nobody(_topics: frozenset[str]) -> None:
    """Nobody waits to be woken: they look by themselves."""


@attrs.frozen
class PostgresTransactions:
    """`after_commit` is told which of "outbox", "live" and "mail" were written to, when that
    is committed; it must not raise."""

    engine: Engine
    routes: Routes = attrs.field(factory=dict)
    guards: Guards = Guards()
    after_commit: Callable[[frozenset[str]], None] = _nobody
    held: Known | None = None

    def under(self, held: Known, /) -> "PostgresTransactions":
        return attrs.evolve(self, held=held)

    def again(self, work: Callable[[], S], /) -> S:
        for attempt in range(ATTEMPTS_MAX):
            before = _commits()
            try:
                return work()
            except Contended:
                if attempt + 1 == ATTEMPTS_MAX or _commits() != before:
                    raise
            time.sleep(random.uniform(0, WAIT_SECONDS * 2**attempt))  # noqa: S311 - only to part those who met
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def __call__(self, actor: Actor, /) -> Iterator[PostgresTransaction]:
        woken: set[str] = set()
        try:
            with self.engine.begin() as connection:
                tx = PostgresTransaction(
                    connection,
                    actor=actor,
                    guards=self.guards,
                    routes=self.routes,
                    wake=woken.add,
                )
                yield tx
                tx.finish()
                if self.held is not None:
                    tx.answers.perform(self.held)
        except (OperationalError, InterfaceError) as error:
            raise _refusal(error) from error
        except InternalError as error:
            if isinstance(error.orig, OPEN_TOO_LONG):
                raise DatabaseUnavailable() from error
            raise
        except IntegrityError as error:
            raise meaning(error) from None
        _this_thread.commits = _commits() + 1
        if woken:
            self.after_commit(frozenset(woken))
