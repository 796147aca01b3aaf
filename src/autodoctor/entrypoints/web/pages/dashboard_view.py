"""The customer's dashboard."""

import attrs

from autodoctor.application.garage.figures import CustomerFigures
from autodoctor.domain.accounts.account import Account
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.favorites_view import FavoriteCard
from autodoctor.entrypoints.web.pages.history_view import session_table
from autodoctor.entrypoints.web.pages.unfinished_view import UnfinishedView
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Table


@attrs.frozen
class DashboardView:
    """`unverified` asks to confirm the address before anything is booked."""

    greeting: str
    online: str
    online_note: str
    free: str
    free_note: str
    free_url: str
    sessions: str
    spent: str
    recent: Table
    liked: tuple[FavoriteCard, ...]
    unverified: bool
    unfinished: UnfinishedView | None


def dashboard_view(
    account: Account,
    figures: CustomerFigures,
    *,
    liked: tuple[FavoriteCard, ...] = (),
    unfinished: UnfinishedView | None = None,
    when: When,
) -> DashboardView:
    online, used = figures.mechanics_online, figures.free_session_used
    return DashboardView(
        greeting=f"Hello, {account.name.split(' ', maxsplit=1)[0]}",
        online=str(online),
        online_note="on shift now" if online else "requests wait up to 15 minutes",
        free="Used" if used else "Yours",
        free_note="one per customer" if used else "5 minutes by chat",
        free_url="" if used else "/intake?plan=free",
        sessions=str(figures.sessions),
        spent=money_text(figures.spent),
        recent=session_table(
            figures.recent, when, caption="Recent sessions", empty="Your sessions will appear here."
        ),
        liked=liked,
        unverified=not account.verified,
        unfinished=unfinished,
    )
