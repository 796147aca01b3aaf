"""Whoever holds an API key acts for the company, with at most the seat of who made it."""

from autodoctor.application.accounts.tokens import digest
from autodoctor.application.operations.security import record_key_refused
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.api_key import ApiKey
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.ports.bundle import Ports


def hold_key(ports: Ports, *, key: str) -> Actor | None:
    """None when it is unknown, revoked or expired, when the company may not use us at the
    moment, or when its maker is suspended or does not run the company any more: from the next
    request on. Such a try is recorded."""
    at = ports.now()
    found = ports.queries.api_keys.find(digest(key))
    if found is None:
        record_key_refused(ports, key_id=None)
        return None
    known, maker, company = found
    seat = _seat(known, maker)
    fine = known.alive(at=at) and company.open and maker.standing_at(at) is Standing.ACTIVE
    if seat is None or not fine:
        record_key_refused(ports, key_id=known.id)
        return None
    if known.worth_telling(at=at):
        with ports.transactions(SYSTEM) as tx:
            tx.api_keys.touch(known.id, at=at)
    return Actor(maker.id, Role.CORPORATE, organization_id=company.id, seat=seat, key_id=known.id)


def _seat(key: ApiKey, maker: Account) -> Seat | None:
    """None for a maker who has left."""
    there = Role.CORPORATE in maker.roles and maker.organization_id == key.organization_id
    return key.seat(maker.organization_seat) if there and maker.organization_seat else None
