"""One unit of work in PostgreSQL: all stores over one connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

import attrs
from sqlalchemy import Connection, Engine, bindparam, func, select
from sqlalchemy.exc import InterfaceError, OperationalError

from autodoctor.adapters.postgres.accounts import (
    PostgresAccounts,
    PostgresConsents,
    PostgresLogins,
    PostgresTokens,
)
from autodoctor.adapters.postgres.answers import PostgresAnswers
from autodoctor.adapters.postgres.booking import (
    PostgresCheckouts,
    PostgresFreeSessions,
    PostgresIntakes,
    PostgresPlans,
    PostgresWaivers,
)
from autodoctor.adapters.postgres.identity import (
    PostgresErasure,
    PostgresFactors,
    PostgresIdentities,
    PostgresPasskeys,
    PostgresVisits,
)
from autodoctor.adapters.postgres.mails import PostgresMails, PostgresNotifications
from autodoctor.adapters.postgres.mechanics import (
    PostgresMechanics,
    PostgresShifts,
    PostgresWorkshops,
)
from autodoctor.adapters.postgres.operations import (
    PostgresLive,
    PostgresOutbox,
    PostgresTimers,
    PostgresWebhooks,
    Routes,
    Wake,
)
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
from autodoctor.adapters.postgres.vetting import (
    PostgresApplications,
    PostgresAudit,
    PostgresInvitations,
    PostgresSubmittedDocuments,
)
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Unavailable

_IDENTIFY = select(
    func.set_config("autodoctor.account", bindparam("account"), True),
    func.set_config("autodoctor.role", bindparam("role"), True),
)


class StorageUnavailable(Unavailable):
    """The database does not answer; nothing was changed. Try again shortly."""


class PostgresTransaction:
    """The stores are made when they are first used."""

    def __init__(
        self, connection: Connection, *, actor: Actor, guards: Guards, routes: Routes, wake: Wake
    ) -> None:
        self._connection = connection
        self._actor = actor
        self._guards = guards
        self._routes = routes
        self._wake = wake

    @cached_property
    def _identified(self) -> Connection:
        """The connection, knowing for whom: row-level security shows nothing without it."""
        who = {"account": str(self._actor.account_id), "role": self._actor.role.value}
        self._connection.execute(_IDENTIFY, who)
        return self._connection

    def finish(self) -> None:
        """What was kept back is written, by the stores that were used."""
        for name in ("outbox", "timers", "live"):
            if name in self.__dict__:
                getattr(self, name).flush()

    @cached_property
    def accounts(self) -> PostgresAccounts:
        return PostgresAccounts(self._connection, self._guards)

    @cached_property
    def consents(self) -> PostgresConsents:
        return PostgresConsents(self._connection)

    @cached_property
    def logins(self) -> PostgresLogins:
        return PostgresLogins(self._connection)

    @cached_property
    def tokens(self) -> PostgresTokens:
        return PostgresTokens(self._connection)

    @cached_property
    def invitations(self) -> PostgresInvitations:
        return PostgresInvitations(self._connection, self._guards)

    @cached_property
    def applications(self) -> PostgresApplications:
        return PostgresApplications(self._connection, self._guards)

    @cached_property
    def submitted_documents(self) -> PostgresSubmittedDocuments:
        return PostgresSubmittedDocuments(self._connection, self._guards)

    @cached_property
    def audit(self) -> PostgresAudit:
        return PostgresAudit(self._connection)

    @cached_property
    def factors(self) -> PostgresFactors:
        return PostgresFactors(self._connection)

    @cached_property
    def passkeys(self) -> PostgresPasskeys:
        return PostgresPasskeys(self._connection)

    @cached_property
    def identities(self) -> PostgresIdentities:
        return PostgresIdentities(self._connection)

    @cached_property
    def visits(self) -> PostgresVisits:
        return PostgresVisits(self._connection)

    @cached_property
    def erasure(self) -> PostgresErasure:
        return PostgresErasure(self._connection)

    @cached_property
    def plans(self) -> PostgresPlans:
        return PostgresPlans(self._connection)

    @cached_property
    def intakes(self) -> PostgresIntakes:
        return PostgresIntakes(self._connection, self._guards)

    @cached_property
    def waivers(self) -> PostgresWaivers:
        return PostgresWaivers(self._connection)

    @cached_property
    def checkouts(self) -> PostgresCheckouts:
        return PostgresCheckouts(self._connection, self._guards)

    @cached_property
    def free_sessions(self) -> PostgresFreeSessions:
        return PostgresFreeSessions(self._connection, self._guards)

    @cached_property
    def mechanics(self) -> PostgresMechanics:
        return PostgresMechanics(self._connection, self._guards)

    @cached_property
    def shifts(self) -> PostgresShifts:
        return PostgresShifts(self._connection)

    @cached_property
    def workshops(self) -> PostgresWorkshops:
        return PostgresWorkshops(self._connection, self._guards)

    @cached_property
    def sessions(self) -> PostgresSessions:
        return PostgresSessions(self._connection, self._guards)

    @cached_property
    def requests(self) -> PostgresRequests:
        return PostgresRequests(self._connection, self._guards)

    @cached_property
    def presence(self) -> PostgresPresence:
        return PostgresPresence(self._connection)

    @cached_property
    def messages(self) -> PostgresMessages:
        return PostgresMessages(self._identified)

    @cached_property
    def files(self) -> PostgresFiles:
        return PostgresFiles(self._identified)

    @cached_property
    def write_ups(self) -> PostgresWriteUps:
        return PostgresWriteUps(self._identified)

    @cached_property
    def ratings(self) -> PostgresRatings:
        return PostgresRatings(self._connection)

    @cached_property
    def ledger(self) -> PostgresLedger:
        return PostgresLedger(self._connection)

    @cached_property
    def transfers(self) -> PostgresTransfers:
        return PostgresTransfers(self._connection, self._guards)

    @cached_property
    def refunds(self) -> PostgresRefunds:
        return PostgresRefunds(self._connection, self._guards)

    @cached_property
    def reversals(self) -> PostgresReversals:
        return PostgresReversals(self._connection, self._guards)

    @cached_property
    def disputes(self) -> PostgresDisputes:
        return PostgresDisputes(self._connection)

    @cached_property
    def outbox(self) -> PostgresOutbox:
        return PostgresOutbox(self._connection, self._routes, self._wake)

    @cached_property
    def timers(self) -> PostgresTimers:
        return PostgresTimers(self._connection)

    @cached_property
    def live(self) -> PostgresLive:
        return PostgresLive(self._connection, self._wake)

    @cached_property
    def mails(self) -> PostgresMails:
        return PostgresMails(self._connection, self._wake)

    @cached_property
    def notifications(self) -> PostgresNotifications:
        return PostgresNotifications(self._connection)

    @cached_property
    def webhooks(self) -> PostgresWebhooks:
        return PostgresWebhooks(self._connection)

    @cached_property
    def answers(self) -> PostgresAnswers:
        return PostgresAnswers(self._connection)


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
        except (OperationalError, InterfaceError) as error:
            raise StorageUnavailable() from error
        if woken:
            self.after_commit(frozenset(woken))
