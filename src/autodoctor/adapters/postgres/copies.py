"""A copy of what is kept about one person, from PostgreSQL."""

from typing import Any, Final

import attrs
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    case,
    select,
)

from autodoctor.adapters.postgres.tables.accounts import consents, logins
from autodoctor.adapters.postgres.tables.booking import checkouts, intakes, waivers
from autodoctor.adapters.postgres.tables.corporate import employees
from autodoctor.adapters.postgres.tables.garage import customer_details, favorites, vehicles
from autodoctor.adapters.postgres.tables.identity import identities
from autodoctor.adapters.postgres.tables.joining import drafts, particulars
from autodoctor.adapters.postgres.tables.operations import muted, notifications
from autodoctor.adapters.postgres.tables.room import files, messages, ratings
from autodoctor.adapters.postgres.tables.security import security_events
from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.adapters.postgres.tables.vetting import documents
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.copies import Section
from autodoctor.ports.operations import Plain

_WHO: Final[BindParameter[Any]] = bindparam("who")


COMPUTED: Final[dict[tuple[str, str], ColumnElement[Any]]] = {
    ("messages", "text"): case(
        {each.value: each.text for each in Canned}, value=messages.c.canned, else_=messages.c.text
    ).label("text"),
}
"""What is shown in the place of a column."""


def _rows(table: Table, mine: ColumnElement[bool], order: str, names: str) -> Select[Any]:
    columns = (COMPUTED.get((table.name, name), table.c[name]) for name in names.split())
    return select(*columns).where(mine).order_by(table.c[order])


def _in_sessions(table: Table) -> ColumnElement[bool]:
    mine = select(sessions.c.id).where(sessions.c.customer_id == _WHO)
    return table.c.session_id.in_(mine)


_STATEMENTS: Final[dict[Section, Select[Any]]] = {
    Section.CONSENTS: _rows(
        consents, consents.c.account_id == _WHO, "given_at", "kind version given_at withdrawn_at"
    ),
    Section.DETAILS: _rows(
        customer_details,
        customer_details.c.id == _WHO,
        "id",
        "street city province postal_code country photo_id",
    ),
    Section.LOGINS: _rows(
        logins,
        logins.c.account_id == _WHO,
        "created_at",
        "id role created_at seen_at ended_at address agent",
    ),
    Section.SECURITY: _rows(
        security_events,
        security_events.c.actor_id == _WHO,
        "number",
        "at kind outcome detail address agent",
    ),
    Section.OTHER_WAYS_TO_LOG_IN: _rows(
        identities, identities.c.account_id == _WHO, "linked_at", "provider subject linked_at"
    ),
    Section.VEHICLES: _rows(
        vehicles,
        vehicles.c.customer_id == _WHO,
        "created_at",
        "id year make model vin odometer_km plate colour nickname primary created_at",
    ),
    Section.FAVORITES: _rows(
        favorites,
        favorites.c.customer_id == _WHO,
        "created_at",
        "id mechanic_id workshop_id created_at",
    ),
    Section.INTAKES: _rows(
        intakes,
        intakes.c.customer_id == _WHO,
        "created_at",
        "id plan vehicle_year vehicle_make vehicle_model vehicle_vin vehicle_odometer_km "
        "vehicle_plate concern category urgent city province country postal_code created_at",
    ),
    Section.WAIVERS: _rows(
        waivers,
        waivers.c.customer_id == _WHO,
        "signed_at",
        "id intake_id full_name version signed_at address agent",
    ),
    Section.PAYMENTS: _rows(
        checkouts,
        checkouts.c.customer_id == _WHO,
        "created_at",
        "id intake_id plan price_minor currency status created_at paid_at",
    ),
    Section.SESSIONS: _rows(
        sessions,
        sessions.c.customer_id == _WHO,
        "created_at",
        "id intake_id plan kind status mechanic_id created_at started_at ended_at",
    ),
    Section.MESSAGES: _rows(
        messages,
        _in_sessions(messages),
        "position",
        "id session_id party text file_ids sent_at",
    ),
    Section.FILES: _rows(
        files,
        files.c.owner_id == _WHO,
        "created_at",
        "id session_id intake_id name media_type size_bytes description created_at",
    ),
    Section.RATINGS: _rows(
        ratings, ratings.c.customer_id == _WHO, "rated_at", "session_id stars review rated_at"
    ),
    Section.EMPLOYMENTS: _rows(
        employees,
        employees.c.account_id == _WHO,
        "since",
        "id organization_id name role number status since",
    ),
    Section.NOTIFICATIONS: _rows(
        notifications,
        notifications.c.account_id == _WHO,
        "at",
        "id occasion title url at read_at",
    ),
    Section.SWITCHED_OFF: _rows(
        muted, muted.c.account_id == _WHO, "occasion", "role occasion channel"
    ),
    Section.PARTICULARS: _rows(
        particulars,
        particulars.c.id == _WHO,
        "id",
        "date_of_birth street province postal_code languages certifications red_seal_number "
        "insurance_number insurance_expires_on background_check_agreed_at service_tier "
        "virtual_only_confirmed_at payout_country photo_id",
    ),
    Section.DRAFTS: _rows(
        drafts,
        drafts.c.account_id == _WHO,
        "created_at",
        "id email answers created_at changed_at",
    ),
    Section.DOCUMENTS: _rows(
        documents,
        documents.c.subject_id == _WHO,
        "uploaded_at",
        "id file_id kind uploaded_at number expires_on status reason reviewed_at",
    ),
}


@attrs.frozen
class PostgresCopies:
    _connection: Connection

    def section(self, section: Section, account_id: AccountId, /) -> tuple[Plain, ...]:
        rows = self._connection.execute(_STATEMENTS[section], {"who": account_id}).mappings()
        return tuple(dict(row) for row in rows)
