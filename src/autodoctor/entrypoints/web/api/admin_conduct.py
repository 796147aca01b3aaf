"""Sessions called off after contact, again and again, for staff."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from autodoctor.application.access.operations import CONDUCT
from autodoctor.application.operations.conduct import conduct
from autodoctor.domain.sessions.conduct import MESSAGES_MIN, TIMES_MIN, Repeated
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call

admin_conduct = Endpoints("Admin")


@attrs.frozen(kw_only=True)
class PersonRepeated:
    account_id: UUID
    name: str
    times: int
    last_at: datetime
    session_ids: tuple[UUID, ...]


@attrs.frozen(kw_only=True)
class PairRepeated:
    customer_id: UUID
    customer_name: str
    mechanic_id: UUID
    mechanic_name: str
    times: int
    last_at: datetime
    session_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, found: Repeated) -> Self:
        last = found.last
        return cls(
            customer_id=last.customer_id,
            customer_name=last.customer_name,
            mechanic_id=last.mechanic_id,
            mechanic_name=last.mechanic_name,
            times=found.times,
            last_at=last.at,
            session_ids=_ids(found),
        )


@attrs.frozen(kw_only=True)
class ConductAnswer:
    """Since when; from how many short messages a session counts in which no own words or files
    were sent, and from how many sessions somebody is listed. Most often first."""

    since: datetime
    messages_min: int
    times_min: int
    customers: tuple[PersonRepeated, ...]
    mechanics: tuple[PersonRepeated, ...]
    pairs: tuple[PairRepeated, ...]


@admin_conduct.route("GET", "/api/admin/cancellations", action=CONDUCT, answer=ConductAnswer)
def cancellations(call: Call) -> ConductAnswer:
    """Who cancelled again and again after having been in contact, in the last 90 days."""
    found = conduct(call.ports, actor=call.who)
    return ConductAnswer(
        since=found.since,
        messages_min=MESSAGES_MIN,
        times_min=TIMES_MIN,
        customers=tuple(
            _person(each, each.last.customer_id, each.last.customer_name)
            for each in found.customers
        ),
        mechanics=tuple(
            _person(each, each.last.mechanic_id, each.last.mechanic_name)
            for each in found.mechanics
        ),
        pairs=tuple(map(PairRepeated.of, found.pairs)),
    )


def _person(found: Repeated, account_id: UUID, name: str) -> PersonRepeated:
    return PersonRepeated(
        account_id=account_id,
        name=name,
        times=found.times,
        last_at=found.last.at,
        session_ids=_ids(found),
    )


def _ids(found: Repeated) -> tuple[UUID, ...]:
    return tuple(each.session_id for each in found.called_off)
