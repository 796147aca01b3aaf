"""A notice about a dispute is a reason to ask, and never taken at its word."""

import attrs
import pytest

from autodoctor.adapters.memory.payment_records import MemoryPaymentRecords
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.notices import handle
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)
from autodoctor.ports.payment_records import ProviderDispute
from autodoctor.ports.payment_refusals import No, PaymentRefused
from autodoctor.testing.ports import Town
from autodoctor.testing.town import hear_everything, work
from support.towns import Pair, completed, matched

FORGED = "dp_forged"


def told(town: Town, kind: NoticeKind, dispute_id: str, **said: object) -> str:
    """A signed notice, whatever it says; kept, and not handled yet."""
    (charge_id,) = town.bank.charges
    notice = PaymentNotice(
        event_id=f"evt_{dispute_id}_{kind}",
        kind=kind,
        name=str(kind),
        created=town.clock.now(),
        provider=ProviderIds(dispute=dispute_id, charge=charge_id),
        ours=OurIds(),
        **said,  # type: ignore[arg-type]
    )
    with town.kept(SYSTEM) as tx:
        tx.webhooks.store(notice, at=town.clock.now())
    return notice.event_id


def disputes(town: Town, pair: Pair) -> list[tuple[int, bool | None]]:
    """Amounts and outcomes."""
    with town.kept(SYSTEM) as tx:
        assert pair.session.checkout_id is not None
        found = tx.disputes.about(pair.session.checkout_id)
    return [(each.amount.minor, each.won) for each in found]


def test_a_dispute_that_the_provider_does_not_know_changes_nothing(town: Town) -> None:
    pair = matched(town)

    handle(
        town.ports,
        notice_id=told(town, NoticeKind.DISPUTE_OPENED, FORGED, amount=Money(10**12)),
    )

    assert disputes(town, pair) == []


class _Closed(MemoryPaymentRecords):
    """The provider does not tell us what it has on record."""

    def dispute(self, dispute_id: str, /) -> ProviderDispute:
        raise PaymentRefused(No.OTHER, "not_allowed")


def test_a_dispute_that_the_provider_does_not_tell_of_is_asked_about_again(town: Town) -> None:
    pair = matched(town)
    (charge_id,) = town.bank.charges
    opened = told(town, NoticeKind.DISPUTE_OPENED, town.bank.open_dispute(charge_id))
    blind = attrs.evolve(town.ports, payment_records=_Closed(town.bank))

    with pytest.raises(PaymentRefused):
        handle(blind, notice_id=opened)
    assert disputes(town, pair) == []
    handle(town.ports, notice_id=opened)

    assert disputes(town, pair) == [(4999, None)]


def test_its_amount_is_the_providers(town: Town) -> None:
    pair = matched(town)
    (charge_id,) = town.bank.charges
    dispute_id = town.bank.open_dispute(charge_id)

    handle(
        town.ports,
        notice_id=told(town, NoticeKind.DISPUTE_OPENED, dispute_id, amount=Money(10**12)),
    )

    assert disputes(town, pair) == [(4999, None)]


def test_it_is_decided_when_the_provider_says_so(town: Town) -> None:
    pair = completed(town)
    (charge_id,) = town.bank.charges
    dispute_id = town.bank.open_dispute(charge_id)
    hear_everything(town)
    work(town)
    lie = told(town, NoticeKind.DISPUTE_CLOSED, dispute_id, outcome=DisputeOutcome.WON)

    with pytest.raises(NotReadyYet):
        handle(town.ports, notice_id=lie)
    assert disputes(town, pair) == [(4999, None)]
    town.bank.close_dispute(dispute_id, DisputeOutcome.LOST)
    handle(town.ports, notice_id=lie)

    assert disputes(town, pair) == [(4999, False)]
