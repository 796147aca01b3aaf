"""A disputed payment, from its opening to the bank's decision: pages and mails say the same."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.garage.payments import payments_of
from autodoctor.application.mechanics.earnings import earnings
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.cancellation import CancellationTable
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.mechanic_earned import _row as earned_row
from autodoctor.entrypoints.web.pages.money_lines import money_lines
from autodoctor.entrypoints.web.pages.outcome import customers_words
from autodoctor.entrypoints.web.pages.waiting_view import cancel_view
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.queries import SessionView
from autodoctor.testing.ports import Town, a_customer, a_paid_session, an_admin
from support.followed import a_share_paid, charge_of, hear, paid_by

PRICE = Money(4999)
WAITS = "Your bank is looking into this payment: we refund $49.99{} once the bank has decided."


@attrs.frozen
class Disputed:
    customer: Actor
    admin: Actor
    session: Session
    dispute: str


@pytest.fixture
def disputed(town: Town) -> Disputed:
    """A session that waits, while a bank looks into its payment."""
    admin, customer = an_admin(town.ports), a_customer(town.ports)
    session = a_paid_session(town, customer)
    dispute = town.bank.open_dispute(charge_of(town, paid_by(session)))
    hear(town)
    return Disputed(customer, admin, session, dispute)


def view_of(town: Town, session: Session) -> SessionView:
    return town.ports.queries.sessions.one(session.id)


def lines(town: Town, session: Session) -> list[tuple[str, str]]:
    return [(each.amount, each.detail) for each in money_lines(view_of(town, session)).lines]


def mails(town: Town, account_id: AccountId, *leave_out: Occasion) -> list[tuple[str, str]]:
    queued = (each.mail for each in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    return [
        (each.subject, each.text)
        for each in queued
        if each.account_id == account_id and each.occasion not in leave_out
    ]


def decided(town: Town, found: Disputed, outcome: DisputeOutcome) -> None:
    town.bank.close_dispute(found.dispute, outcome)
    hear(town)


def test_cancelling_promises_the_refund_for_when_the_bank_has_decided(
    town: Town, disputed: Disputed
) -> None:
    at = When("America/Toronto", town.ports.now())
    before = view_of(town, disputed.session)
    assert cancel_view(before, table=CancellationTable(), when=at).text == WAITS.format("")

    cancel_session(town.ports, actor=disputed.customer, session_id=disputed.session.id)
    hear(town)

    after = view_of(town, disputed.session)
    assert customers_words(after).sentence.endswith(WAITS.format(""))
    assert ("$0.00", "$49.99 once your bank has decided") in lines(town, disputed.session)
    ((_, text),) = mails(town, disputed.customer.account_id, Occasion.PAYMENT_RECEIVED)
    assert WAITS.format(" CAD") in text
    assert all(each.disputed for each in payments_of(town.ports, actor=disputed.customer).moved)


def test_a_refund_that_waited_is_told_when_it_is_made(town: Town, disputed: Disputed) -> None:
    cancel_session(town.ports, actor=disputed.customer, session_id=disputed.session.id)
    hear(town)
    before = len(mails(town, disputed.customer.account_id))

    decided(town, disputed, DisputeOutcome.WON)

    told = mails(town, disputed.customer.account_id)[before:]
    assert [subject for subject, _ in told] == ["Your refund of $49.99 CAD is on its way"]
    assert lines(town, disputed.session)[1:] == [("-$49.99", "sent back to your card")]
    assert "we won" in mails(town, disputed.admin.account_id)[-1][1]


def test_a_refund_ordered_before_the_dispute_is_told_when_it_is_made(town: Town) -> None:
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    dispute = town.bank.open_dispute(charge_of(town, paid_by(session)))
    cancel_session(town.ports, actor=customer, session_id=session.id)
    hear(town)
    town.clock.advance(timedelta(minutes=10))
    hear(town)

    town.bank.close_dispute(dispute, DisputeOutcome.WON)
    hear(town)

    subjects = [subject for subject, _ in mails(town, customer.account_id)]
    assert subjects[-1] == "Your refund of $49.99 CAD is on its way"


def test_a_payment_that_stands_is_told(town: Town, disputed: Disputed) -> None:
    decided(town, disputed, DisputeOutcome.WON)

    ((subject, _),) = mails(town, disputed.customer.account_id, Occasion.PAYMENT_RECEIVED)
    assert subject == "Your payment of $49.99 CAD stands"


def test_what_the_bank_gave_back_counts_as_not_spent(town: Town, disputed: Disputed) -> None:
    cancel_session(town.ports, actor=disputed.customer, session_id=disputed.session.id)
    hear(town)

    decided(town, disputed, DisputeOutcome.LOST)

    found = payments_of(town.ports, actor=disputed.customer)
    assert (found.spent, [each.amount for each in found.moved]) == (Money(0), [-PRICE, PRICE])
    assert lines(town, disputed.session)[1:] == [("-$49.99", "given back by your bank")]
    assert money_lines(view_of(town, disputed.session)).totals[0].amount == "$0.00"
    assert mails(town, disputed.customer.account_id)[-1][0] == "Your bank gave you $49.99 CAD back"
    assert "we lost" in mails(town, disputed.admin.account_id)[-1][1]


def test_after_a_payout_everybody_is_told_what_becomes_of_it(town: Town) -> None:
    admin = an_admin(town.ports)
    pair, _ = a_share_paid(town)
    dispute = town.bank.open_dispute(charge_of(town, paid_by(pair.session)))
    hear(town)
    assert "$40.00 CAD of it has been paid out." in mails(town, admin.account_id)[-1][1]
    assert "held back" not in mails(town, admin.account_id)[-1][1]

    town.bank.close_dispute(dispute, DisputeOutcome.LOST)
    hear(town)

    _, text = mails(town, pair.mechanic.account_id)[-1]
    assert "Your share was reduced by $40.00 CAD to $0.00 CAD." in text
    assert "is taken back from your payout account" in text
    ended = town.ports.now()
    (row,) = earnings(
        town.ports,
        actor=pair.mechanic,
        since=ended.replace(year=ended.year - 1),
        until=ended.replace(year=ended.year + 1),
    ).rows
    cells = earned_row(row, When("America/Toronto", ended))
    assert cells[1].note == "$49.99 taken back by their bank"
    assert cells[5].note == "$40.00 of it was taken back"


def test_staff_are_told_that_nothing_was_paid_out_when_that_is_so(
    town: Town, disputed: Disputed
) -> None:
    with town.kept(SYSTEM) as tx:
        assert tx.disputes.open_of(disputed.session.id)
    (_, text) = mails(town, disputed.admin.account_id)[-1]

    assert "Nothing has been paid out, and all of it is held back until the bank" in text
