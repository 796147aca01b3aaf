"""Notices about what is not ours: tried again while it may become ours, and then left alone."""

from datetime import timedelta

import pytest

from autodoctor.application.payments.disputes import PATIENCE, NotReadyYet
from autodoctor.application.payments.notices import handle
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import NoticeKind, OurIds, PaymentNotice, ProviderIds
from autodoctor.testing.ports import Town

WAITED_FOR = (
    NoticeKind.CHARGE_REFUNDED,
    NoticeKind.TRANSFER_REVERSED,
)
"""Of these the thing they are about may come later than they do. A dispute is asked for first, and
the provider knows its own at once."""

ELSEWHERE = ProviderIds(
    charge="ch_elsewhere",
    refund="re_elsewhere",
    transfer="tr_elsewhere",
    dispute="dp_elsewhere",
    payout="po_elsewhere",
    account="acct_elsewhere",
)


def stored(town: Town, kind: NoticeKind, provider: ProviderIds, *, age: timedelta) -> str:
    notice = PaymentNotice(
        event_id=f"evt_{kind}",
        kind=kind,
        name=kind,
        created=town.ports.now() - age,
        provider=provider,
        ours=OurIds(),
        amount=Money(100),
    )
    with town.kept(SYSTEM) as tx:
        assert tx.webhooks.store(notice, at=town.ports.now())
    return notice.event_id


def is_handled(town: Town, notice_id: str) -> bool:
    with town.kept(SYSTEM) as tx:
        return tx.webhooks.take(notice_id) is None


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("provider", [ELSEWHERE, ProviderIds()])
def test_what_is_never_ours_is_left_alone(
    town: Town, kind: NoticeKind, provider: ProviderIds
) -> None:
    notice_id = stored(town, kind, provider, age=PATIENCE)

    handle(town.ports, notice_id=notice_id)

    assert is_handled(town, notice_id)
    assert town.ports.queries.money.open_issues() == ()
    handle(town.ports, notice_id=notice_id)


@pytest.mark.parametrize("kind", WAITED_FOR)
def test_what_may_become_ours_is_tried_again(town: Town, kind: NoticeKind) -> None:
    notice_id = stored(town, kind, ELSEWHERE, age=timedelta(0))

    with pytest.raises(NotReadyYet):
        handle(town.ports, notice_id=notice_id)

    assert not is_handled(town, notice_id)
