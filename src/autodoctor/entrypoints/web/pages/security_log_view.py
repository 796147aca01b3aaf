"""The security log as a page shows it."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.domain.operations.security_event import SecurityEvent, Subject
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.pages.security_words import KINDS, OUTCOMES
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Option, Table
from autodoctor.ports.security_log import SecurityEntry

PATH: Final = "/admin/security-log"
MOST: Final = 50
COLUMNS: Final = (
    Column("When"),
    Column("What"),
    Column("Who"),
    Column("About"),
    Column("From"),
)
KIND_OPTIONS: Final = tuple(
    Option(kind, label) for kind, label in sorted(KINDS.items(), key=lambda item: item[1])
)
OUTCOME_OPTIONS: Final = tuple(Option(outcome, label) for outcome, (label, _) in OUTCOMES.items())
PAGES: Final = {
    "account": "users",
    "mechanic": "mechanics",
    "workshop": "workshops",
    "organization": "corporate",
    "session": "sessions",
}
NOTHING: Final = (
    "No entry matches these filters. Remove one, or choose a longer time. "
    "Entries are kept for a year."
)


@attrs.frozen(kw_only=True)
class SecurityLogView:
    """`older_url` is empty on the last page, `newest_url` on the first one."""

    form: FormView
    kinds: tuple[Option, ...]
    outcomes: tuple[Option, ...]
    zone: str
    table: Table
    older_url: str
    newest_url: str
    export_url: str


def security_log_view(
    found: tuple[SecurityEntry, ...], form: FormView, when: When, *, paged: bool, export_url: str
) -> SecurityLogView:
    """`found` has one more than MOST when more follow."""
    shown = found[:MOST]
    asked = {name: value for name, value in form.values.items() if value}
    older = asked | {"before": str(shown[-1].number)} if len(found) > MOST else {}
    rows = tuple(_row(entry, when) for entry in shown)
    return SecurityLogView(
        form=form,
        kinds=KIND_OPTIONS,
        outcomes=OUTCOME_OPTIONS,
        zone=str(when.zone),
        table=Table("Security log", COLUMNS, rows, NOTHING),
        older_url=_url(older) if older else "",
        newest_url=_url(asked) if paged else "",
        export_url=export_url,
    )


def _url(asked: Mapping[str, str]) -> str:
    return f"{PATH}?{urlencode(asked)}" if asked else PATH


def _row(entry: SecurityEntry, when: When) -> tuple[Cell, ...]:
    event = entry.event
    return (
        Cell(when.moment(event.at), note=f"{event.at:%Y-%m-%d %H:%M:%S} UTC"),
        Cell(KINDS[event.kind], note=_what(entry)),
        _who(entry),
        _about(event.subject, entry.subject_name),
        _origin(event),
    )


def _what(entry: SecurityEntry) -> str:
    outcome, _tone = OUTCOMES[entry.event.outcome]
    often = f"{entry.times:,} more in this minute, counted together" if entry.event.many else ""
    return " · ".join(part for part in (outcome, entry.event.detail, often) if part)


def _who(entry: SecurityEntry) -> Cell:
    event = entry.event
    if event.actor_role is Role.SYSTEM:
        return Cell("The system")
    if event.many:
        return Cell("Several, or one repeatedly")
    if event.actor_id is None:
        return Cell("Not logged in")
    by_key = " with an API key" if event.key_id else ""
    note = f"{event.actor_role}{by_key}" if event.actor_role else "by a link"
    return Cell(
        _name(entry.actor_name, event.actor_id), f"/admin/users/{event.actor_id}", note=note
    )


def _about(subject: Subject, name: str) -> Cell:
    if subject.id is None:
        return Cell(subject.kind[:1].upper() + subject.kind[1:] or "–")
    page = PAGES.get(subject.kind, "")
    url = f"/admin/{page}/{subject.id}" if page else ""
    return Cell(_name(name, subject.id), url, note=subject.kind)


def _name(name: str, key: object) -> str:
    return name or str(key)[:8].upper()


def _origin(event: SecurityEvent) -> Cell:
    origin = event.origin
    if not origin.address and not origin.request_id:
        return Cell("Many networks" if event.many else "This machine")
    request = f"Request {origin.request_id}" if origin.request_id else ""
    note = " · ".join(part for part in (origin.agent, request) if part)
    return Cell(origin.address or "Unknown", note=note)
