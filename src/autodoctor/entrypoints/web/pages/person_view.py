"""One person with everything about them, as staff see it."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.accounts.people import Person
from autodoctor.application.accounts.support import NOTE
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.trade import LANGUAGES
from autodoctor.domain.sessions.conduct import TIMES_MIN
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.application_list import STATES
from autodoctor.entrypoints.web.pages.consents import given_cells
from autodoctor.entrypoints.web.pages.deeds import Happened, happened
from autodoctor.entrypoints.web.pages.outcome import went_back
from autodoctor.entrypoints.web.pages.people_list import STANDINGS
from autodoctor.entrypoints.web.pages.person_deeds import DeedView, deed_views
from autodoctor.entrypoints.web.pages.security_view import device
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import mechanic_or_nobody, words
from autodoctor.entrypoints.web.parts import Cell, Column, Fact, Table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import SessionView

SESSIONS_SHOWN: Final = 20
SESSION_COLUMNS: Final = (Column("Session"), Column("With"), Column("State"), Column("Price", True))
LOGIN_COLUMNS: Final = (Column("Device"), Column("As"), Column("Last used"), Column("From"))
CONSENT_COLUMNS: Final = (
    Column("Agreed to"),
    Column("Version"),
    Column("When"),
    Column("Withdrawn"),
)


@attrs.frozen(kw_only=True)
class PersonDetail:
    title: str
    state: str
    tone: Tone
    lead: str
    path: str
    application_url: str
    log_url: str
    mark: str
    facts: tuple[Fact, ...]
    work: tuple[Fact, ...]
    money: tuple[Fact, ...]
    notes: tuple[Happened, ...]
    done: tuple[Happened, ...]
    sessions: Table
    logins: Table
    consents: Table
    deeds: tuple[DeedView, ...]


def person_view(
    found: Person,
    when: When,
    *,
    tried: str = "",
    values: Mapping[str, str],
    errors: Mapping[str, str],
) -> PersonDetail:
    account, standing = found.account, found.account.standing_at(when.now)
    state, tone = STANDINGS[standing]
    notes = (deed for deed in found.deeds if deed.action == NOTE)
    done = (deed for deed in found.deeds if deed.action != NOTE)
    return PersonDetail(
        title=account.name,
        state=state,
        tone=tone,
        lead=_lead(account, when),
        path=f"/admin/users/{account.id}",
        application_url=f"/admin/mechanics/{account.id}" if found.application else "",
        log_url=f"/admin/audit?on={account.id}",
        mark=_mark(found),
        facts=_facts(account, when),
        work=_work(found),
        money=_money(found),
        notes=tuple(happened(each, when) for each in notes),
        done=tuple(happened(each, when) for each in done),
        sessions=_sessions(found, when),
        logins=_logins(found, when),
        consents=_consents(found, when),
        deeds=deed_views(found, standing, tried=tried, values=values, errors=errors),
    )


def _mark(found: Person) -> str:
    """Of those who cancel again and again after contact; empty for all others."""
    times = len(found.called_off)
    return f"Cancelled after contact {times} times" if times >= TIMES_MIN else ""


def _lead(account: Account, when: When) -> str:
    if account.standing_at(when.now).value == "active":
        return f"Signed up {when.ago(account.created_at)}."
    until = account.suspended_until
    return f"{account.standing_reason} {f'Until {when.within(until)}' if until else ''}".strip()


def _facts(account: Account, when: When) -> tuple[Fact, ...]:
    return (
        Fact("Email", account.email.text),
        Fact(
            "Address confirmed", when.moment(account.verified_at) if account.verified_at else "No"
        ),
        Fact("Phone", account.phone or "Not given"),
        Fact("Roles", ", ".join(role.capitalize() for role in sorted(account.roles))),
        Fact("Language", LANGUAGES.get(account.language, account.language)),
        Fact("Time zone", account.time_zone),
        Fact("Signed up", when.moment(account.created_at)),
    )


def _work(found: Person) -> tuple[Fact, ...]:
    mechanic = found.mechanic
    if mechanic is None:
        return ()
    told = mechanic.reputation
    applied = STATES[found.application.status][0] if found.application else "Never applied"
    papers = mechanic.papers_expire_on
    return (
        Fact("Approved", "Yes" if mechanic.approved else "No"),
        Fact("Application", applied),
        Fact("On shift", "Yes" if mechanic.on_shift else "No"),
        Fact("City", mechanic.city or "Not told"),
        Fact("Profile", f"{mechanic.profile_completion} % complete"),
        Fact("Papers good through", str(papers) if papers else "Not told"),
        Fact("Rating", f"{told.told} of 5, from {told.count}" if told.count else "None yet"),
        Fact("Sessions done", str(mechanic.completed_sessions)),
        Fact("Payouts", "Ready" if mechanic.payouts_ready else "Not set up"),
    )


def _money(found: Person) -> tuple[Fact, ...]:
    lines = []
    if Role.CUSTOMER in found.account.roles:
        lines += [
            Fact("Paid", money_text(found.paid)),
            Fact("Sent back", money_text(found.returned)),
            Fact("Spent", money_text(found.spent)),
            Fact("Free sessions left", str(found.free_sessions.left)),
        ]
    if found.mechanic is not None:
        lines.append(Fact("Earned", money_text(found.earned)))
    return tuple(lines)


def _sessions(found: Person, when: When) -> Table:
    shown = found.sessions[:SESSIONS_SHOWN]
    rows = tuple(_session(each, found.account, when) for each in shown)
    return Table("Latest sessions", SESSION_COLUMNS, rows, "No sessions yet.")


def _session(session: SessionView, account: Account, when: When) -> tuple[Cell, ...]:
    state = words(session.status, Role.ADMIN)
    booked = session.customer_id == account.id
    other = mechanic_or_nobody(session) if booked else session.customer_name
    url, made = f"/admin/sessions/{session.id}", when.moment(session.created_at)
    return (
        Cell(session.plan_name, url=url, note=made),
        Cell(other),
        Cell(state.label, tone=state.tone),
        Cell(money_text(session.price), note=went_back(session)),
    )


def _logins(found: Person, when: When) -> Table:
    rows = tuple(
        (
            Cell(device(each.agent)),
            Cell(each.role.capitalize()),
            Cell(when.ago(each.seen_at)),
            Cell(each.address or "Unknown"),
        )
        for each in found.logins
    )
    return Table("Logins", LOGIN_COLUMNS, rows, "Nobody is logged in.")


def _consents(found: Person, when: When) -> Table:
    rows = tuple(
        (Cell(each.kind.capitalize()), Cell(each.version), *given_cells(each, when))
        for each in found.consents
    )
    return Table("Consents", CONSENT_COLUMNS, rows, "None is kept.")
