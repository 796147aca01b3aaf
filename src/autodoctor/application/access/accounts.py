"""What people do with their own account."""

from typing import Final

from autodoctor.application.access.may import Action, Proof, Reach, everybody
from autodoctor.domain.shared.actor import Role

SIGN_UP: Final = Action("sign up", proof=Proof.NONE)
LOG_IN: Final = Action("log in", proof=Proof.NONE)
LOG_OUT: Final = Action("log out", proof=Proof.NONE)
CONFIRM_ADDRESS: Final = Action("confirm an address", proof=Proof.NONE)
ASK_CONFIRMATION: Final = Action("ask for another confirmation", everybody())
RECOVER: Final = Action("set a forgotten password", proof=Proof.NONE)
FINISH: Final = Action("finish logging in", everybody(), proof=Proof.HALF_LOGIN)
SECURITY: Final = Action("see and change how one logs in", everybody())
SET_UP_FACTOR: Final = Action("set up a second factor", everybody(), proof=Proof.HALF_LOGIN)
CHANGE_FACTOR: Final = Action("change one's second factor", everybody())
CLOSE: Final = Action("close one's account", everybody())
COPY: Final = Action("get a copy of one's data", everybody())
CONSENTS: Final = Action("see what one agreed to", everybody())
STANDING: Final = Action("suspend, ban and let back in", {Role.ADMIN: Reach.ANY}, "account")
PEOPLE: Final = Action("look people up", {Role.ADMIN: Reach.ANY}, "account")
SUPPORT: Final = Action("help people with their account", {Role.ADMIN: Reach.ANY}, "account")
HATS: Final = Action("give and take roles", {Role.ADMIN: Reach.ANY}, "account")
DEBUG: Final = Action("look into logins", {Role.ADMIN: Reach.ANY}, proof=Proof.DEBUG)
PROFILE: Final = Action("see and change one's profile", everybody())
NOTIFICATIONS: Final = Action("see and read one's notifications", everybody())
