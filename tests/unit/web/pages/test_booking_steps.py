from uuid import UUID

import pytest

from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.matching.score import Factor, Reason, Score
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.plans.catalogue import DEFAULT_PLANS, FREE, QUICK_CHAT
from autodoctor.domain.plans.plan import PlanUnknown
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.entrypoints.web.pages.booking_draft import Draft
from autodoctor.entrypoints.web.pages.booking_steps import (
    concern_step,
    frame,
    mechanic_choice,
    plan_named,
    plan_step,
)
from autodoctor.entrypoints.web.pages.booking_words import CATEGORIES, category_words, why

MAYA = Mechanic(
    id=MechanicId(UUID(int=21)),
    name="Maya Okafor",
    years_of_experience=14,
    red_seal=True,
    reputation=Reputation(stars=9, count=2),
)


class TestTheWayThroughABooking:
    def test_leads_back_to_what_is_done_with_everything_typed(self) -> None:
        steps = frame("mechanic", draft="sealed", plan=QUICK_CHAT, active=None).steps

        assert [(step.label, step.state.value, step.url) for step in steps] == [
            ("Plan", "done", "/onboarding/pricing?draft=sealed"),
            ("Vehicle", "done", "/intake/vehicle?draft=sealed"),
            ("Mechanic", "current", ""),
            ("Concern", "ahead", ""),
            ("Waiver", "ahead", ""),
            ("Payment", "ahead", ""),
        ]

    def test_has_no_payment_when_it_is_free(self) -> None:
        steps = frame("vehicle", draft="sealed", plan=FREE, active=None).steps

        assert [step.label for step in steps][-1] == "Waiver"


class TestChoosingAPlan:
    def test_the_free_one_is_offered_while_there_is_one_left(self) -> None:
        view = plan_step(DEFAULT_PLANS, free_left=1, draft="")

        assert view.plans[0].url == "/intake?plan=free"
        assert not view.free_used

    def test_the_free_one_is_gone_once_it_is_used(self) -> None:
        view = plan_step(DEFAULT_PLANS, free_left=0, draft="")

        assert "free" not in [plan.slug for plan in view.plans]
        assert view.free_used

    def test_again_keeps_what_was_typed(self) -> None:
        view = plan_step(DEFAULT_PLANS, free_left=0, draft="sealed")

        assert view.plans[0].url == "/intake?plan=quick-advice&draft=sealed"

    def test_only_what_is_on_offer_can_be_chosen(self) -> None:
        assert plan_named(DEFAULT_PLANS, "quick-chat") == QUICK_CHAT
        with pytest.raises(PlanUnknown):
            plan_named(DEFAULT_PLANS, "gold")


class TestAMechanicToChoose:
    def test_is_told_with_years_papers_rating_and_why(self) -> None:
        choice = mechanic_choice(MAYA, fits="works on Honda", chosen="any")

        assert choice.person.note == "14 years of experience, Red Seal"
        assert (choice.rating, choice.ratings) == ("4.5", "2 ratings")
        assert choice.fits == "Works on Honda"

    def test_is_chosen_by_their_value(self) -> None:
        value = f"mechanic:{MAYA.id}"

        assert mechanic_choice(MAYA, fits="", chosen=value).chosen
        assert not mechanic_choice(MAYA, fits="", chosen="any").chosen

    def test_fits_for_what_sets_them_apart(self) -> None:
        reasons = (
            Reason(Factor.ONLINE, 50),
            Reason(Factor.KEYWORDS, 30, "brake-noise, brakes"),
            Reason(Factor.BRAND, 30, "Honda"),
            Reason(Factor.CITY, 35, "Toronto"),
        )

        told = why(Score(MAYA.id, 145, reasons))

        assert told == "knows brake noise, brakes; works on Honda; is in Toronto too"


def test_a_plan_without_files_asks_for_none() -> None:
    assert concern_step(Draft(plan="free"), FREE).files_max == 0
    assert concern_step(Draft(plan="quick-chat"), QUICK_CHAT).files_max == 5


@pytest.mark.parametrize("category", ConcernCategory)
def test_every_kind_of_concern_has_its_words(category: ConcernCategory) -> None:
    assert category_words(category) == CATEGORIES[category]
    assert "_" not in category_words(category)
