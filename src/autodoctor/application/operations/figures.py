"""The figures staff look at first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.operations import FIGURES
from autodoctor.application.matching.find import online_count
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import ApplicationKind, ApplicationStatus
from autodoctor.ports.bundle import Ports
from autodoctor.ports.people_queries import PeopleFigures

HERE_WITHIN: Final = timedelta(minutes=15)
SUBMITTED: Final = ApplicationStatus.SUBMITTED
UNDER_REVIEW: Final = ApplicationStatus.UNDER_REVIEW


@attrs.frozen(kw_only=True)
class Figures:
    """As of now. `people.logged_in` counts those seen in the last quarter of an hour,
    `applications` those handed in and not decided. `balances` are the ledger's, by kind of
    account: debits positive, credits negative, together zero."""

    sessions: Mapping[SessionStatus, int]
    mechanics_online: int
    disputes_open: int
    money_issues: int
    money_check: MoneyCheck | None
    mails_given_up: int
    jobs_given_up: int
    people: PeopleFigures
    applications: Mapping[ApplicationKind, int]
    balances: tuple[tuple[str, Money], ...]


def figures(ports: Ports, *, actor: Actor) -> Figures:
    may(actor, FIGURES)
    return Figures(
        sessions=ports.queries.sessions.by_status(),
        mechanics_online=online_count(ports),
        disputes_open=ports.queries.revenue.disputes_open(),
        money_issues=len(ports.queries.money.open_issues()),
        money_check=ports.queries.money.last_check(),
        mails_given_up=ports.queries.mails.given_up(),
        jobs_given_up=ports.queries.jobs.given_up(),
        people=_people(ports),
        applications={kind: _waiting(ports, kind) for kind in ApplicationKind},
        balances=ports.queries.revenue.trial_balance(),
    )


def _people(ports: Ports) -> PeopleFigures:
    at = ports.now()
    return ports.queries.people.figures(at=at, since=at - HERE_WITHIN)


def _waiting(ports: Ports, kind: ApplicationKind) -> int:
    found = ports.queries.applications.by_status(kind)
    return sum(found.get(status, 0) for status in (SUBMITTED, UNDER_REVIEW))
