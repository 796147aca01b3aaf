"""All queries over one set of stores in memory."""

import attrs

from autodoctor.adapters.memory.queries.api_keys import MemoryApiKeyQueries
from autodoctor.adapters.memory.queries.applications import MemoryApplicationQueries
from autodoctor.adapters.memory.queries.audit import MemoryAuditQueries
from autodoctor.adapters.memory.queries.conduct import MemoryConductQueries
from autodoctor.adapters.memory.queries.corporate import MemoryCorporateQueries
from autodoctor.adapters.memory.queries.employees import MemoryEmployeeQueries
from autodoctor.adapters.memory.queries.jobs import MemoryJobQueries
from autodoctor.adapters.memory.queries.logins import MemoryLoginQueries
from autodoctor.adapters.memory.queries.mails import MemoryMailQueries
from autodoctor.adapters.memory.queries.mechanics import MemoryMechanicQueries
from autodoctor.adapters.memory.queries.money import MemoryMoneyQueries
from autodoctor.adapters.memory.queries.people import MemoryPeopleQueries
from autodoctor.adapters.memory.queries.requests import MemoryRequestQueries
from autodoctor.adapters.memory.queries.revenue import MemoryRevenueQueries
from autodoctor.adapters.memory.queries.sessions import MemorySessionQueries
from autodoctor.adapters.memory.queries.usage import MemoryUsageQueries
from autodoctor.adapters.memory.queries.workshops import MemoryWorkshopQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions


@attrs.frozen
class MemoryQueries:
    """Reads what is committed, never what a transaction is about to."""

    _kept: MemoryTransactions

    @property
    def logins(self) -> MemoryLoginQueries:
        return MemoryLoginQueries(self._kept)

    @property
    def api_keys(self) -> MemoryApiKeyQueries:
        return MemoryApiKeyQueries(self._kept)

    @property
    def usage(self) -> MemoryUsageQueries:
        return MemoryUsageQueries(self._kept)

    @property
    def employees(self) -> MemoryEmployeeQueries:
        return MemoryEmployeeQueries(self._kept)

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
    def money(self) -> MemoryMoneyQueries:
        return MemoryMoneyQueries(self._kept)

    @property
    def mails(self) -> MemoryMailQueries:
        return MemoryMailQueries(self._kept)

    @property
    def jobs(self) -> MemoryJobQueries:
        return MemoryJobQueries(self._kept)

    @property
    def workshops(self) -> MemoryWorkshopQueries:
        return MemoryWorkshopQueries(self._kept)

    @property
    def corporate(self) -> MemoryCorporateQueries:
        return MemoryCorporateQueries(self._kept)

    @property
    def mechanics(self) -> MemoryMechanicQueries:
        return MemoryMechanicQueries(self._kept)

    @property
    def people(self) -> MemoryPeopleQueries:
        return MemoryPeopleQueries(self._kept)

    @property
    def applications(self) -> MemoryApplicationQueries:
        return MemoryApplicationQueries(self._kept)

    @property
    def audit(self) -> MemoryAuditQueries:
        return MemoryAuditQueries(self._kept)

    @property
    def conduct(self) -> MemoryConductQueries:
        return MemoryConductQueries(self._kept)
