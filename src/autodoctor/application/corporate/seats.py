"""Those who run a company: who has which seat. The last owner stays."""

import attrs

from autodoctor.application.access.corporate import SEATS, TEAM
from autodoctor.application.access.may import may
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.seats import check_owner_stays
from autodoctor.application.corporate.inviting import check_seat
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.events import CompanySeatChanged
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, OrganizationId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def staff(ports: Ports, *, actor: Actor) -> tuple[Account, ...]:
    """By name."""
    may(actor, TEAM)
    with ports.transactions(actor) as tx:
        return tx.accounts.of_organization(open_organization(tx, actor).id)


def change_seat(ports: Ports, *, actor: Actor, account_id: AccountId, seat: str) -> Account:
    """Counts from their next click on. Again changes nothing. Refusals: InvalidField, Missing,
    LastOwnerStays."""
    may(actor, SEATS)
    given, at = check_seat(seat), ports.now()
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        before = _colleague(tx, company.id, account_id)
        if before.organization_seat is given:
            return before
        check_company_keeps_owner(tx, before)
        tx.outbox.record(CompanySeatChanged(account_id, company.id, given), by=actor, at=at)
        return tx.accounts.save(attrs.evolve(before, organization_seat=given))


def take_seat(ports: Ports, *, actor: Actor, account_id: AccountId) -> None:
    """They are out at their next click. Refusals: Missing, LastOwnerStays."""
    may(actor, SEATS)
    at = ports.now()
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        before = _colleague(tx, company.id, account_id)
        check_company_keeps_owner(tx, before)
        tx.accounts.save(_without_seat(before))
        end_logins(tx, account_id, at=at)
        tx.outbox.record(CompanySeatChanged(account_id, company.id, ""), by=actor, at=at)


def check_company_keeps_owner(tx: Transaction, account: Account) -> None:
    """Under the company's lock. Raises LastOwnerStays."""
    if account.organization_id is not None:
        running = tx.accounts.of_organization(account.organization_id)
        check_owner_stays({each.id: each.organization_seat for each in running}, account.id)


def _colleague(tx: Transaction, company_id: OrganizationId, account_id: AccountId) -> Account:
    found = tx.accounts.get(account_id, lock=True)
    if found.organization_id != company_id:
        raise Missing("account")
    return found


def _without_seat(account: Account) -> Account:
    """Somebody without another hat keeps this one, and can apply with a company of their own."""
    roles = account.roles - {Role.CORPORATE} or account.roles
    return attrs.evolve(account, organization_id=None, organization_seat=None, roles=roles)
