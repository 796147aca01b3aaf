"""Who may open a page."""

from autodoctor.application.access import require
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.when import When


def customer() -> Call:
    """The call of a customer. Raises NotSignedIn, WrongRole."""
    here = call()
    require(here.who, Role.CUSTOMER)
    return here


def when(here: Call) -> When:
    """Times as this person reads them."""
    return When(here.person.time_zone, here.ports.now())
