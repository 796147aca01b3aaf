"""Who may open the pages of those who work here."""

from autodoctor.application.access import require
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.call import Call, call


def mechanic() -> Call:
    """The call of a mechanic. Raises NotSignedIn, WrongRole."""
    here = call()
    require(here.who, Role.MECHANIC)
    return here


def admin() -> Call:
    """The call of an admin. Raises NotSignedIn, WrongRole."""
    here = call()
    require(here.who, Role.ADMIN)
    return here
