"""How a page speaks to the person who looks at it."""

from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.when import DEFAULT_ZONE, When


def when(here: Call) -> When:
    """Times as this person reads them."""
    return When(here.person.time_zone, here.ports.now())


def when_to_anybody(here: Call) -> When:
    """The same, and to visitors as most of them read times."""
    zone = here.account.time_zone if here.account else DEFAULT_ZONE
    return When(zone, here.ports.now())
