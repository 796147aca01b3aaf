"""All queries over one engine."""

from functools import cached_property

from sqlalchemy import Engine

from autodoctor.adapters.postgres.queries.api_keys import PostgresApiKeyQueries
from autodoctor.adapters.postgres.queries.applications import PostgresApplicationQueries
from autodoctor.adapters.postgres.queries.audit import PostgresAuditQueries
from autodoctor.adapters.postgres.queries.conduct import PostgresConductQueries
from autodoctor.adapters.postgres.queries.corporate import PostgresCorporateQueries
from autodoctor.adapters.postgres.queries.employees import PostgresEmployeeQueries
from autodoctor.adapters.postgres.queries.jobs import PostgresJobQueries
from autodoctor.adapters.postgres.queries.logins import PostgresLoginQueries
from autodoctor.adapters.postgres.queries.mails import PostgresMailQueries
from autodoctor.adapters.postgres.queries.mechanics import PostgresMechanicQueries
from autodoctor.adapters.postgres.queries.money import PostgresMoneyQueries
from autodoctor.adapters.postgres.queries.people import PostgresPeopleQueries
from autodoctor.adapters.postgres.queries.requests import PostgresRequestQueries
from autodoctor.adapters.postgres.queries.revenue import PostgresRevenueQueries
from autodoctor.adapters.postgres.queries.sessions import PostgresSessionQueries
from autodoctor.adapters.postgres.queries.usage import PostgresUsageQueries
from autodoctor.adapters.postgres.queries.workshops import PostgresWorkshopQueries


class PostgresQueries:
    def __init__(self, engine: Engine) -> None:
        self._in_transactions = engine
        # A single SELECT needs no transaction around it: two round trips fewer.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    @cached_property
    def logins(self) -> PostgresLoginQueries:
        return PostgresLoginQueries(self._engine)

    @cached_property
    def api_keys(self) -> PostgresApiKeyQueries:
        return PostgresApiKeyQueries(self._engine)

    @cached_property
    def usage(self) -> PostgresUsageQueries:
        return PostgresUsageQueries(self._engine)

    @cached_property
    def employees(self) -> PostgresEmployeeQueries:
        return PostgresEmployeeQueries(self._engine)

    @cached_property
    def sessions(self) -> PostgresSessionQueries:
        return PostgresSessionQueries(self._in_transactions)

    @cached_property
    def requests(self) -> PostgresRequestQueries:
        return PostgresRequestQueries(self._engine)

    @cached_property
    def revenue(self) -> PostgresRevenueQueries:
        return PostgresRevenueQueries(self._engine)

    @property
    def money(self) -> PostgresMoneyQueries:
        return PostgresMoneyQueries(self._engine)

    @cached_property
    def mails(self) -> PostgresMailQueries:
        return PostgresMailQueries(self._engine)

    @cached_property
    def jobs(self) -> PostgresJobQueries:
        return PostgresJobQueries(self._engine)

    @cached_property
    def workshops(self) -> PostgresWorkshopQueries:
        return PostgresWorkshopQueries(self._engine)

    @cached_property
    def corporate(self) -> PostgresCorporateQueries:
        return PostgresCorporateQueries(self._engine)

    @cached_property
    def mechanics(self) -> PostgresMechanicQueries:
        return PostgresMechanicQueries(self._in_transactions)

    @cached_property
    def people(self) -> PostgresPeopleQueries:
        return PostgresPeopleQueries(self._in_transactions)

    @cached_property
    def applications(self) -> PostgresApplicationQueries:
        return PostgresApplicationQueries(self._engine)

    @cached_property
    def audit(self) -> PostgresAuditQueries:
        return PostgresAuditQueries(self._engine)

    @cached_property
    def conduct(self) -> PostgresConductQueries:
        return PostgresConductQueries(self._in_transactions)
