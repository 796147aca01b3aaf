"""What people may switch off, and what reaches them whatever they chose."""

import pytest

from autodoctor.domain.notifications.choices import (
    ALWAYS,
    Choice,
    NotChoosable,
    check_muted,
    choosable,
    heard,
)
from autodoctor.domain.notifications.table import TABLE, Channel, Occasion, channels
from autodoctor.domain.shared.actor import Role


def test_a_row_of_the_table_can_be_switched_off_unless_it_is_told_in_any_case() -> None:
    for role in Role:
        told = {
            Choice(occasion, channel)
            for occasion, row in TABLE.items()
            for channel in row.get(role, ())
        }
        assert set(choosable(role)) == {each for each in told if each.occasion not in ALWAYS}


@pytest.mark.parametrize("occasion", sorted(ALWAYS))
def test_money_and_decisions_cannot_be_switched_off(occasion: Occasion) -> None:
    off = frozenset({Choice(occasion, Channel.EMAIL)})

    for role in TABLE[occasion]:
        with pytest.raises(NotChoosable) as refused:
            check_muted(role, off)
        assert refused.value.facts == {"occasion": occasion, "channel": Channel.EMAIL}
        told = channels(occasion, role)
        assert heard(told, occasion, muted=off, needed=False) == told


def test_a_channel_that_the_table_does_not_name_cannot_be_chosen() -> None:
    with pytest.raises(NotChoosable):
        check_muted(Role.CUSTOMER, frozenset({Choice(Occasion.SESSION_ENDED, Channel.SMS)}))


@pytest.mark.parametrize("role", Role)
def test_whatever_can_be_chosen_is_kept_as_chosen(role: Role) -> None:
    off = frozenset(choosable(role))

    assert check_muted(role, off) == off


def test_what_is_switched_off_is_not_heard_and_everything_else_is() -> None:
    off = frozenset({Choice(Occasion.SESSION_ENDED, Channel.EMAIL)})
    both = frozenset({Channel.EMAIL, Channel.IN_APP})

    assert heard(both, Occasion.SESSION_ENDED, muted=off, needed=False) == {Channel.IN_APP}
    assert heard(both, Occasion.SESSION_ENDED, muted=off, needed=True) == both
    assert heard(both, Occasion.REQUEST_ACCEPTED, muted=off, needed=False) == both
