"""A customer's vehicles: one of them is the primary one, while there is any."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.garage.saved_vehicle import SavedVehicle, check_texts, with_primary
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, VehicleId

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
OWNER = CustomerId(uuid4())


def saved(number: int = 0, *, primary: bool = False) -> SavedVehicle:
    return SavedVehicle(
        id=VehicleId(uuid4()),
        customer_id=OWNER,
        created_at=AT + timedelta(days=number),
        year=2015,
        make="Honda",
        model="Civic",
        primary=primary,
    )


def test_it_is_called_as_its_owner_calls_it() -> None:
    assert saved().title == "2015 Honda Civic"
    assert attrs.evolve(saved(), nickname="Blue").title == "Blue"


@pytest.mark.parametrize(("field", "most"), [("colour", 30), ("plate", 12), ("nickname", 40)])
def test_texts_have_their_bounds(field: str, most: int) -> None:
    longest = attrs.evolve(saved(), **{field: "A" * most})  # type: ignore[arg-type]
    assert check_texts(longest) is longest

    for text in ("A" * (most + 1), "x\ny"):
        with pytest.raises(InvalidField) as refused:
            check_texts(attrs.evolve(saved(), **{field: text}))  # type: ignore[arg-type]

        assert refused.value.facts == {"field": field, "reason": f"At most {most} characters."}


def test_the_oldest_takes_the_place_of_one_that_is_gone() -> None:
    old, new = saved(1), saved(2)

    assert with_primary((new, old), None) == (attrs.evolve(old, primary=True),)
    assert with_primary((), None) == ()


def test_the_one_that_loses_it_is_told_first() -> None:
    before, chosen = saved(1, primary=True), saved(2)

    changed = with_primary((before, chosen), chosen.id)

    assert [(each.id, each.primary) for each in changed] == [(before.id, False), (chosen.id, True)]


@given(st.lists(st.booleans(), max_size=6), st.integers(0, 7))
def test_afterwards_exactly_one_is_primary(flags: list[bool], place: int) -> None:
    garage = [saved(number, primary=flag) for number, flag in enumerate(flags)]
    chosen = garage[place].id if place < len(garage) else VehicleId(uuid4())

    changed = {each.id: each for each in with_primary(garage, chosen)}

    after = [changed.get(each.id, each) for each in garage]
    assert sum(each.primary for each in after) == (1 if garage else 0)
    if place < len(garage):
        assert after[place].primary
