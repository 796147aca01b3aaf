"""What the layouts show around every page: the site, and who looks at it."""

from collections.abc import Callable
from enum import StrEnum

import attrs


class Tone(StrEnum):
    """How a badge, notice or event is coloured; the words carry the meaning."""

    NEUTRAL = "neutral"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    LIVE = "live"


@attrs.frozen
class Site:
    """The same for everybody. `asset` turns a name ("site.css") into its hashed address;
    `realtime_url` has no trailing slash; an empty `environment_note` shows nothing."""

    asset: Callable[[str], str]
    year: str
    realtime_url: str = ""
    environment_note: str = ""
    name: str = "autodoctor"


@attrs.frozen
class NavItem:
    """A place in the side bar. `icon` is a symbol of frontend/icons/icons.svg."""

    label: str
    url: str
    icon: str
    current: bool = False


@attrs.frozen
class ActiveSession:
    """The banner above every page while a session is under way.

    `end_url` takes a POST and is empty when the session cannot be ended from here; `cancel_url`
    leads to the terms of cancelling, as long as it has not started.
    """

    title: str
    detail: str
    return_url: str
    return_label: str = "Return to session"
    end_url: str = ""
    end_label: str = "End session"
    end_question: str = "End this session?"
    cancel_url: str = ""


@attrs.frozen
class Viewer:
    """Who looks at the page. The first four `nav` items stand in the bottom bar of small
    screens, the others under "More"; `unread` is a count as text, empty for none."""

    signed_in: bool = False
    role: str = ""
    name: str = ""
    initials: str = ""
    home_url: str = "/"
    nav: tuple[NavItem, ...] = ()
    active_session: ActiveSession | None = None
    notifications_url: str = ""
    unread: str = ""
    profile_url: str = ""
    log_out_url: str = "/logout"


VISITOR = Viewer()
