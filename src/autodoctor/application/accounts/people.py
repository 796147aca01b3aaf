"""People as staff look them up: the list, and one with everything about them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import attrs

from autodoctor.application.access.accounts import PEOPLE
from autodoctor.application.access.may import may
from autodoctor.application.operations.audit import write_down
from autodoctor.application.operations.security import record
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import Consent
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.booking.free_session import FreeSessions
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.operations.security_event import SecurityKind, Subject
from autodoctor.domain.sessions.conduct import WINDOW, CalledOff
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, MechanicId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import Application
from autodoctor.ports.audit import Deed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.people_queries import PersonFilter, PersonView
from autodoctor.ports.queries import SessionFilter, SessionView
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

DEEDS_MAX: Final = 200
SESSIONS_MAX: Final = 1000
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


@attrs.frozen
class Found:
    """`total` is how many there are on all pages."""

    rows: tuple[PersonView, ...]
    total: int


@attrs.frozen(kw_only=True)
class Person:
    """`sessions` are those booked as a customer and those done as a mechanic, newest first;
    what was `paid`, what was `returned` and the difference, `spent`, are a customer's, `earned` is
    a mechanic's share: all from the ledger.
    `deeds` are what staff did about them, notes among it, newest first; `called_off` are the
    sessions of theirs that ended so after contact, in the last ninety days."""

    account: Account
    consents: tuple[Consent, ...]
    logins: tuple[Login, ...]
    sessions: tuple[SessionView, ...]
    free_sessions: FreeSessions
    paid: Money
    returned: Money
    spent: Money
    earned: Money
    mechanic: Mechanic | None
    application: Application | None
    deeds: tuple[Deed, ...]
    called_off: tuple[CalledOff, ...]


def people(ports: Ports, *, actor: Actor, which: PersonFilter) -> Found:
    may(actor, PEOPLE)
    return Found(ports.queries.people.some(which), ports.queries.people.count(which))


def export_people(ports: Ports, *, actor: Actor, which: PersonFilter) -> Iterator[PersonView]:
    """Everybody whom the filter finds; that somebody took them along is written down first."""
    may(actor, PEOPLE)
    with ports.transactions(actor) as tx:
        write_down(
            ports,
            tx,
            "export people",
            by=actor,
            on=actor.account_id,
            kind="account",
            role=which.role.value if which.role else "",
            standing=which.standing.value if which.standing else "",
            text=which.text,
        )
        whose = which.role.value if which.role else "everybody"
        people_of = Subject("people")
        record(ports, tx, SecurityKind.PEOPLE_EXPORTED, by=actor, about=people_of, detail=whose)
    return ports.queries.people.stream(which)


def person(ports: Ports, *, actor: Actor, account_id: AccountId) -> Person:
    """Raises Missing."""
    may(actor, PEOPLE)
    customer_id, mechanic_id = CustomerId(account_id), MechanicId(account_id)
    which = SessionFilter(most=SESSIONS_MAX)
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(account_id)
        booked = ports.queries.sessions.of_customer(customer_id, which)
        moved = [each.amount for each in ports.queries.revenue.payments_of(customer_id)]
        done = ports.queries.sessions.of_mechanic(mechanic_id, which)
        return Person(
            account=account,
            consents=tx.consents.of(account_id),
            logins=tx.logins.of(account_id),
            sessions=tuple(sorted(booked + done, key=_made, reverse=True)),
            free_sessions=tx.free_sessions.get(customer_id),
            paid=sum((each for each in moved if each.minor > 0), Money(0)),
            returned=-sum((each for each in moved if each.minor < 0), Money(0)),
            spent=ports.queries.revenue.spent_by(customer_id),
            earned=_earned(ports, mechanic_id),
            mechanic=_mechanic(tx, account),
            application=tx.applications.of_subject(mechanic_id),
            deeds=tx.audit.of_subject(account_id, most=DEEDS_MAX),
            called_off=ports.queries.conduct.called_off(
                since=ports.now() - WINDOW, most=SESSIONS_MAX, person_id=account_id
            ),
        )


def _made(session: SessionView) -> datetime:
    return session.created_at


def _earned(ports: Ports, mechanic_id: MechanicId) -> Money:
    until = ports.now()
    found = ports.queries.revenue.earnings(mechanic_id, since=BEGINNING, until=until)
    return sum((each.net for each in found), Money(0))


def _mechanic(tx: Transaction, account: Account) -> Mechanic | None:
    """Somebody may wear the hat and have no profile yet."""
    if Role.MECHANIC not in account.roles:
        return None
    try:
        return tx.mechanics.get(MechanicId(account.id))
    except Missing:
        return None
