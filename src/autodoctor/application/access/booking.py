"""What customers do until a session is theirs."""

from typing import Final

from autodoctor.application.access.may import Action, Proof, Reach
from autodoctor.domain.shared.actor import Role

OFFER: Final = Action("see plans, brands and mechanics on shift", proof=Proof.NONE)
START: Final = Action("start a booking", {Role.CUSTOMER: Reach.OWN}, "intake")
REVIEW: Final = Action("look at a booking", {Role.CUSTOMER: Reach.OWN}, "intake")
SIGN: Final = Action("sign the waiver", {Role.CUSTOMER: Reach.OWN}, "intake")
WAIVER: Final = Action("see a waiver", {Role.CUSTOMER: Reach.OWN, Role.ADMIN: Reach.ANY}, "intake")
CHECK_OUT: Final = Action("pay for a booking", {Role.CUSTOMER: Reach.OWN}, "intake")
RESOLVE: Final = Action("ask what became of a payment", {Role.CUSTOMER: Reach.OWN}, "checkout")
