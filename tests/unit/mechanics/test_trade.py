"""What mechanics can do is chosen from lists, and kept in their order."""

from collections.abc import Callable, Iterable

import pytest

from autodoctor.domain.mechanics.trade import (
    BRANDS,
    LANGUAGES,
    SPECIALIZATIONS,
    check_brands,
    check_languages,
    check_specializations,
)
from autodoctor.domain.shared.errors import InvalidField

CHECKS: list[tuple[Callable[[tuple[str, ...]], Iterable[str]], str, tuple[str, ...]]] = [
    (check_specializations, "specializations", SPECIALIZATIONS),
    (check_languages, "languages", tuple(LANGUAGES)),
]


@pytest.mark.parametrize(("check", "field", "offered"), CHECKS)
class TestAtLeastOne:
    def test_is_kept_in_the_order_of_the_list(
        self, check: Callable[..., object], field: str, offered: tuple[str, ...]
    ) -> None:
        assert check((offered[4], offered[0], offered[4])) == (offered[0], offered[4])
        assert check(offered) == offered

    def test_has_to_be_chosen(
        self, check: Callable[..., object], field: str, offered: tuple[str, ...]
    ) -> None:
        with pytest.raises(InvalidField) as refused:
            check(())

        assert refused.value.facts == {"field": field, "reason": "Choose at least one."}

    def test_is_one_of_the_list(
        self, check: Callable[..., object], field: str, offered: tuple[str, ...]
    ) -> None:
        with pytest.raises(InvalidField) as refused:
            check((offered[0], "Astrology"))

        assert refused.value.facts == {"field": field, "reason": "Choose from the list."}


def test_a_mechanic_knows_some_brands_or_none() -> None:
    assert check_brands(()) == frozenset()
    assert check_brands(("Tesla", "Acura")) == {"Acura", "Tesla"} < set(BRANDS)

    with pytest.raises(InvalidField) as refused:
        check_brands(("Tesla", "Trabant"))

    assert refused.value.facts == {"field": "brands", "reason": "Choose from the list."}
