"""Where people are led to after they came in."""

from typing import Final

from autodoctor.application.accounts.sign_in import SignedIn
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import Role

HOME: Final = {
    Role.CUSTOMER: "/customer/dashboard",
    Role.MECHANIC: "/mechanic/dashboard",
    Role.ADMIN: "/admin/dashboard",
    Role.WORKSHOP: "/workshop/dashboard",
    Role.CORPORATE: "/corporate/dashboard",
}
_PREFIXES: Final = {
    Role.CUSTOMER: "/customer/",
    Role.MECHANIC: "/mechanic/",
    Role.WORKSHOP: "/workshop/",
    Role.CORPORATE: "/corporate/",
    Role.ADMIN: "/admin/",
}
BEGINNING: Final = {
    Role.CUSTOMER: "/onboarding/pricing",
    Role.MECHANIC: "/mechanic/signup",
    Role.WORKSHOP: "/workshop/status",
    Role.CORPORATE: "/corporate/status",
}
"""Where somebody goes on who has just proved an address, by the first of their roles here."""
CONFIRM: Final = "/account/confirm"
"""Where somebody shows once more that it is them."""
STAGES: Final = {
    Stage.SECOND_FACTOR: "/login/second-step",
    Stage.SET_UP: "/account/second-factor",
    Stage.AGREEMENTS: "/account/agreements",
}


def role_of_page(path: str) -> Role | None:
    """Of whom a page is, where its address says it."""
    return next((role for role, prefix in _PREFIXES.items() if path.startswith(prefix)), None)


def home_of(signed_in: SignedIn) -> str:
    """The page of what is still to be done, or the role's own."""
    return STAGES.get(signed_in.stage) or HOME[signed_in.actor.role]
