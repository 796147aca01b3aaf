"""Payment notices in memory: a post box to fill, and to read with `parse`."""

from collections.abc import Callable
from datetime import UTC, datetime

import attrs

from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import (
    SIGNATURE_AGE_MAX,
    DisputeOutcome,
    NoticeKind,
    OurIds,
    PaymentNotice,
    ProviderIds,
)
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid
from autodoctor.ports.payments import RefundStatus


@attrs.frozen
class Delivery:
    """What arrives at the webhook: the body, and the header that signs it."""

    payload: bytes
    signature: str


class MemoryPaymentNotices:
    """A payload is the event's id, and a signature says when and by whom it was made."""

    def __init__(self, *, clock: Callable[[], datetime], secret: str = "memory") -> None:  # noqa: S107 - signs nothing outside this process
        self._clock = clock
        self._secret = secret
        self._notices: dict[str, PaymentNotice] = {}

    def parse(self, payload: bytes, signature: str, at: datetime) -> PaymentNotice:
        seconds, _, signer = signature.partition(":")
        if signer != f"{self._secret}:{payload!r}":
            raise SignatureInvalid("no match")
        if at - datetime.fromtimestamp(int(seconds), UTC) > SIGNATURE_AGE_MAX:
            raise SignatureInvalid("too old")
        notice = self._notices.get(payload.decode(errors="replace"))
        if notice is None:
            raise NoticeUnreadable("no such event")
        return notice

    def post(
        self,
        kind: NoticeKind,
        *,
        provider: ProviderIds,
        ours: OurIds,
        amount: Money | None = None,
        paid: bool = False,
        refund_status: RefundStatus | None = None,
        outcome: DisputeOutcome | None = None,
    ) -> PaymentNotice:
        notice = PaymentNotice(
            event_id=f"event_{len(self._notices) + 1}",
            kind=kind,
            name=kind.value,
            created=self._clock(),
            provider=provider,
            ours=ours,
            amount=amount,
            paid=paid,
            refund_status=refund_status,
            outcome=outcome,
        )
        self._notices[notice.event_id] = notice
        return notice

    def deliveries(self) -> list[Delivery]:
        """All there was so far, in order, signed now."""
        return [self.sign(event_id.encode()) for event_id in self._notices]

    def sign(self, payload: bytes) -> Delivery:
        seconds = int(self._clock().timestamp())
        return Delivery(payload, f"{seconds}:{self._secret}:{payload!r}")
