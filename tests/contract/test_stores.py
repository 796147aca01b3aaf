"""What all stores have in common, held against each of them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.sessions.opening import open_request
from autodoctor.domain.sessions.routing import Routing
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import ProgramApplicationId, ProgramId, RequestId
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.program import Audience, Program, ProgramApplication
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transaction, Transactions
from support.api_keys import new_key
from support.claims import new_claim
from support.corporate import new_department, new_employee, new_organization
from support.enrolments import new_enrolment
from support.garage import new_vehicle
from support.joining import new_draft
from support.movements import a_refund, a_reversal, a_transfer, new_issue, new_payout
from support.scenery import (
    AT,
    a_kept_session,
    a_mechanic,
    a_session,
    an_account,
    new_account,
    new_checkout,
    new_intake,
    new_mechanic,
    new_workshop,
)
from support.vetting import new_application, new_document, new_invitation


def a_kept_transfer(kept: Transactions) -> Any:
    transfer = a_transfer(a_kept_session(kept, status=SessionStatus.COMPLETED))
    with kept(SYSTEM) as tx:
        tx.transfers.add(transfer)
    return transfer


def new_membership(kept: Transactions) -> Membership:
    workshop = new_workshop()
    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
    mechanic_id = a_mechanic(kept).mechanic_id
    return Membership(id=mechanic_id, workshop_id=workshop.id, asked_at=AT)


def new_program() -> Program:
    return Program(
        id=ProgramId(uuid4()),
        brand="Honda",
        title="Hybrid care",
        description="Training and parts.",
        created_at=AT,
        perks=("Training", "Parts"),
    )


def new_program_application(kept: Transactions) -> ProgramApplication:
    program = new_program()
    with kept(SYSTEM) as tx:
        tx.programs.add(program)
    mechanic = a_mechanic(kept)
    return ProgramApplication(
        id=ProgramApplicationId(uuid4()),
        program_id=program.id,
        audience=Audience.MECHANICS,
        subject_id=mechanic.mechanic_id,
        applicant_id=mechanic.account_id,
        message="Ten years with hybrids.",
        created_at=AT,
    )


def a_request(kept: Transactions) -> Any:
    session = a_kept_session(kept)
    return open_request(session, request_id=RequestId(uuid4()), routing=Routing(), at=AT)


MAKERS: dict[str, Callable[[Transactions], Any]] = {
    "accounts": lambda _kept: new_account(),
    "workshops": lambda _kept: new_workshop(),
    "mechanics": lambda kept: new_mechanic(an_account(kept, Role.MECHANIC)),
    "intakes": lambda kept: new_intake(kept, an_account(kept).customer_id),
    "checkouts": new_checkout,
    "sessions": a_session,
    "requests": a_request,
    "transfers": lambda kept: a_transfer(a_kept_session(kept, status=SessionStatus.COMPLETED)),
    "refunds": lambda kept: a_refund(a_kept_session(kept)),
    "vehicles": new_vehicle,
    "applications": new_application,
    "submitted_documents": new_document,
    "invitations": new_invitation,
    "memberships": new_membership,
    "organizations": lambda _kept: new_organization(),
    "departments": new_department,
    "employees": new_employee,
    "api_keys": new_key,
    "enrolments": new_enrolment,
    "programs": lambda _kept: new_program(),
    "program_applications": new_program_application,
    "claims": lambda _kept: new_claim(),
    "drafts": lambda _kept: new_draft(),
    "issues": lambda kept: new_issue(a_kept_session(kept)),
    "payouts": lambda _kept: new_payout(),
    "reversals": lambda kept: a_reversal(a_kept_transfer(kept)),
}


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest) -> str:
    """The name of a store in a transaction."""
    return str(request.param)


@pytest.fixture
def thing(kept: Transactions, store: str) -> Any:
    """One that may be added."""
    return MAKERS[store](kept)


def of(tx: Transaction, store: str) -> Any:
    return getattr(tx, store)


def added(kept: Transactions, store: str, thing: Any) -> Any:
    with kept(SYSTEM) as tx:
        of(tx, store).add(thing)
    return thing


def stored(kept: Transactions, store: str, key: object) -> Any:
    with kept(SYSTEM) as tx:
        return of(tx, store).get(key)


def test_every_store_is_looked_at(kept: Transactions) -> None:
    with kept(SYSTEM) as tx:
        names = [name for name in dir(Transaction) if not name.startswith("_")]
        stores = [n for n in names if all(hasattr(of(tx, n), m) for m in ("add", "get", "save"))]

    assert sorted(stores) == sorted([*MAKERS, "files"]), "files have no version: see test_room"


def test_what_was_added_comes_back_as_it_was(kept: Transactions, store: str, thing: Any) -> None:
    added(kept, store, thing)

    with kept(SYSTEM) as tx:
        found, locked = of(tx, store).get(thing.id), of(tx, store).get(thing.id, lock=True)

    assert found == locked == thing


def test_what_is_not_there_is_missing(kept: Transactions, store: str) -> None:
    for lock in (False, True):
        with kept(SYSTEM) as tx, pytest.raises(Missing):
            of(tx, store).get(uuid4(), lock=lock)


def test_an_id_that_exists_is_stale(kept: Transactions, store: str, thing: Any) -> None:
    added(kept, store, thing)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        of(tx, store).add(thing)

    assert stored(kept, store, thing.id) == thing


def test_a_new_thing_begins_at_version_0(kept: Transactions, store: str, thing: Any) -> None:
    added(kept, store, attrs.evolve(thing, version=7))

    assert stored(kept, store, thing.id).version == 0


def test_saving_counts_versions(kept: Transactions, store: str, thing: Any) -> None:
    added(kept, store, thing)

    with kept(SYSTEM) as tx:
        once = of(tx, store).save(thing)
        twice = of(tx, store).save(once)

    assert (once.version, twice.version) == (1, 2)
    assert stored(kept, store, thing.id) == twice


def test_an_old_version_is_stale_and_changes_nothing(
    kept: Transactions, store: str, thing: Any
) -> None:
    added(kept, store, thing)
    with kept(SYSTEM) as tx:
        saved = of(tx, store).save(thing)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        of(tx, store).save(thing)

    assert stored(kept, store, thing.id) == saved


def test_what_was_never_added_cannot_be_saved(kept: Transactions, store: str, thing: Any) -> None:
    with pytest.raises(Stale), kept(SYSTEM) as tx:
        of(tx, store).save(thing)


def test_an_exception_undoes_adding_and_saving(kept: Transactions, store: str, thing: Any) -> None:
    other = added(kept, store, MAKERS[store](kept))

    def fail() -> None:
        with kept(SYSTEM) as tx:
            of(tx, store).add(thing)
            of(tx, store).save(other)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert stored(kept, store, other.id) == other
    with pytest.raises(Missing):
        stored(kept, store, thing.id)
