"""Lists of people and applications tell the same of what is kept in memory and in PostgreSQL."""

from datetime import datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, DeedId, LoginId
from autodoctor.domain.vetting.application import ApplicationKind, ApplicationStatus
from autodoctor.ports.audit import Deed
from autodoctor.ports.audit_queries import DeedFilter, DeedView
from autodoctor.ports.people_queries import ApplicationFilter, PersonFilter
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session, a_mechanic, new_account
from support.vetting import DAY, new_application, new_document


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


def keep(kept: Transactions, word: str, role: Role = Role.CUSTOMER, **changes: object) -> Account:
    """Their name ends with the word."""
    made = attrs.evolve(new_account(role), name=f"Pat {word}", **changes)  # type: ignore[arg-type]
    with kept(SYSTEM) as tx:
        tx.accounts.add(made)
    return made


def word() -> str:
    return uuid4().hex[:12]


def test_people_are_found_by_name_address_and_phone_newest_first(
    kept: Transactions, queries: Queries
) -> None:
    said = word()
    first = keep(kept, said)
    second = keep(kept, "", email=EmailAddress(f"{said}@test.example"), created_at=AT + DAY)
    third = keep(kept, "", phone=f"+1{said}", created_at=AT + 2 * DAY)
    keep(kept, "nobody", Role.MECHANIC)
    which = PersonFilter(at=AT, text=said.upper())

    assert [each.id for each in queries.people.some(which)] == [third.id, second.id, first.id]
    assert [v.id for v in queries.people.some(attrs.evolve(which, skip=1, most=1))] == [second.id]
    assert queries.people.count(attrs.evolve(which, skip=1, most=1)) == 3
    assert tuple(queries.people.stream(which)) == queries.people.some(which)


def test_what_is_looked_for_is_taken_as_it_stands(kept: Transactions, queries: Queries) -> None:
    keep(kept, "100% sure_thing")

    assert queries.people.count(PersonFilter(at=AT, text="100%")) == 1
    assert queries.people.count(PersonFilter(at=AT, text="1%0")) == 0
    assert queries.people.count(PersonFilter(at=AT, text="sure-thing")) == 0


def test_a_suspension_that_is_over_is_none(kept: Transactions, queries: Queries) -> None:
    said = word()
    for until in (None, AT + DAY, AT):
        keep(kept, said, standing=Standing.SUSPENDED, suspended_until=until)
    which = PersonFilter(at=AT, text=said, standing=Standing.SUSPENDED)

    assert queries.people.count(which) == 2
    assert queries.people.count(attrs.evolve(which, standing=Standing.ACTIVE)) == 1
    assert queries.people.count(attrs.evolve(which, standing=Standing.BANNED)) == 0


def test_people_are_narrowed_by_hat_and_what_was_decided(
    kept: Transactions, queries: Queries
) -> None:
    said = word()
    customer = keep(kept, said, verified_at=AT)
    hat = keep(kept, said, Role.MECHANIC)
    mechanic = a_mechanic(kept).account_id
    with kept(SYSTEM) as tx:
        tx.accounts.save(attrs.evolve(tx.accounts.get(mechanic), name=said))
    which = PersonFilter(at=AT, text=said)

    def found(**more: object) -> set[AccountId]:
        asked = attrs.evolve(which, **more)  # type: ignore[arg-type]
        return {each.id for each in queries.people.some(asked)}

    assert found(role=Role.CUSTOMER) == found(verified=True) == {customer.id}
    assert found(role=Role.MECHANIC) == {hat.id, mechanic}
    assert found(role=Role.MECHANIC, approved=True) == {mechanic}
    assert found(role=Role.MECHANIC, approved=False) == {hat.id}


def test_a_person_is_told_with_what_they_did(kept: Transactions, queries: Queries) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(AccountId(session.customer_id))
        tx.logins.add(a_login(Actor(account.id, Role.CUSTOMER)))
        mechanic = tx.accounts.get(AccountId(session.mechanic_id))  # type: ignore[arg-type]

    (view,) = queries.people.some(PersonFilter(at=AT, text=account.email.text))
    (other,) = queries.people.some(PersonFilter(at=AT, text=mechanic.email.text))

    assert (view.booked, view.seen_at, view.mechanic) == (1, AT + DAY, None)
    assert (other.booked, other.seen_at) == (0, None)
    assert other.mechanic is not None
    assert (other.mechanic.approved, other.mechanic.profile_completion) == (True, 100)


def a_login(actor: Actor) -> Login:
    return Login(LoginId(uuid4()), actor.account_id, actor.role, uuid4().bytes, AT, AT + DAY)


def test_figures_count_everybody_who_has_not_left(kept: Transactions, queries: Queries) -> None:
    asked = {"at": AT, "since": AT + DAY - timedelta(minutes=1)}
    before = queries.people.figures(**asked)  # type: ignore[arg-type]
    both = frozenset({Role.CUSTOMER, Role.MECHANIC})
    one = keep(kept, "", roles=both)
    keep(kept, "", standing=Standing.CLOSED)
    keep(kept, "", standing=Standing.SUSPENDED)
    keep(kept, "", standing=Standing.BANNED)
    with kept(SYSTEM) as tx:
        tx.logins.add(a_login(Actor(one.id, Role.CUSTOMER)))
        tx.logins.add(a_login(Actor(one.id, Role.MECHANIC)))

    after = queries.people.figures(**asked)  # type: ignore[arg-type]

    assert after.by_role[Role.CUSTOMER] == before.by_role[Role.CUSTOMER] + 3
    assert after.by_role[Role.MECHANIC] == before.by_role[Role.MECHANIC] + 1
    assert (after.suspended, after.banned) == (before.suspended + 1, before.banned + 1)
    assert after.logged_in == before.logged_in + 1


def test_applications_wait_in_line(kept: Transactions, queries: Queries) -> None:
    said = word()
    applicant = keep(kept, said).id
    late = new_application(kept, applicant_id=applicant)
    early = new_application(kept, applicant_id=applicant)
    draft = new_application(kept, applicant_id=applicant, created_at=AT + 3 * DAY)
    other = new_application(kept, applicant_id=applicant, kind=ApplicationKind.WORKSHOP)
    paper = new_document(kept, subject_id=early.subject_id)
    with kept(SYSTEM) as tx:
        for each in (late, early, draft, other):
            tx.applications.add(each)
        tx.applications.save(late.submit(at=AT + 2 * DAY)[0])
        tx.applications.save(early.submit(at=AT + DAY)[0])
        tx.submitted_documents.add(paper)
    which = ApplicationFilter(text=said)

    found = queries.applications.some(which)

    assert [each.id for each in found] == [early.id, late.id, draft.id]
    assert [(each.papers, each.papers_pending) for each in found] == [(1, 1), (0, 0), (0, 0)]
    assert found[0].name == f"Pat {said}"
    waiting = attrs.evolve(which, statuses=frozenset({ApplicationStatus.SUBMITTED}), most=1)
    assert [each.id for each in queries.applications.some(waiting)] == [early.id]
    assert queries.applications.count(waiting) == 2


def test_applications_are_counted_by_state(kept: Transactions, queries: Queries) -> None:
    before = queries.applications.by_status(ApplicationKind.MECHANIC)
    made = new_application(kept)
    with kept(SYSTEM) as tx:
        tx.applications.add(made)

    after = queries.applications.by_status(ApplicationKind.MECHANIC)

    drafts = ApplicationStatus.DRAFT
    assert after[drafts] == before.get(drafts, 0) + 1


def test_deeds_are_told_with_names_and_narrowed(kept: Transactions, queries: Queries) -> None:
    staff, other = keep(kept, "Staff", Role.ADMIN).id, keep(kept, "Other", Role.ADMIN).id
    person = keep(kept, "Person").id
    first = a_deed(staff, person)
    second = a_deed(other, person, at=AT + DAY)
    elsewhere = a_deed(staff, AccountId(uuid4()), at=AT + 2 * DAY)
    with kept(SYSTEM) as tx:
        for deed in (first, second, elsewhere):
            tx.audit.record(deed)

    def told(**asked: object) -> list[DeedView]:
        return list(queries.audit.some(DeedFilter(**asked)))  # type: ignore[arg-type]

    assert told(on=person) == [
        DeedView(second, "Pat Other", "Pat Person"),
        DeedView(first, "Pat Staff", "Pat Person"),
    ]
    assert told(by=staff) == [
        DeedView(elsewhere, "Pat Staff", ""),
        DeedView(first, "Pat Staff", "Pat Person"),
    ]
    assert told(on=person, by=other, most=1) == told(on=person, most=1)
    assert told(on=person, before=AT + DAY) == [DeedView(first, "Pat Staff", "Pat Person")]


def a_deed(by: AccountId, on: AccountId, at: datetime = AT) -> Deed:
    return Deed(
        id=DeedId(uuid4()),
        at=at,
        actor_id=by,
        actor_role=Role.ADMIN,
        action="suspend account",
        subject_kind="account",
        subject_id=on,
        reason="Rude.",
        facts={"days": 7},
    )
