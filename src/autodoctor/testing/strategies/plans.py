"""Plans an operator may offer."""

from hypothesis import strategies as st

from autodoctor.domain.plans.plan import Plan, PlanCategory, SessionKind
from autodoctor.domain.shared.ids import PlanSlug
from autodoctor.domain.shared.money import Money
from autodoctor.testing.strategies.money import prices


def texts(length_max: int) -> st.SearchStrategy[str]:
    """What can be typed and stored: any script, no control characters."""
    return st.text(st.characters(exclude_categories=["C"]), max_size=length_max)


def plans() -> st.SearchStrategy[Plan]:
    """Free and paid, of every kind and category, offered or not."""
    return st.builds(
        Plan,
        slug=st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8})?", fullmatch=True).map(PlanSlug),
        name=st.sampled_from(["Quick Chat", "Vidéo", "Full Diagnostic"]),
        price=st.just(Money(0)) | prices(),
        minutes=st.integers(1, 240),
        kind=st.sampled_from(SessionKind),
        description=texts(40),
        perks=st.lists(texts(10), max_size=3).map(tuple),
        recommended_for=texts(20),
        category=st.sampled_from(PlanCategory),
        attachments_max=st.integers(0, 5),
        report=st.booleans(),
        display_order=st.integers(1, 99),
        popular=st.booleans(),
        active=st.booleans(),
    )
