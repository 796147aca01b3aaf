"""A file of employees is done exactly as it was said."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autodoctor.application.accounts.joining import join_known
from autodoctor.application.corporate.employee_details import EmployeeForm
from autodoctor.application.corporate.employees import listed
from autodoctor.application.corporate.employing import invite_employee
from autodoctor.application.corporate.roster import take_roster
from autodoctor.domain.corporate.roster import Line, Outcome
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.employee_queries import EmployeeFilter, EmployeeRow
from autodoctor.testing.ports import Town, memory_town
from support.corporate import a_company, a_department, an_employee, who_runs
from support.newcomers import letters
from support.scenery import an_account

FILE = """email,name,department,number,role,monthly limit
employed@test.example,Dee Dee,Deliveries,1,,2
expected@test.example,,,2,supervisor,
new@test.example,New Driver,deliveries,3,driver,0
new@test.example,,,,,
wrong@test.example,,Nowhere,,,
"""


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    """Of a company with a department, one employee and one who is expected."""
    return _boss(town)


def _boss(town: Town) -> Actor:
    boss = who_runs(town.kept, a_company(town.kept, tier=Tier.STARTER))
    a_department(town.kept, organization_id=boss.organization_id)
    account = an_account(town.kept)
    with town.kept(SYSTEM) as tx:
        known = tx.accounts.get(account.account_id)
        email = attrs.evolve(known.email, text="employed@test.example")
        tx.accounts.save(attrs.evolve(known, email=email))
    an_employee(town.kept, organization_id=boss.organization_id, account_id=known.id)
    invite_employee(
        town.ports, actor=boss, email="expected@test.example", form=EmployeeForm(number="2")
    )
    return boss


def rows(town: Town, boss: Actor) -> dict[str, EmployeeRow]:
    page = listed(town.ports, actor=boss, which=EmployeeFilter())
    return {row.email: row for row in page.rows}


def take(town: Town, boss: Actor, told: str = FILE, *, dry_run: bool) -> tuple[Line, ...]:
    return take_roster(town.ports, actor=boss, data=told.encode(), dry_run=dry_run)


def test_a_dry_run_changes_nothing_and_says_what_would_happen(town: Town, boss: Actor) -> None:
    before, mails = rows(town, boss), len(letters(town, "new@test.example"))

    lines = take(town, boss, dry_run=True)

    assert [line.outcome for line in lines] == [
        Outcome.CHANGED,
        Outcome.CHANGED,
        Outcome.INVITE,
        Outcome.REFUSED,
        Outcome.REFUSED,
    ]
    assert [line.column for line in lines[3:]] == ["email", "department"]
    assert rows(town, boss) == before
    assert len(letters(town, "new@test.example")) == mails == 0


def test_the_execution_is_what_the_dry_run_said(town: Town, boss: Actor) -> None:
    said = take(town, boss, dry_run=True)

    assert take(town, boss, dry_run=False) == said
    after = rows(town, boss)
    assert set(after) == {f"{who}@test.example" for who in ("employed", "expected", "new")}
    changed, expected, new = (
        after[f"{who}@test.example"] for who in ("employed", "expected", "new")
    )
    assert (changed.name, changed.number, changed.department) == ("Dee Dee", "1", "Deliveries")
    assert (expected.role, expected.status) == ("supervisor", "invited")
    assert (new.name, new.monthly_sessions_max, new.status) == ("New Driver", 0, "invited")
    assert len(letters(town, "new@test.example")) == 1
    assert not letters(town, "wrong@test.example")


def test_the_same_file_again_does_nothing(town: Town, boss: Actor) -> None:
    take(town, boss, dry_run=False)
    before = rows(town, boss)

    again = take(town, boss, dry_run=False)

    assert [line.outcome for line in again][:3] == [
        Outcome.EMPLOYED,
        Outcome.INVITED,
        Outcome.INVITED,
    ]
    assert rows(town, boss) == before
    assert len(letters(town, "new@test.example")) == 1


def test_who_is_invited_by_a_file_becomes_what_it_says(town: Town, boss: Actor) -> None:
    take(town, boss, dry_run=False)
    code = letters(town, "new@test.example")[-1].text.split("/invitations/")[1].split()[0]
    account = an_account(town.kept)
    with town.kept(SYSTEM) as tx:
        known = tx.accounts.get(account.account_id)
        email = attrs.evolve(known.email, text="new@test.example")
        tx.accounts.save(attrs.evolve(known, email=email))

    join_known(town.ports, actor=account, code=code)

    new = rows(town, boss)["new@test.example"]
    assert (new.status, new.number, new.department) == ("active", "3", "Deliveries")


def test_a_file_that_cannot_be_read_is_refused_as_a_whole(town: Town, boss: Actor) -> None:
    with pytest.raises(InvalidField, match="file"):
        take(town, boss, "name\nDee\n", dry_run=True)


PEOPLE = st.sampled_from(["employed", "expected", "new", "more", "last"])
CELLS = st.sampled_from(["", "1", "2", "9", "Deliveries", "driver", "=1", "x"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(PEOPLE, CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_whatever_the_file_the_execution_is_what_the_dry_run_said(
    told: list[tuple[str, ...]],
) -> None:
    town = memory_town()
    boss = _boss(town)
    lines = [f"{who}@test.example,{','.join(cells)}" for who, *cells in told]
    text = "\n".join(["email,name,department,number,role,monthly limit", *lines])

    said = take(town, boss, text, dry_run=True)
    done = take(town, boss, text, dry_run=False)
    after = rows(town, boss)

    assert said == done
    for line in done:
        if line.details is not None:
            row = after[line.email]
            assert (row.name, row.number) == (line.details.name, line.details.number)
            assert row.department == line.details.department
