"""A workshop works here while it is approved and not suspended."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.workshops.workshop import (
    Workshop,
    WorkshopNeverApproved,
    WorkshopNotApproved,
    WorkshopSuspended,
)

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


def workshop(**changes: Any) -> Workshop:
    made = Workshop(
        id=WorkshopId(UUID(int=1)), name="Main Street", province="ON", city="Ottawa", approved=True
    )
    return attrs.evolve(made, **changes)


def test_an_approved_one_is_open() -> None:
    workshop().check_open()

    assert workshop().open


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"approved": False}, WorkshopNotApproved),
        ({"suspended_at": AT}, WorkshopSuspended),
        ({"approved": False, "suspended_at": AT}, WorkshopNotApproved),
    ],
)
def test_one_that_is_not_approved_or_is_suspended_is_told_which_in_this_order(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    closed = workshop(**changes)

    assert not closed.open
    with pytest.raises(refusal):
        closed.check_open()


def test_suspended_again_it_keeps_the_first_time_and_reason() -> None:
    suspended = workshop().suspend("Papers missing.", at=AT)

    assert (suspended.suspended_at, suspended.suspension_reason) == (AT, "Papers missing.")
    assert suspended.suspend("Another reason.", at=AT + timedelta(days=1)) is suspended


def test_one_that_was_never_approved_cannot_be_suspended() -> None:
    with pytest.raises(WorkshopNeverApproved):
        workshop(approved=False).suspend("Papers missing.", at=AT)


def test_back_again_it_is_as_it_was() -> None:
    suspended = workshop().suspend("Papers missing.", at=AT)

    assert suspended.reactivate() == workshop()
    assert suspended.reactivate().open


def test_one_that_is_not_suspended_does_not_come_back() -> None:
    never_left = workshop()

    assert never_left.reactivate() is never_left
