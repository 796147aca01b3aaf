"""Closing one's account. Money, sessions, waivers and consents stay, without the person."""

from datetime import datetime

import attrs

from autodoctor.application.access.accounts import CLOSE
from autodoctor.application.access.may import may
from autodoctor.application.accounts import letters
from autodoctor.application.accounts.leaving import leave_mechanics, without_person
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.password import check_present
from autodoctor.application.accounts.sign_in import Present
from autodoctor.application.corporate.seats import check_company_keeps_owner
from autodoctor.application.garage.details import leave_no_photo
from autodoctor.application.mechanics.documents import leave_no_papers
from autodoctor.application.notifications.post import post
from autodoctor.application.workshops.seats import check_workshop_keeps_owner
from autodoctor.application.workshops.team import end_membership
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import AccountClosed
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import CustomerId, MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class SessionUnderWay(Conflict):
    """You have a session under way or booked; end or cancel it first."""


@attrs.frozen
class AdminsStay(Conflict):
    """Ask another admin to take your role away first."""


def close_account(ports: Ports, *, present: Present, password: str) -> None:
    """Raises what `check_present` does, LastOwnerStays, AdminsStay, SessionUnderWay. The address
    is free again."""
    may(present.actor, CLOSE)
    check_present(ports, present, password)
    at = ports.now()
    with ports.transactions(present.actor) as tx:
        _refuse_last_owner(tx, present.account)
        account = tx.accounts.get(present.account.id, lock=True)
        if Role.ADMIN in account.roles:
            raise AdminsStay()
        _refuse_under_way(tx, account)
        leave_no_papers(ports, tx, MechanicId(account.id))
        leave_no_photo(ports, tx, CustomerId(account.id))
        tx.erasure.forget(account.id)
        farewell = letters.closed(account)
        post(
            ports,
            tx,
            farewell,
            to=account.email,
            occasion="account_closed",
            reference=str(account.id),
            account_id=None,
        )
        _leave_team(tx, account, at=at)
        leave_mechanics(ports, tx, account)
        _leave_companies(tx, account, at=at)
        tx.accounts.save(without_person(account))
        end_logins(tx, account.id, at=at)
        tx.outbox.record(AccountClosed(account.id), by=present.actor, at=at)


def _refuse_under_way(tx: Transaction, account: Account) -> None:
    as_customer = tx.sessions.of_customer(CustomerId(account.id))
    as_mechanic = tx.sessions.of_mechanic(MechanicId(account.id))
    if as_customer or as_mechanic:
        raise SessionUnderWay()


def _refuse_last_owner(tx: Transaction, account: Account) -> None:
    """Of a workshop or company that works here. They are locked before their people, as
    everywhere."""
    if account.workshop_id is not None:
        workshop = tx.workshops.get(account.workshop_id, lock=True)
        if workshop.approved:
            check_workshop_keeps_owner(tx, tx.accounts.get(account.id))
    if account.organization_id is not None:
        company = tx.organizations.get(account.organization_id, lock=True)
        if company.approved:
            check_company_keeps_owner(tx, tx.accounts.get(account.id))


def _leave_team(tx: Transaction, account: Account, *, at: datetime) -> None:
    place = tx.memberships.of_mechanic(MechanicId(account.id))
    if place is not None:
        end_membership(tx, place, by=Actor(account.id, Role.MECHANIC), at=at)


def _leave_companies(tx: Transaction, account: Account, *, at: datetime) -> None:
    for employee in tx.employees.of_account(account.id):
        gone, events = tx.employees.get(employee.id, lock=True).forget(at=at)
        tx.employees.save(gone)
        tx.outbox.record(*events, by=SYSTEM, at=at)
