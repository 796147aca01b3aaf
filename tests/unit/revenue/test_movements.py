from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.movements import MovementStatus, Transfer
from autodoctor.domain.shared.ids import SessionId, TransferId
from autodoctor.domain.shared.money import Money

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = Transfer(
    id=TransferId(UUID(int=1)),
    session_id=SessionId(UUID(int=2)),
    account=AccountKind.MECHANIC,
    owner_id=UUID(int=3),
    amount=Money(4000),
    created_at=NOW,
)


def held() -> Transfer:
    return DUE.hold()


def done() -> Transfer:
    return DUE.done(provider_id="tr_1", at=NOW)


def void() -> Transfer:
    return DUE.void()


def test_a_new_movement_is_due() -> None:
    assert DUE.status is MovementStatus.DUE


def test_what_is_due_is_held_and_set_free_again() -> None:
    on_hold = held()

    assert on_hold.status is MovementStatus.HELD
    assert on_hold.free() == DUE
    assert on_hold.hold() is on_hold
    assert DUE.free() is DUE


def test_what_is_done_keeps_the_providers_first_answer() -> None:
    made = done()

    assert (made.status, made.provider_id, made.done_at) == (MovementStatus.DONE, "tr_1", NOW)
    assert made.done(provider_id="tr_2", at=NOW + HOUR) is made


@pytest.mark.parametrize("step", ["hold", "free", "void"])
def test_nothing_undoes_what_is_done(step: str) -> None:
    made = done()

    assert getattr(made, step)() is made


def test_what_was_not_made_yet_need_not_be_made() -> None:
    assert void().status is MovementStatus.VOID
    assert held().void().status is MovementStatus.VOID


@pytest.mark.parametrize("step", ["hold", "free"])
def test_what_is_void_stays_void(step: str) -> None:
    dropped = void()

    assert getattr(dropped, step)() is dropped


def test_what_was_withdrawn_is_not_done_any_more() -> None:
    assert void().done(provider_id="tr_1", at=NOW) == void()


def test_the_providers_end_is_open_while_it_is_pending() -> None:
    pending = DUE.tried(at=NOW).pending(provider_id="re_1")

    assert (pending.status, pending.provider_id) == (MovementStatus.PENDING, "re_1")
    assert pending.done(provider_id="re_1", at=NOW).status is MovementStatus.DONE
    assert pending.void() is pending


def test_what_is_done_may_fail_later_and_stays_failed() -> None:
    done = DUE.done(provider_id="re_1", at=NOW)

    failed = done.failed(why="lost_or_stolen_card")

    assert (failed.status, failed.failure) == (MovementStatus.FAILED, "lost_or_stolen_card")
    assert failed.provider_id == "re_1"
    assert failed.done(provider_id="re_1", at=NOW) is failed
    assert failed.pending(provider_id="re_1") is failed
    assert failed.failed(why="again") is failed


def test_what_failed_at_once_keeps_what_the_provider_called_it() -> None:
    failed = DUE.failed(why="expired_card", provider_id="re_2")

    assert (failed.provider_id, failed.failure) == ("re_2", "expired_card")


def test_news_of_an_earlier_state_change_nothing() -> None:
    done = DUE.done(provider_id="re_1", at=NOW)

    assert done.pending(provider_id="re_1") is done


def test_the_first_try_of_an_attempt_counts() -> None:
    tried = DUE.tried(at=NOW)

    assert tried.tried_at == NOW
    assert tried.tried(at=NOW + HOUR).tried_at == NOW


def test_a_definite_no_ends_an_attempt() -> None:
    refused = DUE.tried(at=NOW).refused()

    assert (refused.attempt, refused.tried_at) == (2, None)
    assert refused.tried(at=NOW + HOUR).tried_at == NOW + HOUR


@pytest.mark.parametrize(
    ("after", "maybe"),
    [(0 * HOUR, False), (20 * HOUR - timedelta(microseconds=1), False), (20 * HOUR, True)],
)
def test_a_try_that_the_provider_may_have_forgotten_may_have_worked(
    after: timedelta, maybe: bool
) -> None:
    assert DUE.tried(at=NOW).maybe_made(at=NOW + after) is maybe


def test_what_was_never_tried_was_not_made() -> None:
    assert not DUE.maybe_made(at=NOW + 1000 * HOUR)


@given(steps=st.lists(st.sampled_from(["hold", "free", "void", "refused"]), max_size=8))
def test_whatever_happens_before_the_amount_and_its_receiver_stay(steps: list[str]) -> None:
    movement = DUE
    for step in steps:
        movement = getattr(movement, step)()

    made = movement.done(provider_id="tr_1", at=NOW)
    unchanged = attrs.evolve(DUE, status=made.status, attempt=made.attempt)
    assert attrs.evolve(made, provider_id=None, done_at=None) == unchanged
