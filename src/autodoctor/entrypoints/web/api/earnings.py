"""What mechanics earned."""

from datetime import datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.application.access.mechanics import EARNINGS
from autodoctor.application.mechanics.earnings import earnings
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call

earnings_endpoints = Endpoints("Mechanics")


class EarningsQuery(Body):
    """Without a beginning the last 30 days; without an end, up to now."""

    since: datetime | None = None
    until: datetime | None = None


@attrs.frozen(kw_only=True)
class EarningRow:
    session_id: UUID
    at: datetime
    plan_name: str
    kind: str
    customer: str
    gross: Money
    platform: Money
    workshop: Money
    net: Money
    transfer_status: str


@attrs.frozen(kw_only=True)
class EarningsAnswer:
    since: datetime
    until: datetime
    gross: Money
    platform: Money
    workshop: Money
    net: Money
    sessions: tuple[EarningRow, ...]


def earned(call: Call, query: EarningsQuery) -> EarningsAnswer:
    until = query.until or call.ports.now()
    since = query.since or until - timedelta(days=30)
    for name, value in (("since", since), ("until", until)):
        if value.tzinfo is None:
            raise InvalidField(name, "Give a time zone, as in 2026-01-31T12:00:00Z.")
    found = earnings(call.ports, actor=call.who, since=since, until=until)
    return EarningsAnswer(
        since=since,
        until=until,
        gross=found.gross,
        platform=found.platform,
        workshop=found.workshop,
        net=found.net,
        sessions=tuple(
            EarningRow(
                session_id=row.session_id,
                at=row.at,
                plan_name=row.plan_name,
                kind=row.kind,
                customer=row.customer_first_name,
                gross=row.gross,
                platform=row.platform,
                workshop=row.workshop,
                net=row.net,
                transfer_status=row.transfer_status,
            )
            for row in found.rows
        ),
    )


@earnings_endpoints.route(
    "GET",
    "/api/mechanics/earnings",
    action=EARNINGS,
    query=EarningsQuery,
    answer=EarningsAnswer,
    refusals=(InvalidField,),
)
def earnings_summary(call: Call, *, query: EarningsQuery) -> EarningsAnswer:
    """What this mechanic earned, from the ledger."""
    return earned(call, query)


@earnings_endpoints.route(
    "GET",
    "/api/mechanic/earnings",
    action=EARNINGS,
    query=EarningsQuery,
    answer=EarningsAnswer,
    refusals=(InvalidField,),
)
def earnings_details(call: Call, *, query: EarningsQuery) -> EarningsAnswer:
    """The same figures, session by session."""
    return earned(call, query)
