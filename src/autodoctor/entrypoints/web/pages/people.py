"""How a page speaks to the person who looks at it."""

from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.when import When


def when(here: Call) -> When:
    """Times as this person reads them."""
    return When(here.person.time_zone, here.ports.now())
