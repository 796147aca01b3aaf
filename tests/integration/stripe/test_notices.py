"""Stripe's webhooks in our words, also those that the sandbox never sends."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.adapters.stripe.notices import StripePaymentNotices
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid
from autodoctor.ports.payments import RefundStatus

SECRET = "whsec_platform"
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
OURS = UUID("8f14e45f-ceea-467f-9575-35b4c8a3c6a1")


def an_event(event_type: str, subject: dict[str, Any], **changes: Any) -> bytes:
    event = {
        "id": "evt_1",
        "object": "event",
        "created": 1_800_000_000,
        "type": event_type,
        "data": {"object": subject},
    }
    return json.dumps(event | changes).encode()


def signed(payload: bytes, *, secret: str = SECRET, at: datetime = NOW) -> str:
    return stripe.WebhookSignature.generate_signature_header(
        payload.decode(), secret, timestamp=int(at.timestamp())
    )


def parse(payload: bytes) -> PaymentNotice:
    return StripePaymentNotices([SECRET]).parse(payload, signed(payload), NOW)


@pytest.mark.parametrize(
    ("event_type", "kind", "paid"),
    [
        ("checkout.session.completed", NoticeKind.CHECKOUT_COMPLETED, False),
        ("checkout.session.async_payment_succeeded", NoticeKind.CHECKOUT_PAID_LATER, True),
        ("checkout.session.async_payment_failed", NoticeKind.CHECKOUT_FAILED_LATER, False),
    ],
)
def test_a_slow_payment_is_told_in_two_steps(event_type: str, kind: NoticeKind, paid: bool) -> None:
    session = {
        "object": "checkout.session",
        "id": "cs_1",
        "amount_total": 4999,
        "currency": "cad",
        "payment_intent": "pi_1",
        "payment_status": "paid" if paid else "unpaid",
        "status": "complete",
        "metadata": {"checkout_id": str(OURS)},
    }

    notice = parse(an_event(event_type, session))

    assert notice.kind is kind
    assert notice.paid is paid
    assert notice.amount == Money(4999)
    assert notice.provider == ProviderIds(checkout="cs_1", payment="pi_1")
    assert notice.ours == OurIds(checkout=OURS)
    assert notice.created == datetime(2027, 1, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("pending", RefundStatus.PENDING),
        ("requires_action", RefundStatus.PENDING),
        ("succeeded", RefundStatus.SUCCEEDED),
        ("canceled", RefundStatus.FAILED),
        ("a status of tomorrow", None),
    ],
)
def test_a_refund_tells_its_status(status: str, expected: RefundStatus | None) -> None:
    refund = {
        "object": "refund",
        "id": "re_1",
        "amount": 100,
        "currency": "cad",
        "charge": "ch_1",
        "payment_intent": "pi_1",
        "status": status,
        "metadata": {"refund_id": str(OURS)},
    }

    notice = parse(an_event("refund.updated", refund))

    assert notice.refund_status is expected
    assert notice.provider == ProviderIds(refund="re_1", charge="ch_1", payment="pi_1")
    assert notice.ours == OurIds(refund=OURS)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("won", DisputeOutcome.WON),
        ("warning_closed", DisputeOutcome.WON),
        ("prevented", DisputeOutcome.WON),
        ("lost", DisputeOutcome.LOST),
    ],
)
def test_a_closed_dispute_costs_money_only_when_it_is_lost(
    status: str, outcome: DisputeOutcome
) -> None:
    dispute = {"object": "dispute", "id": "dp_1", "amount": 1, "currency": "cad", "status": status}

    assert parse(an_event("charge.dispute.closed", dispute)).outcome is outcome


def test_an_unknown_kind_is_kept_by_name_whatever_it_holds() -> None:
    strange = {"object": "invoice", "id": 7, "charge": {"id": "ch_1"}, "metadata": []}

    notice = parse(an_event("invoice.paid", strange))

    assert notice.kind is NoticeKind.OTHER
    assert (notice.event_id, notice.name) == ("evt_1", "invoice.paid")
    assert notice.provider == ProviderIds()
    assert notice.amount is None


@pytest.mark.parametrize("edited", [{}, {"checkout_id": "hello"}, {"checkout_id": ""}])
def test_metadata_that_is_not_ours_names_nothing(edited: dict[str, str]) -> None:
    charge = {"object": "charge", "id": "ch_1", "amount_refunded": 5, "currency": "cad"}

    notice = parse(an_event("charge.refunded", charge | {"metadata": edited}))

    assert notice.ours == OurIds()
    assert notice.amount == Money(5)


@pytest.mark.parametrize(
    "payload",
    [
        b"[]",
        b"{}",
        b"not json",
        an_event("charge.refunded", {"object": "charge", "amount_refunded": "five"}),
        an_event("charge.refunded", {}, created="yesterday"),
    ],
)
def test_a_signed_body_that_has_lost_its_shape_is_unreadable(payload: bytes) -> None:
    with pytest.raises(NoticeUnreadable):
        parse(payload)


@pytest.mark.parametrize("secret", ["whsec_platform", "whsec_accounts"])
def test_any_of_the_endpoints_secrets_is_good(secret: str) -> None:
    notices = StripePaymentNotices(["whsec_platform", "whsec_accounts"])
    account = {"object": "account", "id": "acct_1"}
    payload = an_event("account.updated", account, account="acct_1")

    notice = notices.parse(payload, signed(payload, secret=secret), NOW)

    assert notice.provider == ProviderIds(account="acct_1")


def test_an_old_signature_is_refused_though_it_is_right() -> None:
    notices = StripePaymentNotices([SECRET])
    payload = an_event("account.updated", {"object": "account", "id": "acct_1"})
    signature = signed(payload)

    with pytest.raises(SignatureInvalid):
        notices.parse(payload, signature, NOW + timedelta(minutes=5, seconds=1))
    assert notices.parse(payload, signature, NOW + timedelta(minutes=5))


@given(st.binary(max_size=50), st.text(max_size=50))
def test_no_made_up_signature_is_good(payload: bytes, signature: str) -> None:
    with pytest.raises(SignatureInvalid):
        StripePaymentNotices([SECRET]).parse(payload, signature, NOW)


@pytest.mark.parametrize("secrets", [[], [""], ["whsec_1", ""]])
def test_notices_cannot_be_had_without_a_secret(secrets: list[str]) -> None:
    with pytest.raises(AssertionError):
        StripePaymentNotices(secrets)


def test_a_second_time_in_the_header_does_not_make_an_old_notice_new() -> None:
    payload = an_event("account.updated", {})
    old = signed(payload, at=NOW - timedelta(days=1))

    for header in (f"{old},t={int(NOW.timestamp())}", f"t={int(NOW.timestamp())},{old}"):
        with pytest.raises(SignatureInvalid):
            StripePaymentNotices([SECRET]).parse(payload, header, NOW)


def test_a_signature_from_the_future_is_refused() -> None:
    payload = an_event("account.updated", {})

    with pytest.raises(SignatureInvalid):
        StripePaymentNotices([SECRET]).parse(
            payload, signed(payload, at=NOW + timedelta(minutes=6)), NOW
        )


@pytest.mark.parametrize(
    "spoilt",
    ["{}, ", "{},stray", "{},", "{},t", "{},v1=é", "{},x=1", " {}", "", "t=,v1=", "{}\x00"],
)
def test_a_stray_part_of_the_header_is_refused(spoilt: str) -> None:
    payload = an_event("account.updated", {})

    with pytest.raises(SignatureInvalid):
        StripePaymentNotices([SECRET]).parse(payload, spoilt.format(signed(payload)), NOW)


@pytest.mark.parametrize("digits", [12, 30, 5000])
def test_a_huge_time_in_the_header_is_refused(digits: int) -> None:
    payload = an_event("account.updated", {})
    header = "t=" + "9" * digits + ",v1=" + "a" * 64

    with pytest.raises(SignatureInvalid):
        StripePaymentNotices([SECRET]).parse(payload, header, NOW)


@pytest.mark.parametrize(
    "payload",
    [
        an_event("charge.refunded", {"object": "charge", "id": "ch_1", "amount_refunded": 10**30}),
        an_event("charge.refunded", {"object": "charge", "id": "ch_1", "amount_refunded": -1}),
        an_event("charge.refunded", {"object": "charge", "id": "ch_\x00"}),
        an_event("account.updated", {}, created=10**18),
        an_event("account.updated", {}, created=-1),
        an_event("account.updated", {}, id="evt_\x00"),
        b'{"id": "evt_1", "type": "a", "created": 1, "data": {"object": {"a": '
        + b"[" * 100_000
        + b"]" * 100_000
        + b"}}}",
    ],
)
def test_numbers_and_words_that_nothing_holds_are_unreadable(payload: bytes) -> None:
    with pytest.raises(NoticeUnreadable):
        parse(payload)


PAID = {
    "object": "payment_intent",
    "id": "pi_1",
    "status": "succeeded",
    "amount_received": 4999,
    "currency": "cad",
    "metadata": {"checkout_id": str(OURS)},
}


@pytest.mark.parametrize(("ours", "theirs"), [(True, False), (False, True)])
def test_a_notice_of_the_other_mode_says_nothing(ours: bool, theirs: bool) -> None:
    payload = an_event("payment_intent.succeeded", PAID, livemode=theirs)
    notices = StripePaymentNotices([SECRET], livemode=ours)

    notice = notices.parse(payload, signed(payload), NOW)

    assert (notice.kind, notice.name) == (NoticeKind.OTHER, "payment_intent.succeeded")
    assert (notice.ours, notice.paid) == (OurIds(), False)


def test_live_notices_are_heard_where_the_key_is_live() -> None:
    payload = an_event("payment_intent.succeeded", PAID, livemode=True)

    notice = StripePaymentNotices([SECRET], livemode=True).parse(payload, signed(payload), NOW)

    assert notice.kind is NoticeKind.PAYMENT_SUCCEEDED


def test_a_connected_accounts_own_payment_is_none_of_ours() -> None:
    notice = parse(an_event("payment_intent.succeeded", PAID, account="acct_1"))

    assert (notice.kind, notice.ours) == (NoticeKind.OTHER, OurIds())


def test_an_account_speaks_for_itself_alone() -> None:
    account = {"object": "account", "id": "acct_1", "metadata": {"account_id": str(OURS)}}

    kinds = [
        parse(an_event("account.updated", account, **given)).kind
        for given in ({"account": "acct_1"}, {"account": "acct_2"}, {})
    ]

    assert kinds == [NoticeKind.ACCOUNT_UPDATED, NoticeKind.OTHER, NoticeKind.OTHER]
