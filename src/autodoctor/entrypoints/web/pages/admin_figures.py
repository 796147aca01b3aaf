"""The hub of staff: live figures as cards."""

from typing import Final

import attrs

from autodoctor.application.operations.figures import Figures
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.vetting.application import ApplicationKind
from autodoctor.entrypoints.web.pages.admin_money import balance_table, balanced
from autodoctor.entrypoints.web.pages.wording import words
from autodoctor.entrypoints.web.parts import Table
from autodoctor.ports.people_queries import PeopleFigures

PLURALS: Final = {
    Role.CUSTOMER: "Customers",
    Role.MECHANIC: "Mechanics",
    Role.WORKSHOP: "Workshop staff",
    Role.CORPORATE: "Corporate",
    Role.ADMIN: "Admins",
}
_UNDER_WAY: Final = (S.LIVE, S.RECONNECTING, S.MATCHED, S.SCHEDULED, S.WAITING)


@attrs.frozen
class Tile:
    label: str
    figure: str
    note: str = ""
    url: str = ""


@attrs.frozen
class HubView:
    """`now` is what needs eyes first; `books` says whether the ledger sums to zero."""

    now: tuple[Tile, ...]
    people: tuple[Tile, ...]
    states: tuple[Tile, ...]
    balances: Table
    books: str
    balanced: bool


def hub_view(found: Figures) -> HubView:
    in_order = balanced(found.balances)
    under_way = sum(found.sessions.get(each, 0) for each in _UNDER_WAY)
    return HubView(
        now=(
            Tile("Mechanics on shift", str(found.mechanics_online)),
            Tile("Sessions under way", str(under_way)),
            Tile("Payments disputed", str(found.disputes_open)),
            _verified(found.money_check),
            Tile("Money that needs attention", str(found.money_issues), url="/admin/money"),
            Tile(
                "Mechanics to decide on",
                str(found.applications[ApplicationKind.MECHANIC]),
                url="/admin/mechanics",
            ),
            Tile(
                "Workshops to decide on",
                str(found.applications[ApplicationKind.WORKSHOP]),
                url="/admin/workshops/applications",
            ),
            Tile(
                "Companies to decide on",
                str(found.applications[ApplicationKind.ORGANIZATION]),
                url="/admin/corporate?shown=applying",
            ),
            Tile("Emails not delivered", str(found.mails_given_up), url="/admin/mails"),
            Tile("Jobs given up", str(found.jobs_given_up), url="/admin/failed-jobs"),
            Tile("Total sessions", str(sum(found.sessions.values())), url="/admin/sessions"),
        ),
        people=people_tiles(found.people),
        states=tuple(_state(status, found.sessions.get(status, 0)) for status in S),
        balances=balance_table(found.balances),
        books="The books balance: debits and credits sum to zero."
        if in_order
        else "The books do not balance: stop payouts and look for the entry.",
        balanced=in_order,
    )


def _verified(check: MoneyCheck | None) -> Tile:
    label = "Differences to Stripe"
    if check is None:
        return Tile(label, "–", "Not checked yet. Runs every night.")
    return Tile(label, str(len(check.differences)), f"Compared {check.at:%Y-%m-%d %H:%M} UTC")


def people_tiles(found: PeopleFigures) -> tuple[Tile, ...]:
    by_role = tuple(
        Tile(PLURALS[role], str(found.by_role.get(role, 0)), url=f"/admin/users?role={role}")
        for role in PLURALS
    )
    return (
        Tile("Here now", str(found.logged_in), "In the last 15 minutes"),
        *by_role,
        Tile("Suspended", str(found.suspended), url="/admin/users?standing=suspended"),
        Tile("Banned", str(found.banned), url="/admin/users?standing=banned"),
    )


def _state(status: S, count: int) -> Tile:
    return Tile(words(status, Role.ADMIN).label, str(count), "", f"/admin/sessions?state={status}")
