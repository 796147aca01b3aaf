import attrs
import pytest
from hypothesis import given

from autodoctor.domain.plans.catalogue import DEFAULT_PLANS, FREE, QUICK_ADVICE, QUICK_CHAT
from autodoctor.domain.plans.plan import Plan, PlanInactive, SessionKind
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.money import Money
from autodoctor.testing.strategies.plans import plans


@pytest.mark.parametrize(
    ("slug", "price", "minutes", "kind", "files", "report"),
    [
        ("free", 0, 5, "chat", 0, False),
        ("quick-advice", 499, 10, "chat", 1, False),
        ("quick-chat", 999, 30, "chat", 5, False),
        ("standard-video", 2999, 45, "video", 5, False),
        ("full-diagnostic", 4999, 60, "video", 5, True),
    ],
)
def test_the_five_plans_are_the_products(
    slug: str, price: int, minutes: int, kind: str, files: int, report: bool
) -> None:
    (plan,) = (plan for plan in DEFAULT_PLANS if plan.slug == slug)

    assert (plan.price, plan.minutes, plan.kind) == (Money(price), minutes, kind)
    assert (plan.attachments_max, plan.report, plan.active) == (files, report, True)


def test_they_are_shown_in_the_order_of_their_prices_and_one_is_popular() -> None:
    shown = sorted(DEFAULT_PLANS, key=lambda plan: plan.display_order)

    assert tuple(shown) == DEFAULT_PLANS
    assert [plan.price.minor for plan in shown] == sorted(p.price.minor for p in shown)
    assert [plan for plan in DEFAULT_PLANS if plan.popular] == [QUICK_CHAT]
    assert len({plan.slug for plan in DEFAULT_PLANS}) == 5


def test_only_the_trial_and_the_quick_plan_start_without_a_vehicle() -> None:
    assert [p for p in DEFAULT_PLANS if not p.vehicle_required] == [FREE, QUICK_ADVICE]


def test_what_costs_nothing_is_free() -> None:
    assert [plan for plan in DEFAULT_PLANS if plan.free] == [FREE]


def test_a_plan_is_sold_only_while_it_is_offered() -> None:
    QUICK_CHAT.check_offered()

    with pytest.raises(PlanInactive) as refused:
        attrs.evolve(QUICK_CHAT, active=False).check_offered()

    assert refused.value.plan == "quick-chat"


@pytest.mark.parametrize(
    ("facts", "field", "reason"),
    [
        ({"price": Money(-1)}, "price", "A price is not negative."),
        ({"minutes": 0}, "minutes", "A session lasts 1 to 240 minutes."),
        ({"minutes": 241}, "minutes", "A session lasts 1 to 240 minutes."),
        ({"attachments_max": -1}, "attachments_max", "A booking carries up to 5 files."),
        ({"attachments_max": 6}, "attachments_max", "A booking carries up to 5 files."),
    ],
)
def test_a_plan_out_of_bounds_is_refused(facts: dict[str, object], field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        attrs.evolve(QUICK_CHAT, **facts)

    assert refused.value.facts == {"field": field, "reason": reason}


@pytest.mark.parametrize(
    "facts", [{"price": Money(0)}, {"minutes": 1}, {"minutes": 240}, {"attachments_max": 5}]
)
def test_the_bounds_themselves_are_allowed(facts: dict[str, object]) -> None:
    assert attrs.evolve(QUICK_CHAT, **facts).slug == "quick-chat"


@given(plan=plans())
def test_a_plan_says_how_people_talk_and_its_name_does_not(plan: Plan) -> None:
    assert plan.kind in SessionKind
    assert attrs.evolve(plan, name="Video Chat").kind is plan.kind
