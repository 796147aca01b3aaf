"""What is true of every quote, in any state."""

from fractions import Fraction

from autodoctor.domain.workshops.quote import Quote
from autodoctor.domain.workshops.quote_lines import PartLine
from autodoctor.domain.workshops.quote_states import QuoteStatus
from autodoctor.domain.workshops.tax import WHOLE_THOUSANDTHS, rates_on

REACHABLE = {
    QuoteStatus.DRAFT: {QuoteStatus.SENT},
    QuoteStatus.SENT: {
        QuoteStatus.VIEWED,
        QuoteStatus.ACCEPTED,
        QuoteStatus.DECLINED,
        QuoteStatus.EXPIRED,
        QuoteStatus.WITHDRAWN,
    },
    QuoteStatus.VIEWED: {
        QuoteStatus.ACCEPTED,
        QuoteStatus.DECLINED,
        QuoteStatus.EXPIRED,
        QuoteStatus.WITHDRAWN,
    },
    QuoteStatus.ACCEPTED: {QuoteStatus.SCHEDULED},
    QuoteStatus.SCHEDULED: {QuoteStatus.SCHEDULED, QuoteStatus.COMPLETED},
}
"""Where a quote may go from each state; from the others it goes nowhere."""


def lines_are_rounded_half_up_to_the_cent(quote: Quote) -> None:
    for line in quote.offer.lines:
        if isinstance(line, PartLine):
            exact = Fraction(line.quantity) * line.unit_price.minor
        else:
            exact = Fraction(line.hours) * line.hourly_rate.minor
        assert -1 <= 2 * (exact - line.amount.minor) < 1, f"{line} comes to {line.amount}"


def amounts_add_up(quote: Quote) -> None:
    lines = sum(line.amount.minor for line in quote.offer.lines)
    taxes = sum(tax.amount.minor for tax in quote.taxes)
    assert quote.subtotal.minor == quote.offer.parts.minor + quote.offer.labour.minor == lines
    assert quote.tax.minor == taxes
    assert quote.total.minor == lines + taxes


def taxes_are_those_of_the_province_that_day(quote: Quote) -> None:
    rates = rates_on(quote.province, quote.taxed_on)
    assert [tax.kind for tax in quote.taxes] == [rate.kind for rate in rates]
    for tax, rate in zip(quote.taxes, rates, strict=True):
        exact = Fraction(quote.subtotal.minor * rate.percent_thousandths, WHOLE_THOUSANDTHS)
        assert tax.percent_thousandths == rate.percent_thousandths
        assert -1 <= 2 * (exact - tax.amount.minor) < 1, f"{tax} of {quote.subtotal}"


def what_was_sent_stays_as_it_was(before: Quote, after: Quote) -> None:
    """Between two moments of one quote."""
    if before.status is not QuoteStatus.DRAFT:
        assert after.offer == before.offer
        assert after.taxes == before.taxes
        assert after.total == before.total


def states_follow_each_other(before: Quote, after: Quote) -> None:
    """Between two moments of one quote that are one change apart."""
    if after.state != before.state:
        assert after.status in REACHABLE.get(before.status, set()), (
            f"{before.status} → {after.status}"
        )
