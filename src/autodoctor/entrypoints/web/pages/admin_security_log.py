"""The security log, for staff: searched by what, who, whom, where and when."""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

import attrs
from flask import Blueprint, render_template, request

from autodoctor.application.access.operations import SECURITY_LOG
from autodoctor.application.operations.log import id_of
from autodoctor.application.operations.security_log import security_log
from autodoctor.domain.operations.security_event import SecurityKind, SecurityOutcome
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import asked, form_view
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.security_log_view import MOST, PATH, security_log_view
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.security_log import SecurityFilter
from autodoctor.ports.stores import Missing

NAMES: Final = ("kind", "outcome", "person", "subject", "address", "request_id", "since", "until")
EXPORT: Final = "/api/admin/security-log/export"
NUMBER_DIGITS_MAX: Final = 18

pages = Blueprint("admin_security_log", __name__, url_prefix=PATH)


@pages.get("")
@asks(SECURITY_LOG)
def listed() -> str | tuple[str, int]:
    here, values = call(), asked(NAMES)
    reading = Reading(here, when(here), values)
    which = reading.filter(before=_before())
    found = () if reading.errors else security_log(here.ports, actor=here.who, which=which)
    view = security_log_view(
        found,
        form_view(NAMES, values, reading.errors),
        reading.when,
        paged=which.before is not None,
        export_url=_export_url(which),
    )
    page = render_template("admin/security_log.html", view=view)
    return (page, 422) if reading.errors else page


def _before() -> int | None:
    """What cannot be read is the first page."""
    given = request.args.get("before", "")
    usable = given.isascii() and given.isdigit() and len(given) <= NUMBER_DIGITS_MAX
    return int(given) if usable else None


@attrs.frozen
class Reading:
    """What stands in the address, read; what is wrong with it is kept by field."""

    here: Call
    when: When
    values: dict[str, str]
    errors: dict[str, str] = attrs.field(factory=dict)

    def filter(self, *, before: int | None) -> SecurityFilter:
        """A choice that there is not narrows nothing."""
        kind, outcome = self.values["kind"], self.values["outcome"]
        person = self._id("person")
        return SecurityFilter(
            kind=SecurityKind(kind) if kind in set(SecurityKind) else None,
            outcome=SecurityOutcome(outcome) if outcome in set(SecurityOutcome) else None,
            person=AccountId(person) if person else None,
            subject=self._id("subject"),
            address=self.values["address"] or None,
            request_id=self.values["request_id"] or None,
            since=self._moment("since"),
            until=self._moment("until"),
            before=before,
            most=MOST + 1,
        )

    def _id(self, field: str) -> UUID | None:
        try:
            return id_of(self.here.ports, field, self.values[field])
        except InvalidField as refusal:
            self.errors[field] = refusal.reason
        except Missing:
            self.errors[field] = "Nobody has this address."
        return None

    def _moment(self, field: str) -> datetime | None:
        """As the person reads clocks, unless it says its zone."""
        if not self.values[field]:
            return None
        try:
            typed = datetime.fromisoformat(self.values[field])
            zoned = typed if typed.tzinfo else typed.replace(tzinfo=self.when.zone)
            return zoned.astimezone(UTC)
        except (ValueError, OverflowError):
            self.errors[field] = "Give a date and time, such as 2026-03-02 14:30."
        return None


def _export_url(which: SecurityFilter) -> str:
    """As the API takes it: ids instead of email addresses, times with their zone."""
    narrowed = {name: getattr(which, name) for name in NAMES}
    told = {
        name: value.isoformat() if isinstance(value, datetime) else str(value)
        for name, value in narrowed.items()
        if value is not None
    }
    return f"{EXPORT}?{urlencode(told)}" if told else EXPORT
