from datetime import datetime, timedelta

import pytest
from hypothesis import given

from autodoctor.domain.sessions.cancellation import CancellationTable, Cause, refund_of
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money, Rate
from autodoctor.testing.consultations import OPENED_AT
from autodoctor.testing.strategies.money import amounts, rates

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
APPOINTMENT = OPENED_AT + timedelta(days=3)
TABLE = CancellationTable()


def refunded(cause: Cause, *, notice: timedelta, table: CancellationTable = TABLE) -> int:
    """Percent of a scheduled session's price."""
    rate = table.refund_rate(
        status=SessionStatus.SCHEDULED,
        cause=cause,
        scheduled_for=APPOINTMENT,
        at=APPOINTMENT - notice,
    )
    return rate.basis_points // 100


@pytest.mark.parametrize(
    ("notice", "percent"),
    [
        (72 * HOUR, 100),
        (24 * HOUR + TICK, 100),
        (24 * HOUR, 100),
        (24 * HOUR - TICK, 50),
        (2 * HOUR + TICK, 50),
        (2 * HOUR, 50),
        (2 * HOUR - TICK, 0),
        (0 * HOUR, 0),
        (-HOUR, 0),
    ],
)
def test_what_a_customer_gets_back_of_an_appointment_depends_on_their_notice(
    notice: timedelta, percent: int
) -> None:
    assert refunded(Cause.CUSTOMER, notice=notice) == percent


@pytest.mark.parametrize("notice", [-10 * timedelta(minutes=1), 3 * HOUR, 72 * HOUR])
def test_a_customer_who_does_not_come_gets_nothing_back(notice: timedelta) -> None:
    assert refunded(Cause.CUSTOMER_NO_SHOW, notice=notice) == 0


@pytest.mark.parametrize("cause", [Cause.MECHANIC, Cause.PLATFORM, Cause.TOO_SHORT])
@pytest.mark.parametrize("notice", [72 * HOUR, 3 * HOUR, HOUR, -HOUR])
def test_whatever_others_cause_is_given_back_whole(cause: Cause, notice: timedelta) -> None:
    assert refunded(cause, notice=notice) == 100


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("status", [SessionStatus.WAITING, SessionStatus.MATCHED])
def test_before_the_start_of_a_session_for_now_everything_goes_back(
    status: SessionStatus, cause: Cause
) -> None:
    rate = TABLE.refund_rate(status=status, cause=cause, scheduled_for=None, at=OPENED_AT)

    assert rate == Rate.percent(100)


def test_an_appointment_nobody_has_accepted_is_given_back_whole_however_near() -> None:
    rate = TABLE.refund_rate(
        status=SessionStatus.WAITING,
        cause=Cause.CUSTOMER,
        scheduled_for=APPOINTMENT,
        at=APPOINTMENT - HOUR,
    )

    assert rate == Rate.percent(100)


def test_an_operator_sets_another_table() -> None:
    strict = CancellationTable(
        full_before=48 * HOUR,
        partial_before=12 * HOUR,
        partial=Rate.percent(25),
        late=Rate.percent(10),
    )

    assert refunded(Cause.CUSTOMER, notice=48 * HOUR, table=strict) == 100
    assert refunded(Cause.CUSTOMER, notice=47 * HOUR, table=strict) == 25
    assert refunded(Cause.CUSTOMER, notice=11 * HOUR, table=strict) == 10
    assert refunded(Cause.CUSTOMER_NO_SHOW, notice=48 * HOUR, table=strict) == 10


@pytest.mark.parametrize(
    ("paid", "percent", "back"),
    [
        (4999, 100, 4999),
        (4999, 50, 2500),
        (4999, 0, 0),
        (999, 50, 500),
        (499, 50, 250),
        (1, 50, 1),
        (1000, 50, 500),
        (0, 50, 0),
    ],
)
def test_half_a_cent_goes_to_the_customer(paid: int, percent: int, back: int) -> None:
    assert refund_of(Money(paid), Rate.percent(percent)) == Money(back)


@given(paid=amounts(), rate=rates())
def test_a_refund_is_its_rate_rounded_up_and_never_more_than_was_paid(
    paid: Money, rate: Rate
) -> None:
    back = refund_of(paid, rate)

    assert Money(0) <= back <= paid
    assert 0 <= back.minor * 10_000 - paid.minor * rate.basis_points < 10_000


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize("scheduled_for", [None, APPOINTMENT])
def test_who_does_not_come_gets_back_what_the_table_says_of_it(
    status: SessionStatus, scheduled_for: datetime | None
) -> None:
    table, paid = CancellationTable(late=Rate.percent(25)), Money(1000)
    rate = table.refund_rate(
        status=status,
        cause=Cause.CUSTOMER_NO_SHOW,
        scheduled_for=scheduled_for,
        at=APPOINTMENT,
    )

    absent = table.refund_if_absent(paid, status=status, scheduled_for=scheduled_for)

    assert absent == refund_of(paid, rate)
    booked = status is SessionStatus.SCHEDULED and scheduled_for is not None
    assert absent == Money(250 if booked else 1000)
