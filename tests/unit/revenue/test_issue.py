"""Money that needs a person: tried again while there is a debt, and closed once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.bank_payout import Payout, PayoutStatus
from autodoctor.domain.revenue.ids import IssueId
from autodoctor.domain.revenue.issue import (
    RETRIABLE,
    Issue,
    IssueClosed,
    IssueKind,
    NotRetriable,
    Resolution,
    paid_by_now,
)
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.testing.books import SESSION

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
ADMIN = AccountId(UUID(int=3))


def issue(kind: IssueKind = IssueKind.REFUND_FAILED) -> Issue:
    return Issue(
        id=IssueId(UUID(int=1)),
        kind=kind,
        subject_id=UUID(int=2),
        session_id=SESSION,
        checkout_id=None,
        amount=Money(2000),
        detail="expired_card",
        opened_at=AT,
    )


def test_it_is_closed_once_with_how_why_by_whom_and_when() -> None:
    later = AT + timedelta(days=1)

    closed = issue().close(Resolution.SETTLED, note="By cheque.", by=ADMIN, at=later)

    assert closed == attrs.evolve(
        issue(),
        resolution=Resolution.SETTLED,
        note="By cheque.",
        closed_by=ADMIN,
        closed_at=later,
    )
    with pytest.raises(IssueClosed) as refused:
        closed.close(Resolution.NOTED, note="Again.", by=ADMIN, at=later)

    assert refused.value.issue_id == issue().id


def test_one_whose_debt_is_paid_is_closed_by_nobody_and_once() -> None:
    later = AT + timedelta(days=1)

    closed = issue().close_paid(at=later)

    assert closed == attrs.evolve(issue(), resolution=Resolution.PAID, closed_at=later)
    with pytest.raises(IssueClosed) as refused:
        closed.close_paid(at=later)

    assert refused.value.issue_id == issue().id


OLDER = attrs.evolve(issue(), amount=Money(2000))
NEWER = attrs.evolve(
    issue(), id=IssueId(UUID(int=7)), amount=Money(3000), opened_at=AT + timedelta(minutes=1)
)
SAME_TIME = attrs.evolve(NEWER, opened_at=AT)


@pytest.mark.parametrize(
    ("owed", "paid"),
    [
        (5000, ()),
        (3001, ()),
        (3000, (OLDER,)),
        (1, (OLDER,)),
        (0, (NEWER, OLDER)),
        (-1, (NEWER, OLDER)),
    ],
)
def test_the_oldest_are_paid_as_long_as_the_rest_covers_what_is_owed(
    owed: int, paid: tuple[Issue, ...]
) -> None:
    assert paid_by_now((OLDER, NEWER), Money(owed)) == paid
    assert paid_by_now((NEWER, OLDER), Money(owed)) == paid


def test_of_those_opened_at_one_time_the_order_is_of_their_ids() -> None:
    assert paid_by_now((SAME_TIME, OLDER), Money(3000)) == (OLDER,)
    assert paid_by_now((OLDER, SAME_TIME), Money(3000)) == (OLDER,)


@pytest.mark.parametrize("kind", IssueKind)
def test_only_what_leaves_a_debt_is_tried_again_and_only_while_it_is_open(
    kind: IssueKind,
) -> None:
    closed = issue(kind).close(Resolution.NOTED, note="", by=ADMIN, at=AT)

    with pytest.raises(IssueClosed) as over:
        closed.check_retriable()
    assert over.value.issue_id == closed.id
    if kind in RETRIABLE:
        issue(kind).check_retriable()
        return
    with pytest.raises(NotRetriable) as refused:
        issue(kind).check_retriable()

    assert refused.value.kind is kind


def payout(status: PayoutStatus = PayoutStatus.PENDING, failure: str = "") -> Payout:
    return Payout(
        id=UUID(int=4),
        provider_id="po_1",
        account=AccountKind.MECHANIC,
        owner_id=UUID(int=5),
        amount=Money(3600),
        status=status,
        failure=failure,
        created_at=AT,
    )


@pytest.mark.parametrize("before", [PayoutStatus.PENDING, PayoutStatus.PAID])
@pytest.mark.parametrize("now", [PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.CANCELED])
def test_a_payout_becomes_what_the_provider_says(before: PayoutStatus, now: PayoutStatus) -> None:
    assert payout(before).become(now, failure="closed") == payout(now, failure="closed")


@pytest.mark.parametrize("before", PayoutStatus)
def test_late_news_that_it_is_pending_change_nothing(before: PayoutStatus) -> None:
    known = payout(before)

    assert known.become(PayoutStatus.PENDING, failure="late") is known


@pytest.mark.parametrize("before", [PayoutStatus.FAILED, PayoutStatus.CANCELED])
@pytest.mark.parametrize("now", PayoutStatus)
def test_from_a_failure_no_payout_comes_back(before: PayoutStatus, now: PayoutStatus) -> None:
    known = payout(before)

    assert known.become(now, failure="other") is known
