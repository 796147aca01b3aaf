import pytest

from autodoctor.domain.notifications.table import TABLE, Channel, Occasion, channels
from autodoctor.domain.shared.actor import Role

PRODUCT = """
new_request          in_app email  mechanic
request_accepted     in_app email  customer
starting_soon        in_app email  customer mechanic
session_ended        in_app email  customer admin
payment_failed       in_app email  customer
mechanic_approved    -      email  mechanic
workshop_escalation  in_app email  workshop
quote_created        in_app email  customer
refund_processed     -      email  customer
"""
"""The product's channel table and, from its diagram, who is told. SMS and push are not sent."""

BESIDES = """
payment_received     in_app email  customer
mechanic_released    in_app email  customer
refund_failed        in_app email  customer
earnings_reduced     in_app email  mechanic workshop
payout_failed        in_app email  mechanic workshop
money_issue          in_app email  admin
report_ready         in_app email  customer
dispute_decided      in_app email  customer
session_lost         in_app email  mechanic
"""
"""A receipt, a lost mechanic or session, money that fails, a report, a dispute: the product's table
leaves them out."""

ROWS = [line.split() for line in (PRODUCT + BESIDES).strip().splitlines() if line]
TOLD = {
    (Occasion(occasion), Role(role)): frozenset(map(Channel, {in_app, email} - {"-"}))
    for occasion, in_app, email, *roles in ROWS
    for role in roles
}
OTHERS = [occasion for occasion in Occasion if occasion is not Occasion.NEW_REQUEST]


def test_the_table_is_the_products_and_money_that_fails() -> None:
    flat = {(occasion, role): sent for occasion in TABLE for role, sent in TABLE[occasion].items()}

    assert flat == TOLD
    assert set(TABLE) == set(Occasion)


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("occasion", OTHERS)
def test_each_role_is_told_by_its_channels_whether_online_or_not(
    occasion: Occasion, role: Role, online: bool
) -> None:
    assert channels(occasion, role, online=online) == TOLD.get((occasion, role), frozenset())


def test_a_new_request_is_shown_to_mechanics_who_are_online_and_mailed_to_those_who_are_not() -> (
    None
):
    assert channels(Occasion.NEW_REQUEST, Role.MECHANIC, online=True) == {Channel.IN_APP}
    assert channels(Occasion.NEW_REQUEST, Role.MECHANIC) == {Channel.EMAIL}
    assert channels(Occasion.NEW_REQUEST, Role.CUSTOMER, online=True) == frozenset()
    assert channels(Occasion.NEW_REQUEST, Role.CUSTOMER) == frozenset()
