"""Who may open a page."""

from autodoctor.application.access import require
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.call import Call, call


def customer() -> Call:
    """The call of a customer. Raises NotSignedIn, WrongRole."""
    here = call()
    require(here.who, Role.CUSTOMER)
    return here
