"""Quote lines, offers and quotes as drafted."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from autodoctor.domain.shared.ids import CustomerId, QuoteId, SessionId, WorkshopId
from autodoctor.domain.shared.money import CAD, Currency
from autodoctor.domain.workshops.quote import Quote
from autodoctor.domain.workshops.quote_lines import (
    HOURS_MAX,
    PRICE_MINOR_MAX,
    QUANTITY_MAX,
    LabourLine,
    PartLine,
)
from autodoctor.domain.workshops.quote_offer import Line, Offer
from autodoctor.domain.workshops.tax import Province
from autodoctor.testing.strategies.money import amounts

TABLE_COMPLETE_FROM = date(2019, 7, 1)
"""From this day on the sales tax of every province is known."""


def hundredths(*, most: Decimal) -> st.SearchStrategy[Decimal]:
    """More than 0 and at most so much, in steps of 0.01."""
    return st.integers(1, int(most * 100)).map(lambda count: Decimal(count) / 100)


def names() -> st.SearchStrategy[str]:
    return st.sampled_from(["Brake pads", "Oil 5W-30", "Étrier", "Diagnosis"])


def part_lines(currency: Currency = CAD) -> st.SearchStrategy[PartLine]:
    return st.builds(
        PartLine,
        name=names(),
        unit_price=amounts(minor_max=PRICE_MINOR_MAX, currency=currency),
        quantity=hundredths(most=QUANTITY_MAX),
    )


def labour_lines(currency: Currency = CAD) -> st.SearchStrategy[LabourLine]:
    return st.builds(
        LabourLine,
        name=names(),
        hourly_rate=amounts(minor_max=PRICE_MINOR_MAX, currency=currency),
        hours=hundredths(most=HOURS_MAX),
    )


def offers(*, lines_min: int = 0) -> st.SearchStrategy[Offer]:
    lines: st.SearchStrategy[Line] = part_lines() | labour_lines()
    return st.builds(
        Offer,
        lines=st.lists(lines, min_size=lines_min, max_size=8).map(tuple),
        notes=st.text(max_size=40),
        internal_notes=st.text(max_size=40),
        warranty_days=st.integers(0, 365),
    )


def tax_days() -> st.SearchStrategy[date]:
    """Days on which the tax of every province is known."""
    return st.dates(TABLE_COMPLETE_FROM, date(2030, 12, 31))


def drafts(*, lines_min: int = 0) -> st.SearchStrategy[Quote]:
    return st.builds(
        Quote.draft,
        id=st.uuids(version=4).map(QuoteId),
        session_id=st.uuids(version=4).map(SessionId),
        workshop_id=st.uuids(version=4).map(WorkshopId),
        customer_id=st.uuids(version=4).map(CustomerId),
        province=st.sampled_from(Province),
        offer=offers(lines_min=lines_min),
        on=tax_days(),
    )
