from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.booking.free_session import FreeSessions, FreeSessionUsed
from autodoctor.domain.shared.ids import CustomerId

CUSTOMER = CustomerId(UUID(int=1))


def test_a_customer_has_one_free_session() -> None:
    once = FreeSessions(CUSTOMER).take()

    with pytest.raises(FreeSessionUsed) as refused:
        once.take()

    assert refused.value.customer_id == CUSTOMER
    assert (once.used, once.left) == (1, 0)


def test_each_override_grants_exactly_one_more() -> None:
    again = FreeSessions(CUSTOMER).take().override().take()

    with pytest.raises(FreeSessionUsed):
        again.take()

    assert again.granted == 2


def test_one_that_did_not_take_place_is_given_back() -> None:
    assert FreeSessions(CUSTOMER).take().give_back() == FreeSessions(CUSTOMER)


def test_of_two_that_were_taken_one_is_given_back() -> None:
    both = FreeSessions(CUSTOMER).override().take().take()

    assert (both.used, both.give_back().used) == (2, 1)


def test_giving_back_what_was_not_taken_grants_nothing() -> None:
    assert FreeSessions(CUSTOMER).give_back().left == 1


@given(steps=st.lists(st.sampled_from(["take", "give_back", "override"]), max_size=12))
def test_nobody_ever_takes_more_than_was_granted(steps: list[str]) -> None:
    book, overrides = FreeSessions(CUSTOMER), 0
    for step in steps:
        if step == "take" and not book.left:
            with pytest.raises(FreeSessionUsed):
                book.take()
            continue
        overrides += step == "override"
        book = getattr(book, step)()

        assert book.granted == 1 + overrides
        assert 0 <= book.used <= book.granted
