"""The five plans the product starts with; operators change them later."""

from typing import Final

from autodoctor.domain.plans.plan import Plan, PlanCategory, SessionKind
from autodoctor.domain.shared.ids import PlanSlug
from autodoctor.domain.shared.money import Money

_SUMMARY: Final = "Written summary"

FREE: Final = Plan(
    slug=PlanSlug("free"),
    name="Free Session",
    price=Money(0),
    minutes=5,
    kind=SessionKind.CHAT,
    description="Five minutes by chat to get to know us, or for a yes-or-no question.",
    perks=("Text chat with a certified mechanic", "No card needed", "Once per customer"),
    recommended_for="A first try or a quick question",
    category=PlanCategory.TRIAL,
    attachments_max=0,
    report=False,
    display_order=1,
)
QUICK_ADVICE: Final = Plan(
    slug=PlanSlug("quick-advice"),
    name="Quick Advice",
    price=Money(499),
    minutes=10,
    kind=SessionKind.CHAT,
    description="Ten minutes by chat with one photo for simple advice.",
    perks=("Text chat", "One photo", "Straight answers"),
    recommended_for="Simple advice",
    category=PlanCategory.QUICK,
    attachments_max=1,
    report=False,
    display_order=2,
)
QUICK_CHAT: Final = Plan(
    slug=PlanSlug("quick-chat"),
    name="Quick Chat",
    price=Money(999),
    minutes=30,
    kind=SessionKind.CHAT,
    description="Half an hour by chat with photos, videos and documents.",
    perks=("Text chat", "Photos, videos and PDFs", _SUMMARY),
    recommended_for="Warning lights and quick diagnostics",
    category=PlanCategory.STANDARD,
    attachments_max=5,
    report=False,
    display_order=3,
    popular=True,
)
STANDARD_VIDEO: Final = Plan(
    slug=PlanSlug("standard-video"),
    name="Standard Video",
    price=Money(2999),
    minutes=45,
    kind=SessionKind.VIDEO,
    description="Forty-five minutes of live video and chat: show what you see and hear.",
    perks=("Live video and chat", "Photos, videos and PDFs", _SUMMARY),
    recommended_for="Complex issues and visual inspection",
    category=PlanCategory.STANDARD,
    attachments_max=5,
    report=False,
    display_order=4,
)
FULL_DIAGNOSTIC: Final = Plan(
    slug=PlanSlug("full-diagnostic"),
    name="Full Diagnostic",
    price=Money(4999),
    minutes=60,
    kind=SessionKind.VIDEO,
    description="An hour of live video with a written diagnostic report.",
    perks=("Live video and chat", "Written diagnostic report", "Photos, videos and PDFs"),
    recommended_for="A full diagnosis or a pre-purchase inspection",
    category=PlanCategory.DIAGNOSTIC,
    attachments_max=5,
    report=True,
    display_order=5,
)
DEFAULT_PLANS: Final = (FREE, QUICK_ADVICE, QUICK_CHAT, STANDARD_VIDEO, FULL_DIAGNOSTIC)
WITH_SUMMARY: Final = frozenset(plan.slug for plan in DEFAULT_PLANS if _SUMMARY in plan.perks)
"""Sold with a summary that the mechanic writes, which is what a report is there."""
