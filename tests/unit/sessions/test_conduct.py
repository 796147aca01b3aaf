"""Who cancels again and again after contact."""

from datetime import timedelta
from uuid import UUID

import pytest

from autodoctor.domain.sessions.conduct import CalledOff, in_contact, repeated
from autodoctor.domain.shared.ids import CustomerId, MechanicId, SessionId
from autodoctor.testing.consultations import OPENED_AT


def called_off(number: int, customer: int, mechanic: int) -> CalledOff:
    """The higher its number, the newer."""
    return CalledOff(
        session_id=SessionId(UUID(int=number)),
        customer_id=CustomerId(UUID(int=customer)),
        customer_name=f"customer {customer}",
        mechanic_id=MechanicId(UUID(int=mechanic)),
        mechanic_name=f"mechanic {mechanic}",
        messages=3,
        at=OPENED_AT + timedelta(hours=number),
    )


HAPPENED = (
    called_off(1, 11, 21),
    called_off(2, 12, 21),
    called_off(3, 12, 22),
    called_off(4, 11, 22),
    called_off(5, 13, 21),
    called_off(6, 12, 22),
)


def test_those_who_have_done_it_twice_are_told_most_often_first() -> None:
    found = repeated(HAPPENED, lambda each: each.customer_id)

    assert [(each.last.customer_name, each.times) for each in found] == [
        ("customer 12", 3),
        ("customer 11", 2),
    ]


def test_with_as_many_times_the_newest_comes_first() -> None:
    found = repeated(HAPPENED, lambda each: each.mechanic_id)

    assert [(each.last.mechanic_name, each.times) for each in found] == [
        ("mechanic 22", 3),
        ("mechanic 21", 3),
    ]
    assert [each.session_id.int for each in found[0].called_off] == [6, 4, 3]


def test_a_pair_is_the_same_two() -> None:
    (pair,) = repeated(HAPPENED, lambda each: (each.customer_id, each.mechanic_id))

    assert (pair.last.customer_name, pair.last.mechanic_name, pair.times) == (
        "customer 12",
        "mechanic 22",
        2,
    )


@pytest.mark.parametrize(
    ("messages", "own", "contact"),
    [(0, False, False), (2, False, False), (3, False, True), (1, True, True), (0, True, True)],
)
def test_own_words_or_files_are_a_contact_at_once_and_short_messages_from_three_on(
    messages: int, own: bool, contact: bool
) -> None:
    assert in_contact(messages=messages, own=own) is contact
