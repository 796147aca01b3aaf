"""Money that needs a person, whose payout account it is, and who is told."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.booking.checkout import CheckoutStatus
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import Issue, IssueKind, Resolution
from autodoctor.domain.revenue.money_check import Difference, DifferenceKind, MoneyCheck
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId, CheckoutId
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions
from support.movements import a_dispute, a_transfer, new_issue, new_payout
from support.postgres import Database
from support.scenery import AT, a_kept_session, an_account, new_mechanic, new_workshop

HOUR = timedelta(hours=1)


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


def opened(kept: Transactions, **changes: object) -> Issue:
    issue = attrs.evolve(new_issue(a_kept_session(kept)), **changes)
    with kept(SYSTEM) as tx:
        assert tx.issues.open(issue)
    return issue


def test_an_issue_is_opened_once_for_its_subject(kept: Transactions) -> None:
    issue = opened(kept)
    again = attrs.evolve(issue, id=new_issue(a_kept_session(kept)).id)
    other = attrs.evolve(again, kind=IssueKind.REFUND_AT_PROVIDER)

    with kept(SYSTEM) as tx:
        assert not tx.issues.open(again)
        assert tx.issues.open(other)

    with kept(SYSTEM) as tx:
        assert tx.issues.get(issue.id) == issue


def test_open_issues_are_listed_oldest_first_and_closed_ones_newest_first(
    kept: Transactions, queries: Queries
) -> None:
    later = opened(kept, opened_at=AT + HOUR)
    issues = [opened(kept), opened(kept), later]
    admin = an_account(kept, Role.ADMIN)
    with kept(SYSTEM) as tx:
        for number, issue in enumerate(issues[:2]):
            at = AT + (2 + number) * HOUR
            closed = issue.close(Resolution.NOTED, note="fine", by=admin.account_id, at=at)
            tx.issues.save(closed)
    mine = {each.id for each in issues}

    waiting = [each.id for each in queries.money.open_issues() if each.id in mine]
    done = [each.id for each in queries.money.closed_issues() if each.id in mine]

    assert waiting == [later.id]
    assert done == [issues[1].id, issues[0].id]


def test_open_disputes_are_listed_oldest_first_with_whose_payment_it_is(
    kept: Transactions, queries: Queries
) -> None:
    older, newer, closed = (a_dispute(a_kept_session(kept)) for _ in range(3))
    newer = attrs.evolve(newer, opened_at=older.opened_at + HOUR)
    with kept(SYSTEM) as tx:
        for each in (newer, older, closed):
            assert tx.disputes.add(each)
        assert tx.disputes.close(attrs.evolve(closed, closed_at=AT + HOUR, won=True))
    mine = {each.provider_id for each in (older, newer, closed)}

    found = [each for each in queries.money.open_disputes() if each.provider_id in mine]

    assert [each.provider_id for each in found] == [older.provider_id, newer.provider_id]
    assert (found[0].session_id, found[0].amount) == (older.session_id, older.amount)
    assert found[0].paid_for.customer_name


def test_open_issues_of_a_payment_are_found_until_they_are_paid(kept: Transactions) -> None:
    later = opened(kept, opened_at=AT + HOUR)
    first = attrs.evolve(
        new_issue(a_kept_session(kept)), checkout_id=later.checkout_id, opened_at=AT
    )
    other = attrs.evolve(
        new_issue(a_kept_session(kept)),
        checkout_id=later.checkout_id,
        kind=IssueKind.REFUND_AT_PROVIDER,
    )
    with kept(SYSTEM) as tx:
        assert tx.issues.open(first)
        assert tx.issues.open(other)
    assert later.checkout_id is not None

    with kept(SYSTEM) as tx:
        found = tx.issues.open_of(later.checkout_id, later.kind)
        paid = tx.issues.save(first.close_paid(at=AT + HOUR))
    with kept(SYSTEM) as tx:
        left = tx.issues.open_of(later.checkout_id, later.kind)
        assert tx.issues.get(first.id) == paid

    assert [each.id for each in found] == [first.id, later.id]
    assert [each.id for each in left] == [later.id]
    assert (paid.resolution, paid.closed_by) == (Resolution.PAID, None)


def test_payouts_are_found_by_the_providers_id_and_their_owner_by_the_account(
    kept: Transactions,
) -> None:
    payout = new_payout()
    mechanic = new_mechanic(an_account(kept, Role.MECHANIC))
    workshop = attrs.evolve(new_workshop(), payout_account=f"acct_{uuid4()}")
    account = f"acct_{uuid4()}"
    with kept(SYSTEM) as tx:
        tx.payouts.add(payout)
        tx.mechanics.add(attrs.evolve(mechanic, payout_account=account))
        tx.workshops.add(workshop)

    with kept(SYSTEM) as tx:
        assert tx.payouts.by_provider(payout.provider_id) == payout
        assert tx.payouts.by_provider("po_unknown") is None
        assert tx.payouts.owner_of(account) == Account.mechanic(mechanic.id)
        assert tx.payouts.owner_of(str(workshop.payout_account)) == Account.workshop(workshop.id)
        assert tx.payouts.owner_of("acct_unknown") is None


def test_a_transfer_is_found_by_the_providers_id(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    made = a_transfer(session).done(provider_id=f"tr_{uuid4()}", at=AT)
    with kept(SYSTEM) as tx:
        tx.transfers.add(made)

    with kept(SYSTEM) as tx:
        assert tx.transfers.by_provider(str(made.provider_id)) == made
        assert tx.transfers.by_provider("tr_unknown") is None


def test_a_party_may_have_another_transfer_after_one_that_failed(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    failed = a_transfer(session).failed(why="account_invalid")
    second = attrs.evolve(a_transfer(session), created_at=AT + HOUR)
    with kept(SYSTEM) as tx:
        tx.transfers.add(failed)
        tx.transfers.add(second)

    with kept(SYSTEM) as tx:
        assert tx.transfers.of_session(session.id) == (failed, second)


def test_a_checkout_knows_of_its_disputes(kept: Transactions) -> None:
    session = a_kept_session(kept)
    assert session.checkout_id is not None
    dispute = a_dispute(session)
    lost = attrs.evolve(dispute, closed_at=AT + HOUR, won=False)

    found = []
    for step in (
        lambda tx: None,
        lambda tx: tx.disputes.add(dispute),
        lambda tx: tx.disputes.close(lost),
    ):
        with kept(SYSTEM) as tx:
            step(tx)
        with kept(SYSTEM) as tx:
            found.append(tx.disputes.about(session.checkout_id))

    assert found == [(), (dispute,), (lost,)]


def test_staff_are_all_admins_who_are_not_shut_out(kept: Transactions) -> None:
    admin, out = an_account(kept, Role.ADMIN), an_account(kept, Role.ADMIN)
    customer = an_account(kept)
    with kept(SYSTEM) as tx:
        banned = tx.accounts.get(out.account_id, lock=True)
        tx.accounts.save(attrs.evolve(banned, standing=Standing.BANNED))

    with kept(SYSTEM) as tx:
        staff = set(tx.accounts.staff())

    assert AccountId(admin.account_id) in staff
    assert staff.isdisjoint({out.account_id, customer.account_id})


def test_the_newest_comparison_is_told(kept: Transactions, queries: Queries) -> None:
    difference = Difference(DifferenceKind.CASH_DIFFERS, "a checkout", "1 more")
    later = MoneyCheck(
        id=uuid4(), at=AT + 9 * HOUR, checked=7, under_way=1, differences=(difference,)
    )
    with kept(SYSTEM) as tx:
        tx.money_checks.add(later)
        tx.money_checks.add(attrs.evolve(later, id=uuid4(), at=AT, differences=()))

    assert queries.money.last_check() == later
    assert queries.money.entries_without_postings() == ()


def test_settled_checkouts_are_gone_through_in_pages(kept: Transactions) -> None:
    made = set()
    for _ in range(3):
        session = a_kept_session(kept)
        assert session.checkout_id is not None
        with kept(SYSTEM) as tx:
            checkout = tx.checkouts.get(session.checkout_id, lock=True)
            tx.checkouts.save(attrs.evolve(checkout, status=CheckoutStatus.FULFILLED))
        made.add(session.checkout_id)

    seen: list[CheckoutId] = []
    while True:
        with kept(SYSTEM) as tx:
            page = tx.checkouts.settled_after(seen[-1] if seen else None, most=2)
        seen += page
        if not page:
            break

    assert made <= set(seen)
    assert seen == sorted(set(seen))


def test_an_issue_names_the_customer_whose_payment_it_is_about(
    kept: Transactions, queries: Queries
) -> None:
    mine = opened(kept)
    of_checkout = opened(kept, session_id=None)
    nobodys = opened(kept, session_id=None, checkout_id=None, kind=IssueKind.PAYOUT_FAILED)

    found = queries.money.paid_for([mine.id, of_checkout.id, nobodys.id])

    assert set(found) == {mine.id, of_checkout.id}
    assert (found[mine.id].customer_name, found[mine.id].plan_name) == (
        "Casey Driver",
        "Full Diagnostic",
    )
    assert queries.money.paid_for([]) == {}
