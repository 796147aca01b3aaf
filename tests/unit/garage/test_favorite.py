"""A favourite is one mechanic or one workshop."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from autodoctor.domain.garage.favorite import Favorite, check_one
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, FavoriteId, MechanicId, WorkshopId

MECHANIC, WORKSHOP = MechanicId(UUID(int=1)), WorkshopId(UUID(int=2))


@pytest.mark.parametrize(("mechanic", "workshop"), [(MECHANIC, None), (None, WORKSHOP)])
def test_one_of_the_two_is_somebody(
    mechanic: MechanicId | None, workshop: WorkshopId | None
) -> None:
    check_one(mechanic, workshop)

    liked = Favorite(
        id=FavoriteId(uuid4()),
        customer_id=CustomerId(uuid4()),
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
        mechanic_id=mechanic,
        workshop_id=workshop,
    )
    assert liked.of == (mechanic or workshop)


@pytest.mark.parametrize(("mechanic", "workshop"), [(None, None), (MECHANIC, WORKSHOP)])
def test_neither_and_both_are_refused(
    mechanic: MechanicId | None, workshop: WorkshopId | None
) -> None:
    with pytest.raises(InvalidField) as refused:
        check_one(mechanic, workshop)

    reason = "Name a mechanic or a workshop."
    assert refused.value.facts == {"field": "mechanic_id", "reason": reason}
