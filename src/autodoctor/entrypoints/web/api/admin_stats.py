"""The figures staff look at first."""

import attrs

from autodoctor.application.access.operations import FIGURES
from autodoctor.application.operations.figures import figures
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call

admin_stats = Endpoints("Admin")


@attrs.frozen(kw_only=True)
class StatsAnswer:
    """As of now. `users_active` were seen in the last quarter of an hour; the ledger's
    `balances` are debits positive, credits negative, and sum to zero."""

    sessions: dict[str, int]
    mechanics_online: int
    disputes_open: int
    mails_given_up: int
    jobs_given_up: int
    users: dict[str, int]
    users_active: int
    users_suspended: int
    users_banned: int
    applications_waiting: dict[str, int]
    balances: dict[str, Money]


@admin_stats.route("GET", "/api/admin/dashboard/stats", action=FIGURES, answer=StatsAnswer)
def stats(call: Call) -> StatsAnswer:
    """Sessions, people, applications and the ledger, in figures."""
    found = figures(call.ports, actor=call.who)
    return StatsAnswer(
        sessions={status.value: count for status, count in found.sessions.items()},
        mechanics_online=found.mechanics_online,
        disputes_open=found.disputes_open,
        mails_given_up=found.mails_given_up,
        jobs_given_up=found.jobs_given_up,
        users={role.value: count for role, count in found.people.by_role.items()},
        users_active=found.people.logged_in,
        users_suspended=found.people.suspended,
        users_banned=found.people.banned,
        applications_waiting={kind.value: n for kind, n in found.applications.items()},
        balances=dict(found.balances),
    )
