"""The customer's dashboard."""

from typing import Final

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.entrypoints.web.pages.history_view import session_table
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Table
from autodoctor.ports.queries import SessionView

RECENT: Final = 5


@attrs.frozen
class DashboardView:
    """`unverified` asks to confirm the address before anything is booked."""

    greeting: str
    online: str
    online_note: str
    free: str
    free_note: str
    free_url: str
    recent: Table
    unverified: bool


def dashboard_view(
    account: Account, recent: tuple[SessionView, ...], *, online: int, free_left: int, when: When
) -> DashboardView:
    return DashboardView(
        greeting=f"Hello, {account.name.split(' ', maxsplit=1)[0]}",
        online=str(online),
        online_note="on shift now" if online else "requests wait up to 15 minutes",
        free="Yours" if free_left else "Used",
        free_note="5 minutes by chat" if free_left else "one per customer",
        free_url="/intake?plan=free" if free_left else "",
        recent=session_table(
            recent, when, caption="Recent sessions", empty="They will stand here."
        ),
        unverified=not account.verified,
    )
