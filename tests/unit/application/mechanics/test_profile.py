"""A mechanic's profile, how complete it is, how they work and are paid."""

from io import BytesIO
from uuid import UUID

import attrs
import pytest

from autodoctor.application.accounts.standing import suspend
from autodoctor.application.mechanics.applying import hand_in
from autodoctor.application.mechanics.onboarding import (
    begin_payouts,
    choose_tier,
    confirm_virtual_only,
    particulars,
    payouts_state,
)
from autodoctor.application.mechanics.profile import (
    change_profile,
    missing_of,
    own_profile,
    profile_mistakes,
    public_photo,
    public_profile,
    set_photo,
)
from autodoctor.application.mechanics.reviews import reviews
from autodoctor.application.operations.due import run_timers
from autodoctor.application.room.files import announce, upload
from autodoctor.application.vetting.decide import approve
from autodoctor.domain.mechanics.completion import Item
from autodoctor.domain.mechanics.particulars import ServiceTier
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, FileId, MechanicId
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_mechanic, memory_town
from support.applicants import SCAN, an_applicant, answers

STAFF = Actor(AccountId(UUID(int=9)), Role.ADMIN)


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def robin(town: Town) -> Actor:
    """Through the wizard, and approved."""
    actor = an_applicant(town)
    submitted = hand_in(town.ports, actor=actor)
    approve(town.ports, actor=STAFF, application_id=submitted.id)
    return actor


def percent(town: Town, actor: Actor) -> int:
    with town.kept(SYSTEM) as tx:
        return tx.mechanics.get(actor.mechanic_id).profile_completion


def picture(town: Town, owner: Actor) -> FileId:
    file = announce(
        town.ports,
        actor=owner,
        name="me.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    return upload(town.ports, actor=owner, file_id=file.id, content=BytesIO(SCAN)).id


def test_a_change_is_kept_and_counted(town: Town, robin: Actor) -> None:
    before = own_profile(town.ports, actor=robin)
    assert percent(town, robin) == before.completion.percent == 80

    told = attrs.evolve(before.answers, bio="Hello.", languages=("fr", "en"), city="Ottawa")
    after = change_profile(town.ports, actor=robin, answers=told)

    assert (after.mechanic.bio, after.mechanic.city) == ("Hello.", "Ottawa")
    assert after.told.languages == ("en", "fr"), "in the order of the list"
    assert percent(town, robin) == 80
    assert after.completion.missing == (Item.PHOTO, Item.AVAILABILITY, Item.PAYOUTS)


def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(town: Town, robin: Actor) -> None:
    wrong = answers(full_name="", keywords=("abs",), languages=(), bio="x" * 1001)

    assert list(profile_mistakes(wrong)) == ["full_name", "bio", "keywords", "languages"]
    with pytest.raises(InvalidField):
        change_profile(town.ports, actor=robin, answers=wrong)
    assert own_profile(town.ports, actor=robin).account.name == "Robin Torque"


def test_a_red_seal_is_not_claimed_on_the_profile(town: Town) -> None:
    actor = a_mechanic(town.ports)

    told = answers(red_seal="true", red_seal_number="RS-1")
    after = change_profile(town.ports, actor=actor, answers=told)

    assert not after.mechanic.red_seal


def test_a_photo_counts_is_public_and_replaces_the_one_before(town: Town, robin: Actor) -> None:
    first, second = picture(town, robin), picture(town, robin)

    for file_id in (first, first, second):
        set_photo(town.ports, actor=robin, file_id=file_id)
    run_timers(town.ports)

    assert percent(town, robin) == 90
    media_type, size, content = public_photo(town.ports, mechanic_id=robin.mechanic_id)
    with content:
        assert (media_type, size) == ("image/png", len(content.read()))
    with town.kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.files.get(first)
    assert public_profile(town.ports, mechanic_id=robin.mechanic_id).photo


def test_a_photo_is_ones_own_and_a_picture(town: Town, robin: Actor) -> None:
    foreign = picture(town, a_mechanic(town.ports))
    announced = announce(
        town.ports,
        actor=robin,
        name="a.png",
        media_type="image/png",
        size_bytes=9,
        description="",
    )

    with pytest.raises(Missing):
        set_photo(town.ports, actor=robin, file_id=foreign)
    with pytest.raises(InvalidField):
        set_photo(town.ports, actor=robin, file_id=announced.id)


def test_only_who_is_approved_and_in_good_standing_is_public(town: Town, robin: Actor) -> None:
    waiting = an_applicant(town, answers(email="late@test.example"))
    assert public_profile(town.ports, mechanic_id=robin.mechanic_id).mechanic.name == "Robin Torque"

    with pytest.raises(Missing):
        public_profile(town.ports, mechanic_id=waiting.mechanic_id)
    with pytest.raises(Missing):
        public_profile(town.ports, mechanic_id=MechanicId(UUID(int=1)))
    suspend(town.ports, actor=STAFF, account_id=robin.account_id, reason="Rude.")
    with pytest.raises(Missing):
        public_profile(town.ports, mechanic_id=robin.mechanic_id)


def test_what_is_missing_is_told_to_its_owner_and_to_staff(town: Town, robin: Actor) -> None:
    other = a_mechanic(town.ports)

    for who in (robin, STAFF):
        found = missing_of(town.ports, actor=who, mechanic_id=robin.mechanic_id)
        assert found.percent == 80
    with pytest.raises(Missing):
        missing_of(town.ports, actor=other, mechanic_id=robin.mechanic_id)


def test_a_tier_is_chosen_confirmed_and_confirmed_anew_after_a_change(
    town: Town, robin: Actor
) -> None:
    confirmed = confirm_virtual_only(town.ports, actor=robin)
    assert confirm_virtual_only(town.ports, actor=robin) == confirmed
    assert confirmed.virtual_only_confirmed_at == town.clock.now()

    both = choose_tier(town.ports, actor=robin, tier=ServiceTier.VIRTUAL_AND_WORKSHOP)
    back = choose_tier(town.ports, actor=robin, tier=ServiceTier.VIRTUAL_ONLY)

    assert (both.virtual_only_confirmed_at, back.virtual_only_confirmed_at) == (None, None)
    assert particulars(town.ports, actor=robin) == back


def test_payouts_are_set_up_at_the_provider_with_one_account(town: Town, robin: Actor) -> None:
    assert payouts_state(town.ports, actor=robin) is None

    first, second = (begin_payouts(town.ports, actor=robin) for _ in range(2))

    assert first != second, "each link is good once"
    assert "/mechanic/onboarding/stripe/complete" in first
    assert len(town.bank.accounts) == 1
    state = payouts_state(town.ports, actor=robin)
    assert state is not None
    assert not state.ready


def test_who_comes_back_done_is_paid_and_counted(town: Town, robin: Actor) -> None:
    begin_payouts(town.ports, actor=robin)
    [account] = town.bank.accounts
    town.bank.accounts[account] = attrs.evolve(town.bank.accounts[account], ready=True)

    state = payouts_state(town.ports, actor=robin)

    assert state is not None
    assert state.ready
    assert percent(town, robin) == 85
    assert own_profile(town.ports, actor=robin).completion.percent == 85


def test_reviews_begin_with_none(town: Town, robin: Actor) -> None:
    found = reviews(town.ports, actor=robin)

    assert found.by_stars == ((5, 0), (4, 0), (3, 0), (2, 0), (1, 0))
    assert found.reviews == ()
    with pytest.raises(InvalidField):
        reviews(town.ports, actor=robin, most=101)
