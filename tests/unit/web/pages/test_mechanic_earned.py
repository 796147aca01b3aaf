from datetime import date

import pytest

from autodoctor.application.mechanics.earnings import Earnings
from autodoctor.domain.revenue.movements import MovementStatus
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.mechanic_earned import EarningsView, earnings_view
from autodoctor.entrypoints.web.pages.mechanic_ranges import asked_for
from autodoctor.ports.money_views import EarningView
from support.seen import ID, NOW, WHEN

TODAY = date(2026, 3, 12)


def earned(**given: str) -> EarningView:
    return EarningView(
        session_id=ID,
        at=NOW,
        plan_name="Quick Chat",
        kind="chat",
        customer_first_name="Robin",
        gross=Money(4999),
        platform=Money(999),
        workshop=Money(400),
        net=Money(3600),
        transfer_status=given.get("transfer_status", "done"),
    )


def view(*rows: EarningView, **asked: str) -> EarningsView:
    return earnings_view(Earnings(rows), asked_for(asked, today=TODAY), WHEN)


def test_the_totals_are_the_sums_of_the_rows() -> None:
    shown = view(earned(), earned())

    assert (shown.gross, shown.platform) == ("$99.98", "$19.98")
    assert (shown.workshop, shown.net) == ("$8.00", "$72.00")
    assert shown.sessions == "2 sessions"


@pytest.mark.parametrize("status", ["", *MovementStatus])
def test_every_state_of_a_payout_is_told_in_words(status: str) -> None:
    [row] = view(earned(transfer_status=status)).table.rows

    assert row[5].text != status
    assert len(row[5].text.split()) >= 3


def test_nothing_earned_says_so() -> None:
    shown = view()

    assert (shown.net, shown.sessions) == ("$0.00", "0 sessions")
    assert shown.table.rows == ()
    assert shown.table.empty.endswith(".")


def test_the_range_of_today_leads_back_and_not_into_the_future() -> None:
    shown = view(range="month")

    assert shown.before == "/mechanic/earnings?range=month&on=2026-02-01"
    assert shown.after == ""
    assert view(range="month", on="2026-02-10").after.endswith("on=2026-03-01")


def test_a_custom_range_moves_by_its_own_length() -> None:
    shown = view(range="custom", **{"from": "2026-02-01", "to": "2026-02-07"})

    assert shown.custom
    assert shown.before.endswith("from=2026-01-25&to=2026-01-31")
    assert shown.after.endswith("from=2026-02-08&to=2026-02-14")


def test_an_error_stands_at_its_field() -> None:
    shown = view(range="custom", **{"from": "2026-02-07", "to": "2026-02-01"})

    assert shown.errors["from"] == ""
    assert shown.errors["to"].endswith(".")
