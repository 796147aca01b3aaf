from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, QuoteId, SessionId, WorkshopId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.workshops import quote_events as events
from autodoctor.domain.workshops.quote import (
    Quote,
    QuoteEmpty,
    QuoteStillValid,
    ReasonMissing,
    VisitInThePast,
)
from autodoctor.domain.workshops.quote_lines import LabourLine, PartLine
from autodoctor.domain.workshops.quote_offer import Offer
from autodoctor.domain.workshops.quote_states import (
    Accepted,
    Completed,
    Declined,
    Draft,
    Expired,
    QuoteNoLongerValid,
    QuoteStatus,
    QuoteTransitionRefused,
    Scheduled,
    Sent,
    Viewed,
    Withdrawn,
)
from autodoctor.domain.workshops.tax import Province, Tax, TaxKind, TaxRateUnknown

TODAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER, END = NOW + HOUR, NOW + 14 * DAY
VISIT = NOW + 20 * DAY
CUSTOMER = Actor(AccountId(UUID(int=4)), Role.CUSTOMER)
OFFER = Offer(
    lines=(
        PartLine(name="Pads", unit_price=Money(4599), quantity=Decimal(2)),
        LabourLine(hourly_rate=Money(12_000), hours=Decimal("1.5")),
    )
)
ABOUT: events.About = {
    "quote_id": QuoteId(UUID(int=1)),
    "session_id": SessionId(UUID(int=2)),
    "workshop_id": WorkshopId(UUID(int=3)),
    "customer_id": CustomerId(UUID(int=4)),
}


def draft(offer: Offer = OFFER, *, province: Province = Province.ON, on: date = TODAY) -> Quote:
    return Quote.draft(
        id=ABOUT["quote_id"],
        session_id=ABOUT["session_id"],
        workshop_id=ABOUT["workshop_id"],
        customer_id=ABOUT["customer_id"],
        province=province,
        offer=offer,
        on=on,
    )


def sent() -> Quote:
    return draft().send(at=NOW, on=TODAY)[0]


def viewed() -> Quote:
    return sent().view(viewer=CUSTOMER, at=LATER)[0]


def accepted() -> Quote:
    return sent().accept(at=LATER)[0]


def scheduled() -> Quote:
    return accepted().schedule(visit_at=VISIT, at=LATER)[0]


def completed() -> Quote:
    return scheduled().complete(at=VISIT)[0]


def declined() -> Quote:
    return sent().decline(reason="Too dear", at=LATER)[0]


def expired() -> Quote:
    return sent().expire(at=END)[0]


def withdrawn() -> Quote:
    return sent().withdraw(reason="Wrong part", at=LATER)[0]


EVERY_STATE = [
    draft,
    sent,
    viewed,
    accepted,
    scheduled,
    completed,
    declined,
    expired,
    withdrawn,
]


def every_state_but(*states):
    return pytest.mark.parametrize("of", [each for each in EVERY_STATE if each not in states])


def test_a_draft_computes_subtotal_tax_and_total() -> None:
    quote = draft()

    assert quote.subtotal == Money(27_198)
    assert quote.taxes == (Tax(TaxKind.HST, 13_000, Money(3536)),)
    assert quote.tax == Money(3536)
    assert quote.total == Money(30_734)
    assert quote.status is QuoteStatus.DRAFT
    assert quote.state == Draft()
    assert quote.version == 0
    assert (quote.id, quote.session_id) == (ABOUT["quote_id"], ABOUT["session_id"])
    assert (quote.workshop_id, quote.customer_id) == (ABOUT["workshop_id"], ABOUT["customer_id"])
    assert (quote.province, quote.taxed_on, quote.offer) == (Province.ON, TODAY, OFFER)


def test_in_quebec_both_taxes_are_on_the_subtotal() -> None:
    quote = draft(province=Province.QC)

    assert [tax.amount for tax in quote.taxes] == [Money(1360), Money(2713)]
    assert quote.tax == Money(4073)
    assert quote.total == Money(31_271)


def test_a_draft_of_a_day_before_the_tax_table_is_refused() -> None:
    with pytest.raises(TaxRateUnknown):
        draft(on=date(2000, 1, 1))


def test_a_draft_can_be_revised() -> None:
    cheaper = Offer(lines=OFFER.lines[:1])

    quote = draft(province=Province.NS, on=date(2025, 3, 31)).revise(offer=cheaper, on=TODAY)

    assert quote.offer == cheaper
    assert quote.taxed_on == TODAY
    assert quote.tax == Money(1288)
    assert quote.total == Money(9198 + 1288)


@every_state_but(draft)
def test_what_was_sent_is_never_revised(of) -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        of().revise(offer=OFFER, on=TODAY)

    assert refused.value.facts == {"current": of().status, "requested": QuoteStatus.DRAFT}


def test_a_sent_quote_can_be_answered_for_14_days() -> None:
    quote, told = draft().send(at=NOW, on=TODAY)

    assert quote.state == Sent(NOW)
    assert quote.status is QuoteStatus.SENT
    assert quote.state.expires_at == END
    assert told == (events.QuoteSent(**ABOUT, total=Money(30_734), expires_at=END),)


def test_a_quote_is_taxed_as_of_the_day_it_is_sent() -> None:
    before = draft(province=Province.NS, on=date(2025, 3, 31))

    quote, (told,) = before.send(at=NOW, on=date(2025, 4, 1))

    assert before.tax == Money(4080)
    assert quote.tax == Money(3808)
    assert quote.taxed_on == date(2025, 4, 1)
    assert told.total == Money(27_198 + 3808)


@pytest.mark.parametrize("of", [sent, viewed])
def test_sending_again_changes_nothing(of) -> None:
    assert of().send(at=LATER, on=TODAY) == (of(), ())


@every_state_but(draft, sent, viewed)
def test_an_answered_or_expired_quote_is_not_sent_again(of) -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        of().send(at=LATER, on=TODAY)

    assert refused.value.facts == {"current": of().status, "requested": QuoteStatus.SENT}


def test_an_empty_quote_is_not_sent() -> None:
    with pytest.raises(QuoteEmpty) as refused:
        draft(Offer()).send(at=NOW, on=TODAY)

    assert refused.value.quote_id == ABOUT["quote_id"]


def test_a_quote_is_viewed_when_its_customer_opens_it() -> None:
    quote, told = sent().view(viewer=CUSTOMER, at=LATER)

    assert quote.state == Viewed(NOW, LATER)
    assert quote.status is QuoteStatus.VIEWED
    assert quote.state.expires_at == END
    assert told == (events.QuoteViewed(**ABOUT),)


@pytest.mark.parametrize(
    "viewer",
    [
        Actor(AccountId(UUID(int=5)), Role.CUSTOMER),
        Actor(AccountId(UUID(int=4)), Role.MECHANIC),
        Actor(AccountId(UUID(int=3)), Role.WORKSHOP, WorkshopId(UUID(int=3))),
        Actor(AccountId(UUID(int=4)), Role.ADMIN),
    ],
)
def test_when_anybody_else_looks_the_quote_is_not_viewed(viewer: Actor) -> None:
    assert sent().view(viewer=viewer, at=LATER) == (sent(), ())


@every_state_but(draft, sent)
def test_viewing_again_or_later_changes_nothing(of) -> None:
    assert of().view(viewer=CUSTOMER, at=LATER + HOUR) == (of(), ())


def test_a_draft_is_not_there_to_be_viewed() -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        draft().view(viewer=CUSTOMER, at=NOW)

    assert refused.value.facts == {
        "current": QuoteStatus.DRAFT,
        "requested": QuoteStatus.VIEWED,
    }


@pytest.mark.parametrize("of", [sent, viewed])
def test_a_quote_that_is_out_can_be_accepted(of) -> None:
    quote, told = of().accept(at=LATER)

    assert quote.state == Accepted(NOW, LATER)
    assert quote.status is QuoteStatus.ACCEPTED
    assert told == (events.QuoteAccepted(**ABOUT, total=Money(30_734)),)


@pytest.mark.parametrize("of", [sent, viewed])
def test_a_quote_that_is_out_can_be_declined_with_a_reason(of) -> None:
    quote, told = of().decline(reason="  Too dear ", at=LATER)

    assert quote.state == Declined(NOW, LATER, "Too dear")
    assert quote.status is QuoteStatus.DECLINED
    assert told == (events.QuoteDeclined(**ABOUT, reason="Too dear"),)


@pytest.mark.parametrize("of", [sent, viewed])
def test_a_quote_that_is_out_can_be_withdrawn_with_a_reason(of) -> None:
    quote, told = of().withdraw(reason=" Wrong part ", at=LATER)

    assert quote.state == Withdrawn(NOW, LATER, "Wrong part")
    assert quote.status is QuoteStatus.WITHDRAWN
    assert told == (events.QuoteWithdrawn(**ABOUT, reason="Wrong part"),)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_is_needed(reason: str) -> None:
    with pytest.raises(ReasonMissing) as refused:
        sent().decline(reason=reason, at=LATER)
    with pytest.raises(ReasonMissing):
        sent().withdraw(reason=reason, at=LATER)

    assert refused.value.reason == reason


@pytest.mark.parametrize("reason", ["x", "x" * 2000])
def test_a_reason_may_be_short_or_long(reason: str) -> None:
    assert sent().decline(reason=reason, at=LATER)[0].state.reason == reason


ANSWERS = {
    QuoteStatus.ACCEPTED: lambda quote, at: quote.accept(at=at),
    QuoteStatus.DECLINED: lambda quote, at: quote.decline(reason="Too dear", at=at),
    QuoteStatus.WITHDRAWN: lambda quote, at: quote.withdraw(reason="Wrong part", at=at),
}
answers = pytest.mark.parametrize("answer", ANSWERS)


@answers
@pytest.mark.parametrize("of", [sent, viewed])
def test_a_quote_can_be_answered_until_its_last_moment(of, answer: QuoteStatus) -> None:
    quote, _ = ANSWERS[answer](of(), END - timedelta(microseconds=1))

    assert quote.status is answer


@answers
@pytest.mark.parametrize("of", [sent, viewed, expired])
def test_after_14_days_a_quote_is_closed_even_if_nothing_marked_it(of, answer: QuoteStatus) -> None:
    with pytest.raises(QuoteNoLongerValid) as refused:
        ANSWERS[answer](of(), END)

    assert refused.value.expired_at == END


@answers
@every_state_but(sent, viewed, expired)
def test_a_closed_quote_cannot_be_answered_otherwise(of, answer: QuoteStatus) -> None:
    quote = of()
    same = {
        QuoteStatus.ACCEPTED: (accepted, scheduled, completed),
        QuoteStatus.DECLINED: (declined,),
        QuoteStatus.WITHDRAWN: (withdrawn,),
    }

    if of in same[answer]:
        assert ANSWERS[answer](quote, END + DAY) == (quote, ())
    else:
        with pytest.raises(QuoteTransitionRefused) as refused:
            ANSWERS[answer](quote, LATER)
        assert refused.value.facts == {"current": quote.status, "requested": answer}


def test_the_state_is_refused_before_the_reason() -> None:
    with pytest.raises(QuoteTransitionRefused):
        accepted().decline(reason="", at=LATER)
    with pytest.raises(QuoteNoLongerValid):
        sent().withdraw(reason="", at=END)


@pytest.mark.parametrize("of", [sent, viewed])
def test_an_unanswered_quote_expires_after_14_days(of) -> None:
    quote, told = of().expire(at=END + DAY)

    assert quote.state == Expired(NOW, END)
    assert quote.status is QuoteStatus.EXPIRED
    assert told == (events.QuoteExpired(**ABOUT),)
    assert quote.expire(at=END + DAY) == (quote, ())


def test_a_quote_does_not_expire_before_its_time() -> None:
    with pytest.raises(QuoteStillValid) as refused:
        sent().expire(at=END - timedelta(microseconds=1))

    assert refused.value.expires_at == END
    assert sent().expire(at=END)[0].status is QuoteStatus.EXPIRED


@every_state_but(sent, viewed, expired)
def test_only_a_quote_that_is_out_expires(of) -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        of().expire(at=END)

    assert refused.value.facts == {"current": of().status, "requested": QuoteStatus.EXPIRED}


def test_an_accepted_quote_is_scheduled() -> None:
    quote, told = accepted().schedule(visit_at=VISIT, at=LATER)

    assert quote.state == Scheduled(NOW, LATER, VISIT)
    assert quote.status is QuoteStatus.SCHEDULED
    assert told == (events.RepairScheduled(**ABOUT, visit_at=VISIT),)


def test_a_visit_can_be_moved_and_the_same_visit_changes_nothing() -> None:
    quote, told = scheduled().schedule(visit_at=VISIT + DAY, at=LATER)

    assert quote.state == Scheduled(NOW, LATER, VISIT + DAY)
    assert told == (events.RepairScheduled(**ABOUT, visit_at=VISIT + DAY),)
    assert quote.schedule(visit_at=VISIT + DAY, at=VISIT + 2 * DAY) == (quote, ())


def test_a_visit_lies_in_the_future() -> None:
    with pytest.raises(VisitInThePast) as refused:
        accepted().schedule(visit_at=LATER, at=LATER)

    assert refused.value.visit_at == LATER


@every_state_but(accepted, scheduled)
def test_only_an_accepted_quote_is_scheduled(of) -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        of().schedule(visit_at=VISIT, at=LATER)

    assert refused.value.facts == {"current": of().status, "requested": QuoteStatus.SCHEDULED}


def test_a_scheduled_repair_is_completed_once() -> None:
    quote, told = scheduled().complete(at=VISIT)

    assert quote.state == Completed(NOW, LATER, VISIT, VISIT)
    assert quote.status is QuoteStatus.COMPLETED
    assert told == (events.RepairCompleted(**ABOUT, total=Money(30_734)),)
    assert quote.complete(at=VISIT + DAY) == (quote, ())


@every_state_but(scheduled, completed)
def test_only_a_scheduled_repair_is_completed(of) -> None:
    with pytest.raises(QuoteTransitionRefused) as refused:
        of().complete(at=VISIT)

    assert refused.value.facts == {"current": of().status, "requested": QuoteStatus.COMPLETED}


def test_every_status_has_one_state() -> None:
    assert {of().status for of in EVERY_STATE} == set(QuoteStatus)


def test_a_later_tax_table_does_not_change_what_was_sent() -> None:
    as_sent = attrs.evolve(sent(), taxes=(Tax(TaxKind.HST, 12_000, Money(3264)),))

    quote, told = as_sent.accept(at=LATER)

    assert quote.total == Money(27_198 + 3264)
    assert told[0].total == quote.total
