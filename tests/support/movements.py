"""Movements of money for a session that is kept, in any stores; none of them kept yet."""

from uuid import uuid4

from autodoctor.domain.revenue.accounts import AccountKind
from autodoctor.domain.revenue.bank_payout import Payout, PayoutStatus
from autodoctor.domain.revenue.ids import DisputeId, IssueId, ReversalId
from autodoctor.domain.revenue.issue import Issue, IssueKind
from autodoctor.domain.revenue.movements import MovementStatus, Refund, Reversal, Transfer
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import RefundId, TransferId
from autodoctor.domain.shared.money import Money
from autodoctor.ports.revenue import Dispute
from support.scenery import AT


def a_transfer(
    session: Session,
    *,
    account: AccountKind = AccountKind.MECHANIC,
    status: MovementStatus = MovementStatus.HELD,
) -> Transfer:
    assert session.mechanic_id is not None, "only who took a session earns in it"
    return Transfer(
        id=TransferId(uuid4()),
        session_id=session.id,
        account=account,
        owner_id=session.mechanic_id,
        amount=Money(4000),
        created_at=AT,
        status=status,
    )


def a_refund(session: Session, *, reason: str = "ended") -> Refund:
    assert session.checkout_id is not None, "only what was paid goes back"
    return Refund(
        id=RefundId(uuid4()),
        checkout_id=session.checkout_id,
        session_id=session.id,
        amount=session.terms.price,
        reason=reason,
        created_at=AT,
    )


def a_reversal(transfer: Transfer) -> Reversal:
    return Reversal(
        id=ReversalId(uuid4()),
        transfer_id=transfer.id,
        refund_id=None,
        amount=transfer.amount,
        created_at=AT,
    )


def a_dispute(session: Session) -> Dispute:
    assert session.checkout_id is not None, "only what was paid can be disputed"
    return Dispute(
        id=DisputeId(uuid4()),
        provider_id=f"dispute_{uuid4()}",
        session_id=session.id,
        checkout_id=session.checkout_id,
        amount=session.terms.price,
        opened_at=AT,
    )


def new_issue(session: Session, *, kind: IssueKind = IssueKind.REFUND_FAILED) -> Issue:
    return Issue(
        id=IssueId(uuid4()),
        kind=kind,
        subject_id=uuid4(),
        session_id=session.id,
        checkout_id=session.checkout_id,
        amount=Money(4999),
        detail="lost_or_stolen_card",
        opened_at=AT,
    )


def new_payout() -> Payout:
    return Payout(
        id=uuid4(),
        provider_id=f"po_{uuid4()}",
        account=AccountKind.MECHANIC,
        owner_id=uuid4(),
        amount=Money(4000),
        status=PayoutStatus.FAILED,
        failure="account_closed",
        created_at=AT,
    )
