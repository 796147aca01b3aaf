"""The figures staff look at first."""

from collections.abc import Mapping

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import FIGURES
from autodoctor.application.matching.find import online_count
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.money import Money
from autodoctor.ports.bundle import Ports


@attrs.frozen(kw_only=True)
class Figures:
    """As of now. `balances` are the ledger's, by kind of account: debits positive, credits
    negative, together zero."""

    sessions: Mapping[SessionStatus, int]
    mechanics_online: int
    disputes_open: int
    mails_given_up: int
    balances: tuple[tuple[str, Money], ...]


def figures(ports: Ports, *, actor: Actor) -> Figures:
    may(actor, FIGURES)
    return Figures(
        sessions=ports.queries.sessions.by_status(),
        mechanics_online=online_count(ports),
        disputes_open=ports.queries.revenue.disputes_open(),
        mails_given_up=ports.queries.mails.given_up(),
        balances=ports.queries.revenue.trial_balance(),
    )
