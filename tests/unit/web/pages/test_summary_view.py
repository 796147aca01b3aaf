from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.plans.catalogue import DEFAULT_PLANS
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.room.report import Amendment, Report
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.money_lines import money_lines
from autodoctor.entrypoints.web.pages.outcome import customers_words
from autodoctor.entrypoints.web.pages.summary_view import SummaryView, summary_view
from autodoctor.ports.queries import SessionView
from support.seen import FILE, ID, MAYA, NOW, SPACE, VIEW, WHEN

REPORT = Report(
    session_id=ID,
    mechanic_id=MAYA,
    findings="Pads worn",
    steps_taken="Looked at photos",
    next_steps="Replace them",
    parts_needed="",
    written_at=NOW,
)


def view(session: SessionView = VIEW, report: Report | None = None) -> SummaryView:
    return summary_view(session, WHEN, report=report, files=(FILE,))


def test_a_session_is_told_with_whom_when_and_how_long() -> None:
    facts = {fact.label: fact.value for fact in view().facts}

    assert view().title == "Quick Chat with Maya Okafor"
    assert facts["When"] == f"Today, 1:47{SPACE}p.m."
    assert facts["Time together"] == "25 minutes"


def test_a_session_without_a_mechanic_has_no_time_together() -> None:
    expired = attrs.evolve(
        VIEW, status=SessionStatus.EXPIRED, mechanic_name="", started_at=None, minutes_used=0
    )

    shown = view(expired)

    assert shown.title == "Quick Chat"
    assert shown.mechanic is None
    assert "Time together" not in [fact.label for fact in shown.facts]
    assert not shown.talked


@pytest.mark.parametrize(
    ("changes", "ratable"),
    [
        ({}, True),
        ({"stars": 4}, False),
        ({"status": SessionStatus.CANCELLED}, False),
        ({"status": SessionStatus.ARCHIVED, "started_at": None}, False),
        ({"status": SessionStatus.ESCALATED}, True),
    ],
)
def test_what_took_place_is_rated_once(changes: dict[str, object], ratable: bool) -> None:
    assert view(attrs.evolve(VIEW, **changes)).ratable is ratable  # type: ignore[arg-type]


@pytest.mark.parametrize(("stars", "told"), [(None, ""), (1, "1 star of 5"), (4, "4 stars of 5")])
def test_a_rating_that_was_given_is_shown(stars: int | None, told: str) -> None:
    assert view(attrs.evolve(VIEW, stars=stars)).rated == told


def test_a_paid_session_is_booked_again_with_what_was_told_before() -> None:
    assert view().again_url == f"/intake?plan=quick-chat&again={VIEW.intake_id}"
    assert view(attrs.evolve(VIEW, price=Money(0))).again_url == ""


class TestTheReport:
    def test_has_its_parts_in_order_and_leaves_out_what_is_empty(self) -> None:
        later = Amendment("Discs too", NOW - timedelta(minutes=5))

        shown = view(report=attrs.evolve(REPORT, amendments=(later,))).report

        assert shown is not None
        assert [heading for heading, _ in shown.sections] == [
            "Findings",
            "What was done",
            "Next steps",
            f"Added: Today, 2:27{SPACE}p.m.",
        ]
        assert shown.pdf_url == f"/api/sessions/{ID}/report.pdf"

    def test_is_announced_when_the_plan_has_one(self) -> None:
        included = attrs.evolve(VIEW, report_included=True)

        assert view(included).report_note.startswith("Maya Okafor writes the report now.")
        assert view().report_note.startswith("Maya Okafor writes your summary now")

    def test_is_not_announced_for_what_did_not_take_place(self) -> None:
        assert view(attrs.evolve(VIEW, status=SessionStatus.REFUNDED)).report_note == ""


class TestTheMoney:
    def test_is_what_was_paid(self) -> None:
        (total,) = money_lines(VIEW).totals

        assert (total.label, total.amount) == ("You paid", "$9.99")

    @pytest.mark.parametrize(
        ("arrived", "told"),
        [(0, "on its way back to your card"), (999, "sent back to your card")],
    )
    def test_goes_back_in_a_line_of_its_own(self, arrived: int, told: str) -> None:
        view = attrs.evolve(VIEW, refunded=Money(999), refund_arrived=Money(arrived))

        table = money_lines(view)

        assert [(line.amount, line.detail) for line in table.lines] == [
            ("$9.99", "paid by card"),
            ("-$9.99", told),
        ]
        assert table.totals[0].amount == "$0.00"

    def test_that_did_not_arrive_is_still_owed(self) -> None:
        table = money_lines(attrs.evolve(VIEW, refund_owed=Money(500)))

        assert [(line.amount, line.detail) for line in table.lines] == [
            ("$9.99", "paid by card"),
            ("$0.00", "$5.00 did not arrive; we owe it to you"),
        ]
        assert table.totals[0].amount == "$9.99"

    def test_a_session_whose_refund_is_owed_is_not_refunded(self) -> None:
        owed = attrs.evolve(VIEW, status=SessionStatus.REFUNDED, refund_owed=Money(999))

        told = customers_words(attrs.evolve(owed, cause=Cause.CUSTOMER))
        assert told.label == "Refund failed"
        assert told.sentence == (
            "You cancelled this session. Your refund did not arrive; we still owe it to you."
        )
        assert customers_words(attrs.evolve(owed, refund_owed=Money(0))).label == "Refunded"

    def test_of_a_free_session_is_none(self) -> None:
        assert money_lines(attrs.evolve(VIEW, price=Money(0))).lines == ()


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.REFUNDED])
def test_a_session_that_ended_within_a_minute_says_so(status: SessionStatus) -> None:
    short = attrs.evolve(VIEW, status=status, minutes_used=0, refunded=Money(999))
    free = attrs.evolve(short, price=Money(0), refunded=Money(0))

    assert view(short).sentence == (
        "The session ended within a minute, so it does not count. $9.99 is on its way back to your "
        "card."
    )
    assert view(free).sentence == "The session ended within a minute, so it does not count."


@pytest.mark.parametrize("status", SessionStatus)
def test_a_session_can_be_cancelled_from_its_page_until_it_starts(status: SessionStatus) -> None:
    before_the_start = (SessionStatus.WAITING, SessionStatus.MATCHED, SessionStatus.SCHEDULED)

    shown = view(attrs.evolve(VIEW, status=status, ended_at=None))

    assert shown.cancel_url == (f"/session/{ID}/cancel" if status in before_the_start else "")


@pytest.mark.parametrize("plan", DEFAULT_PLANS, ids=lambda plan: plan.slug)
def test_the_page_promises_what_the_plan_sells(plan: Plan) -> None:
    session = attrs.evolve(VIEW, plan=plan.slug, report_included=plan.report)

    note = view(session).report_note

    sold = " ".join(plan.perks)
    assert ("writes the report now" in note) == ("Written diagnostic report" in sold)
    assert ("writes your summary now" in note) == ("Written summary" in sold)


def test_of_a_session_that_was_refunded_in_full_no_report_is_promised() -> None:
    part, whole = (attrs.evolve(VIEW, refunded=each) for each in (Money(998), VIEW.price))

    assert view(part).report_note
    assert view(whole).report_note == ""
