"""Keys of companies that may be kept, and people who run a company."""

from typing import Any
from uuid import uuid4

from autodoctor.application.corporate.api_keys import NewKey, make_key
from autodoctor.domain.corporate.api_key import ApiKey, Scope
from autodoctor.domain.shared.actor import SYSTEM, Actor, Seat
from autodoctor.domain.shared.ids import ApiKeyId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transactions
from support.corporate import a_company, who_runs
from support.people import Person, logged_in
from support.scenery import AT


def company_person(ports: Ports, seat: Seat = Seat.OWNER) -> Person:
    """Logged in, with that seat in a new company that is open."""
    return logged_in(ports, who_runs(ports.transactions, a_company(ports.transactions), seat))


def made_key(ports: Ports, actor: Actor, scope: Scope = Scope.MANAGE) -> NewKey:
    return make_key(ports, actor=actor, name="Payroll", scope=scope)


def new_key(kept: Transactions, **changes: Any) -> ApiKey:
    """Of a new company, unless told of which; not kept yet."""
    if "organization_id" not in changes:
        company = a_company(kept)
        changes["organization_id"] = company.id
        changes.setdefault("created_by", who_runs(kept, company).account_id)
    given: dict[str, Any] = {
        "id": ApiKeyId(uuid4()),
        "name": "Payroll",
        "scope": Scope.READ,
        "prefix": "0a1b2c3d",
        "secret_hash": uuid4().bytes * 2,
        "created_at": AT,
    }
    return ApiKey(**{**given, **changes})


def a_kept_key(kept: Transactions, **changes: Any) -> ApiKey:
    key = new_key(kept, **changes)
    with kept(SYSTEM) as tx:
        tx.api_keys.add(key)
    return key
