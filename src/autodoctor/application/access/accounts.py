"""What people do with their own account."""

from typing import Final

from autodoctor.application.access.may import Action, Proof, everybody

SIGN_UP: Final = Action("sign up", proof=Proof.NONE)
LOG_IN: Final = Action("log in", proof=Proof.NONE)
LOG_OUT: Final = Action("log out", proof=Proof.NONE)
CONFIRM_ADDRESS: Final = Action("confirm an address", proof=Proof.NONE)
ASK_CONFIRMATION: Final = Action("ask for another confirmation", everybody())
PROFILE: Final = Action("see and change one's profile", everybody())
NOTIFICATIONS: Final = Action("see and read one's notifications", everybody())
