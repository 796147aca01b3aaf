"""A session that has not ended and whose money has all gone back does not go on."""

from typing import Final

from autodoctor.application.payments.holding import Holding
from autodoctor.application.sessions.ending import call_off
from autodoctor.domain.sessions.cancellation import Cause
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

AT_THE_PROVIDER: Final = Actor(SYSTEM.account_id, Role.ADMIN)
"""Whoever of staff refunded it there, or the customer's bank: the provider does not tell us."""


def call_off_unfunded(ports: Ports, tx: Transaction, holding: Holding, *, cause: Cause) -> bool:
    """Whether it was called off: not one that has ended, and not while some of its money is left
    or disputed."""
    if holding.session is None:
        return False
    session = tx.sessions.get(holding.session.id, lock=True)
    funds = holding.funds(tx)
    if session.ended or funds.held or funds.disputed:
        return False
    call_off(ports, tx, session, by=AT_THE_PROVIDER, cause=cause)
    return True
