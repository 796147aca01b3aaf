"""A copy of what is kept about one person, from memory."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.copies import Section
from autodoctor.ports.operations import Plain


def _row(thing: Any, names: str) -> dict[str, object]:
    return {name: getattr(thing, name) for name in names.split()}


def _intake(thing: Any) -> dict[str, object]:
    vehicle, place = thing.vehicle, thing.place
    told = ("year", "make", "model", "vin", "odometer_km", "plate")
    return (
        _row(thing, "id plan concern category urgent created_at")
        | {f"vehicle_{name}": getattr(vehicle, name, None) for name in told}
        | _row(place, "city province country postal_code")
    )


def _payment(thing: Any) -> dict[str, object]:
    money = {"price_minor": thing.price.minor, "currency": thing.price.currency}
    return _row(thing, "id intake_id plan status created_at paid_at") | money


def _session(thing: Any) -> dict[str, object]:
    terms = {"plan": thing.terms.plan, "kind": thing.terms.kind}
    names = "id intake_id status mechanic_id created_at started_at ended_at"
    return _row(thing, names) | terms


def _particulars(thing: Any) -> dict[str, object]:
    names = (
        "date_of_birth street province postal_code languages red_seal_number insurance_number "
        "insurance_expires_on background_check_agreed_at service_tier virtual_only_confirmed_at "
        "payout_country photo_id"
    )
    certifications = [attrs.asdict(each) for each in thing.certifications]
    return _row(thing, names) | {"certifications": certifications}


def _details(thing: Any) -> dict[str, object]:
    home = _row(thing.home, "street city province postal_code country")
    return home | {"photo_id": thing.photo_id}


def _draft(thing: Any) -> dict[str, object]:
    answers = {"answers": attrs.asdict(thing.answers)}
    return _row(thing, "id email created_at changed_at") | answers


def _security_event(thing: Any) -> dict[str, object]:
    origin = _row(thing.origin, "address agent")
    return _row(thing, "at kind outcome detail") | origin


def _plain(names: str) -> Callable[[Any], dict[str, object]]:
    return lambda thing: _row(thing, names)


@attrs.frozen
class _Kind:
    """The table, the names of its things' owner and time, and what is told of each."""

    table: str
    owner: str
    order: str
    told: Callable[[Any], dict[str, object]]


_KINDS: Final = {
    Section.CONSENTS: _Kind(
        "consents", "account_id", "given_at", _plain("kind version given_at withdrawn_at")
    ),
    Section.DETAILS: _Kind("customer_details", "id", "id", _details),
    Section.LOGINS: _Kind(
        "logins",
        "account_id",
        "created_at",
        _plain("id role created_at seen_at ended_at address agent"),
    ),
    Section.SECURITY: _Kind("security_events", "actor_id", "at", _security_event),
    Section.OTHER_WAYS_TO_LOG_IN: _Kind(
        "identities", "account_id", "linked_at", _plain("provider subject linked_at")
    ),
    Section.VEHICLES: _Kind(
        "vehicles",
        "customer_id",
        "created_at",
        _plain("id year make model vin odometer_km plate colour nickname primary created_at"),
    ),
    Section.FAVORITES: _Kind(
        "favorites", "customer_id", "created_at", _plain("id mechanic_id workshop_id created_at")
    ),
    Section.INTAKES: _Kind("intakes", "customer_id", "created_at", _intake),
    Section.WAIVERS: _Kind(
        "waivers",
        "customer_id",
        "signed_at",
        _plain("id intake_id full_name version signed_at address agent"),
    ),
    Section.PAYMENTS: _Kind("checkouts", "customer_id", "created_at", _payment),
    Section.SESSIONS: _Kind("sessions", "customer_id", "created_at", _session),
    Section.MESSAGES: _Kind(
        "messages", "", "position", _plain("id session_id party text file_ids sent_at")
    ),
    Section.FILES: _Kind(
        "files",
        "owner_id",
        "created_at",
        _plain("id session_id intake_id name media_type size_bytes description created_at"),
    ),
    Section.RATINGS: _Kind(
        "ratings", "customer_id", "rated_at", _plain("session_id stars review rated_at")
    ),
    Section.EMPLOYMENTS: _Kind(
        "employees",
        "account_id",
        "since",
        _plain("id organization_id name role number status since"),
    ),
    Section.NOTIFICATIONS: _Kind(
        "notifications", "account_id", "at", _plain("id occasion title url at read_at")
    ),
    Section.SWITCHED_OFF: _Kind("muted", "account_id", "occasion", _plain("role occasion channel")),
    Section.PARTICULARS: _Kind("particulars", "id", "id", _particulars),
    Section.DRAFTS: _Kind("drafts", "account_id", "created_at", _draft),
    Section.DOCUMENTS: _Kind(
        "documents",
        "subject_id",
        "uploaded_at",
        _plain("id file_id kind uploaded_at number expires_on status reason reviewed_at"),
    ),
}


@attrs.frozen
class MemoryCopies:
    _tables: Tables

    def section(self, section: Section, account_id: AccountId, /) -> tuple[Plain, ...]:
        kind = _KINDS[section]
        every = getattr(self._tables, kind.table).values()
        mine = [each for each in every if self._owner(each, kind) == account_id]
        return tuple(kind.told(each) for each in sorted(mine, key=attrgetter(kind.order)))

    def _owner(self, thing: Any, kind: _Kind) -> object:
        """Messages belong to their session's customer."""
        if kind.owner:
            return getattr(thing, kind.owner)
        return self._tables.sessions[thing.session_id].customer_id
