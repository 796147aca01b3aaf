"""Who looks at a page, as its layout shows them."""

from typing import Final

from flask import request

from autodoctor.application.sessions.views import active_session
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.session_places import cancel_url
from autodoctor.entrypoints.web.places import HOME
from autodoctor.entrypoints.web.views import VISITOR, ActiveSession, NavItem, Viewer

NAV: Final[dict[Role, tuple[tuple[str, str, str], ...]]] = {
    Role.CUSTOMER: (
        ("Dashboard", "/customer/dashboard", "home"),
        ("Sessions", "/customer/sessions", "history"),
        ("Vehicles", "/customer/vehicles", "car"),
        ("Favourites", "/customer/favorites", "star"),
        ("Payments", "/customer/payments", "wallet"),
        ("Profile", "/customer/profile", "user"),
        ("Security", "/account/security", "lock"),
    ),
    Role.MECHANIC: (
        ("Dashboard", "/mechanic/dashboard", "home"),
        ("Requests", "/mechanic/sessions/virtual", "wrench"),
        ("Sessions", "/mechanic/sessions", "history"),
        ("Earnings", "/mechanic/earnings", "wallet"),
        ("Programs", "/mechanic/partnerships/browse", "flag"),
        ("Documents", "/mechanic/documents", "document"),
        ("Reviews", "/mechanic/reviews", "star"),
        ("Profile", "/mechanic/profile", "user"),
        ("Security", "/account/security", "lock"),
    ),
    Role.ADMIN: (
        ("Dashboard", "/admin/dashboard", "home"),
        ("Sessions", "/admin/sessions", "history"),
        ("Workshops", "/admin/workshops", "building"),
        ("Companies", "/admin/corporate", "car"),
        ("Programs", "/admin/programs", "flag"),
        ("Mechanics", "/admin/mechanics", "wrench"),
        ("Users", "/admin/users", "users"),
        ("Cancelled", "/admin/cancellations", "flag"),
        ("Audit log", "/admin/audit", "shield"),
        ("Security log", "/admin/security-log", "eye"),
        ("Money", "/admin/money", "wallet"),
        ("Emails", "/admin/mails", "mail"),
        ("Failed jobs", "/admin/failed-jobs", "alert"),
        ("Security", "/account/security", "lock"),
    ),
    Role.WORKSHOP: (
        ("Dashboard", "/workshop/dashboard", "home"),
        ("Team", "/workshop/team", "users"),
        ("Profile", "/workshop/profile", "building"),
        ("Programs", "/workshop/partnerships/programs", "flag"),
        ("Security", "/account/security", "lock"),
    ),
    Role.CORPORATE: (
        ("Dashboard", "/corporate/dashboard", "home"),
        ("Employees", "/corporate/employees", "users"),
        ("Sessions", "/corporate/sessions", "history"),
        ("Departments", "/corporate/departments", "building"),
        ("Team", "/corporate/team", "shield"),
        ("Integrations", "/corporate/integrations", "link"),
        ("Profile", "/corporate/profile", "user"),
        ("Security", "/account/security", "lock"),
    ),
}
CLOCK: Final = ("Clock", "/dev/clock", "clock")


def viewer() -> Viewer:
    """The visitor, or the person with their places and the session under way."""
    here = call()
    if here.actor is None or here.account is None:
        return VISITOR
    role = here.actor.role
    name = here.account.name
    with here.ports.transactions(here.actor) as tx:
        told = tx.notifications.of(here.actor.account_id, most=50)
    unread = sum(1 for each in told if each.read_at is None)
    return Viewer(
        signed_in=True,
        role=role,
        name=name,
        initials=initials(name),
        home_url=HOME.get(role, "/"),
        nav=_places(here, role),
        active_session=_active(here, role),
        notifications_url="/notifications",
        unread=str(unread) if unread else "",
        profile_url="/customer/profile" if role is Role.CUSTOMER else "",
    )


def _places(here: Call, role: Role) -> tuple[NavItem, ...]:
    """The one that the page is in, or below, is current: of several the nearest."""
    places = NAV.get(role, ())
    if role is Role.ADMIN and here.web.config.clock_file:
        places = (*places, CLOCK)
    above = [url for _, url, _ in places if f"{request.path}/".startswith(f"{url}/")]
    nearest = max(above, key=len, default="")
    return tuple(NavItem(label, url, icon, current=url == nearest) for label, url, icon in places)


def initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def _active(here: Call, role: Role) -> ActiveSession | None:
    if role not in (Role.CUSTOMER, Role.MECHANIC):
        return None
    found = active_session(here.ports, actor=here.who)
    if found is None or request.path.startswith((f"/chat/{found.id}", f"/session/{found.id}")):
        return None
    return banner(found, role)


def banner(session: Session, role: Role) -> ActiveSession:
    """A customer can cancel from here without opening the room, which might start the clock."""
    waiting = session.status is SessionStatus.WAITING
    title = "Looking for a mechanic" if waiting else "You have a session under way"
    return ActiveSession(
        title=title,
        detail="We tell you as soon as somebody is there." if waiting else "Your room is open.",
        return_url=f"/session/{session.id}",
        return_label="Go to the waiting room" if waiting else "Return to session",
        cancel_url=cancel_url(session.id, session.status) if role is Role.CUSTOMER else "",
    )
