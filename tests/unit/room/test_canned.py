import pytest

from autodoctor.domain.room.canned import Canned, canned_for
from autodoctor.domain.room.message import check_canned
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField


@pytest.mark.parametrize("canned", Canned)
def test_each_short_message_has_one_sentence_and_somebody_who_can_send_it(canned: Canned) -> None:
    senders = [side for side in (Role.CUSTOMER, Role.MECHANIC) if canned in canned_for(side)]

    assert senders
    assert canned.text[-1] in ".?"
    assert check_canned(canned, side=senders[0], text="", files=0) == canned.text


def test_each_side_has_its_own() -> None:
    assert Canned.NEXT_TO_CAR not in canned_for(Role.MECHANIC)
    assert Canned.HAVE_READ not in canned_for(Role.CUSTOMER)
    assert canned_for(Role.ADMIN) < tuple(Canned)


ANOTHERS = "Choose one of the short messages that are offered."
NOT_ALONE = "Send a short message alone, without text or files."


@pytest.mark.parametrize(
    ("canned", "text", "files", "reason"),
    [
        (Canned.HAVE_READ, "", 0, ANOTHERS),
        (Canned.HERE, "It squeals", 0, NOT_ALONE),
        (Canned.HERE, "", 1, NOT_ALONE),
    ],
)
def test_a_short_message_is_ones_own_sides_and_alone(
    canned: Canned, text: str, files: int, reason: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        check_canned(canned, side=Role.CUSTOMER, text=text, files=files)

    assert (refused.value.field, refused.value.reason) == ("canned", reason)
