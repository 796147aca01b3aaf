"""What payees were sent, or are about to be, when its money goes back: sent in part, taken back,
or owed to us."""

from datetime import timedelta

import pytest

from autodoctor.application.payments.calls import make_reversal, make_transfer
from autodoctor.application.payments.errands import NotReadyYet
from autodoctor.application.payments.refund_records import match_refunds
from autodoctor.application.payments.resolving import NothingOwed, retry, settle
from autodoctor.application.payments.verifying import verify_money
from autodoctor.domain.revenue.accounts import Account
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.domain.revenue.movements import MovementStatus, Reversal
from autodoctor.domain.shared.money import Money
from autodoctor.ports.payment_notices import NoticeKind, ProviderIds
from autodoctor.ports.payment_refusals import PaymentsUnavailable
from autodoctor.testing.ports import Town, an_admin
from autodoctor.testing.town import work
from support.followed import (
    a_share_due,
    a_share_paid,
    balance,
    charge_of,
    hear,
    issues,
    news,
    paid_by,
    payable,
    reversals_of,
    transfers_of,
)
from support.towns import Pair, completed

PRICE = Money(4999)


def given_back(town: Town, pair: Pair, amount: Money | None = None) -> None:
    """Staff refund it at the provider, and we hear of that alone."""
    checkout_id = paid_by(pair.session)
    town.bank.refund_at_provider(charge_of(town, checkout_id), amount)
    match_refunds(town.ports, checkout_id=checkout_id)


def reversal_due(town: Town) -> tuple[Pair, str, Reversal]:
    """The whole share of 4000 was sent, and is to be taken back."""
    pair, transfer = a_share_paid(town)
    given_back(town, pair)
    (due,) = reversals_of(town, pair.session)
    assert (due.status, due.amount) == (MovementStatus.DUE, Money(4000))
    return pair, transfer, due


def taken_back(town: Town, pair: Pair) -> list[tuple[MovementStatus, Money]]:
    return [(each.status, each.amount) for each in reversals_of(town, pair.session)]


def later(town: Town) -> None:
    town.clock.advance(timedelta(minutes=10))
    work(town)


def test_what_is_held_stays_as_it_is_when_the_payee_earns_no_less(town: Town) -> None:
    """Of 4994 a mechanic earns as much as of 4995: the platform's share is rounded down."""
    pair = completed(town)
    given_back(town, pair, Money(4))
    (held,) = transfers_of(town, pair.session)
    assert (held.status, held.amount) == (MovementStatus.HELD, Money(3996))

    given_back(town, pair, Money(1))

    assert transfers_of(town, pair.session) == [held]
    assert payable(town, pair.mechanic) == Money(3996)


def test_what_is_due_stays_as_it_is_when_the_payee_earns_no_less(town: Town) -> None:
    pair, _ = a_share_due(town)
    given_back(town, pair, Money(4))
    before = transfers_of(town, pair.session)
    assert [(each.status, each.amount) for each in before] == [
        (MovementStatus.VOID, Money(4000)),
        (MovementStatus.DUE, Money(3996)),
    ]

    given_back(town, pair, Money(1))

    assert transfers_of(town, pair.session) == before
    work(town)
    assert [each.order.amount for each in town.bank.transfers.values()] == [Money(3996)]


def test_a_share_of_nothing_is_not_sent(town: Town) -> None:
    pair, _ = a_share_due(town)

    given_back(town, pair)
    work(town)

    assert [each.status for each in transfers_of(town, pair.session)] == [MovementStatus.VOID]
    assert (len(town.bank.transfers), reversals_of(town, pair.session)) == (0, [])
    assert payable(town, pair.mechanic) == Money(0)


def test_a_transfer_without_an_answer_is_taken_back_once_it_was_made(town: Town) -> None:
    pair, due = a_share_due(town)
    town.bank.lose_next_answer()
    with pytest.raises(PaymentsUnavailable):
        make_transfer(town.ports, due.id)
    given_back(town, pair)
    (reversal,) = reversals_of(town, pair.session)

    with pytest.raises(NotReadyYet):
        make_reversal(town.ports, reversal.id)
    assert reversals_of(town, pair.session) == [reversal], "no try"

    later(town)
    later(town)
    assert taken_back(town, pair) == [(MovementStatus.DONE, Money(4000))]
    assert [each.left_minor for each in town.bank.transfers.values()] == [0]
    assert payable(town, pair.mechanic) == Money(0)


def test_nothing_is_taken_back_of_a_transfer_that_was_refused(town: Town) -> None:
    pair, due = a_share_due(town)
    town.bank.go_down()
    with pytest.raises(PaymentsUnavailable):
        make_transfer(town.ports, due.id)
    town.bank.come_back()
    given_back(town, pair)
    town.bank.accounts.clear()

    make_transfer(town.ports, due.id)

    assert taken_back(town, pair) == [(MovementStatus.VOID, Money(4000))]
    assert [each.status for each in transfers_of(town, pair.session)] == [MovementStatus.FAILED]
    assert payable(town, pair.mechanic) == Money(0)
    later(town)
    assert len(town.bank.reversals) == 0


def test_what_is_to_be_taken_back_is_no_difference(town: Town) -> None:
    reversal_due(town)

    check = verify_money(town.ports)

    assert (check.checked, check.under_way, check.differences) == (1, 0, ())


def test_a_notice_of_our_own_reversal_is_its_answer(town: Town) -> None:
    pair, transfer, due = reversal_due(town)
    town.bank.lose_next_answer()
    with pytest.raises(PaymentsUnavailable):
        make_reversal(town.ports, due.id)

    news(town, NoticeKind.TRANSFER_REVERSED, ProviderIds(transfer=transfer))

    assert taken_back(town, pair) == [(MovementStatus.DONE, Money(4000))]
    make_reversal(town.ports, due.id)
    assert len(town.bank.reversals) == 1
    assert IssueKind.REVERSAL_AT_PROVIDER not in [kind for kind, _ in issues(town)]


def test_news_of_our_own_reversal_after_its_answer_change_nothing(town: Town) -> None:
    pair, transfer, due = reversal_due(town)
    make_reversal(town.ports, due.id)
    before = reversals_of(town, pair.session), issues(town)

    news(town, NoticeKind.TRANSFER_REVERSED, ProviderIds(transfer=transfer))

    assert (reversals_of(town, pair.session), issues(town)) == before
    assert payable(town, pair.mechanic) == Money(0)


def test_a_reversal_of_all_at_the_provider_stands_for_ours(town: Town) -> None:
    pair, transfer, due = reversal_due(town)
    town.bank.reverse_at_provider(transfer, Money(4000))

    make_reversal(town.ports, due.id)

    assert taken_back(town, pair) == [
        (MovementStatus.VOID, Money(4000)),
        (MovementStatus.DONE, Money(4000)),
    ]
    assert payable(town, pair.mechanic) == Money(0)
    assert (IssueKind.REVERSAL_AT_PROVIDER, Money(4000)) in issues(town)
    assert IssueKind.REVERSAL_FAILED not in [kind for kind, _ in issues(town)]


def test_the_rest_of_ours_is_taken_back_after_a_part_was_at_the_provider(town: Town) -> None:
    pair, transfer, due = reversal_due(town)
    town.bank.reverse_at_provider(transfer, Money(1000))

    make_reversal(town.ports, due.id)
    work(town)

    assert taken_back(town, pair) == [
        (MovementStatus.VOID, Money(4000)),
        (MovementStatus.DONE, Money(1000)),
        (MovementStatus.DONE, Money(3000)),
    ]
    assert town.bank.transfers[transfer].left_minor == 0
    assert payable(town, pair.mechanic) == Money(0)


def test_a_reversal_at_the_provider_waits_for_the_answer_to_ours(town: Town) -> None:
    pair, transfer, due = reversal_due(town)
    town.bank.go_down()
    with pytest.raises(PaymentsUnavailable):
        make_reversal(town.ports, due.id)
    town.bank.come_back()
    town.bank.reverse_at_provider(transfer, Money(1000))

    with pytest.raises(NotReadyYet):
        news(town, NoticeKind.TRANSFER_REVERSED, ProviderIds(transfer=transfer))
    assert taken_back(town, pair) == [(MovementStatus.DUE, Money(4000))]

    make_reversal(town.ports, due.id)
    work(town)
    assert town.bank.transfers[transfer].left_minor == 0
    assert payable(town, pair.mechanic) == Money(0)


def owes_us(town: Town) -> tuple[Pair, str]:
    """The share has left for their bank before it could be taken back; the payout's id."""
    pair, _, due = reversal_due(town)
    (account,) = town.bank.accounts
    payout = town.bank.pay_out(account, Money(4000))
    make_reversal(town.ports, due.id)
    assert payable(town, pair.mechanic) == Money(-4000)
    assert (IssueKind.REVERSAL_FAILED, Money(4000)) in issues(town)
    return pair, payout


def test_staff_take_back_again_what_could_not_be(town: Town) -> None:
    admin = an_admin(town.ports)
    pair, payout = owes_us(town)
    (issue,) = (i for i in town.ports.queries.money.open_issues() if _is_reversal(i.kind))
    town.bank.finish_payout(payout, failure="account_closed")

    retry(town.ports, actor=admin, issue_id=issue.id, note="Their bank sent it back.")
    work(town)

    assert taken_back(town, pair) == [
        (MovementStatus.FAILED, Money(4000)),
        (MovementStatus.DONE, Money(4000)),
    ]
    assert payable(town, pair.mechanic) == Money(0)
    assert balance(town, Account.processor()) == Money(0)


def test_a_mechanic_pays_us_back_past_the_provider(town: Town) -> None:
    admin = an_admin(town.ports)
    pair, _ = owes_us(town)
    (issue,) = (i for i in town.ports.queries.money.open_issues() if _is_reversal(i.kind))

    settle(town.ports, actor=admin, issue_id=issue.id, note="By e-transfer.")

    assert payable(town, pair.mechanic) == Money(0)
    assert balance(town, Account.bank()) == Money(4000)
    assert [kind for kind, _ in issues(town)] == [IssueKind.REFUND_AT_PROVIDER]


def test_a_debt_that_the_provider_has_taken_meanwhile_is_no_debt(town: Town) -> None:
    admin = an_admin(town.ports)
    pair, payout = owes_us(town)
    (issue,) = (i for i in town.ports.queries.money.open_issues() if _is_reversal(i.kind))
    town.bank.finish_payout(payout, failure="account_closed")
    (transfer,) = town.bank.transfers
    town.bank.reverse_at_provider(transfer, Money(4000))
    hear(town)

    for step in (retry, settle):
        with pytest.raises(NothingOwed):
            step(town.ports, actor=admin, issue_id=issue.id, note="once more")

    assert payable(town, pair.mechanic) == Money(0)


def _is_reversal(kind: IssueKind) -> bool:
    return kind is IssueKind.REVERSAL_FAILED
