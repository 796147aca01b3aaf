"""How a session ended and what became of its money, for each of its two parties."""

from collections.abc import Mapping

import attrs
import pytest

from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.history_view import session_table
from autodoctor.entrypoints.web.pages.mechanic_history import session_table as mechanics_table
from autodoctor.entrypoints.web.pages.mechanic_report import report_view
from autodoctor.entrypoints.web.pages.money_lines import money_lines
from autodoctor.entrypoints.web.pages.outcome import customers_words, refund_promise
from autodoctor.entrypoints.web.pages.summary_view import summary_view
from autodoctor.ports.queries import SessionView
from support.seen import VIEW, WHEN

PRICE = Money(999)
REFUNDED = attrs.evolve(
    VIEW,
    status=S.REFUNDED,
    cause=Cause.REFUNDED_AT_PROVIDER,
    refunded=PRICE,
    refund_arrived=PRICE,
)
ENDED = "The payment was refunded in full, so the session ended."


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_session_that_a_refund_ended_says_so_to_both(minutes: int) -> None:
    view = attrs.evolve(REFUNDED, minutes_used=minutes)

    shown = summary_view(view, WHEN, report=None, files=())
    mechanics = report_view(view, None, None, WHEN)

    assert shown.sentence == f"{ENDED} We refunded $9.99 to your card."
    assert shown.short, "nobody is thanked for it"
    assert mechanics.sentence == "Dana's payment was refunded in full, so the session ended."
    ((_, _, state, *_),) = session_table((view,), WHEN, caption="", empty="").rows
    assert state.note == ENDED
    ((_, _, state, _),) = mechanics_table((view,), WHEN).rows
    assert state.note == "The payment was refunded"


def test_a_session_that_a_lost_dispute_ended_says_so_to_both() -> None:
    view = attrs.evolve(
        VIEW, status=S.CANCELLED, cause=Cause.DISPUTE_LOST, bank_returned=PRICE, minutes_used=0
    )
    ended = "The bank returned the payment, so the session ended."

    shown = summary_view(view, WHEN, report=None, files=())

    assert shown.sentence == f"{ended} Your bank gave you $9.99 back."
    mechanics = report_view(view, None, None, WHEN)
    assert mechanics.sentence == "Dana's bank returned the payment, so the session ended."
    ((_, _, state, *_),) = session_table((view,), WHEN, caption="", empty="").rows
    assert state.note == ended


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cause": Cause.CUSTOMER}, "You cancelled this session."),
        ({"cause": None, "started_at": None}, "Nobody could take your request in time."),
        ({"cause": Cause.TOO_SHORT}, "The session ended within a minute, so it does not count."),
    ],
)
def test_the_reason_stays_after_the_refund(changes: Mapping[str, object], told: str) -> None:
    view: SessionView = attrs.evolve(REFUNDED, **changes)

    assert customers_words(view).sentence == f"{told} We refunded $9.99 to your card."


def test_a_refund_paid_another_way_is_not_said_to_be_on_the_card() -> None:
    view = attrs.evolve(
        REFUNDED, cause=Cause.CUSTOMER, refund_settled=PRICE, settled_note="By e-transfer."
    )

    assert [(each.amount, each.detail) for each in money_lines(view).lines][1:] == [
        ("-$9.99", "paid another way: By e-transfer.")
    ]
    assert customers_words(view).sentence.endswith("We paid $9.99 back to you another way.")


def test_a_promise_is_of_what_is_left() -> None:
    half = attrs.evolve(VIEW, refunded=Money(500), refund_arrived=Money(500))

    assert refund_promise(half, PRICE).startswith("$4.99 is refunded")
    assert refund_promise(half, Money(500)) == ""
    assert refund_promise(attrs.evolve(half, disputed=PRICE), PRICE) == (
        "Your bank is looking into this payment: we refund $4.99 once the bank has decided."
    )


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_of_an_end_is_said(cause: Cause) -> None:
    called_off = attrs.evolve(VIEW, status=S.CANCELLED, cause=cause)

    assert not customers_words(called_off).sentence.startswith("This session did not take place")
