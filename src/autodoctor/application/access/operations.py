"""What keeps the place running, and what everybody may look at."""

from typing import Final

from autodoctor.application.access.may import Action, Proof, Reach
from autodoctor.domain.shared.actor import Role

LOOK: Final = Action("look at public pages", proof=Proof.NONE)
FOLLOW_LINK: Final = Action("fetch what a signed link names", proof=Proof.NONE)
NOTICE: Final = Action("tell of a payment", proof=Proof.SIGNATURE)
MONITOR: Final = Action("run what is due", proof=Proof.CRON_SECRET)
FIGURES: Final = Action("see the platform's figures", {Role.ADMIN: Reach.ANY})
MONEY: Final = Action("see to money that needs a person", {Role.ADMIN: Reach.ANY})
MAILS: Final = Action("see what mail did not go out", {Role.ADMIN: Reach.ANY})
JOBS: Final = Action("see and retry failed jobs", {Role.ADMIN: Reach.ANY})
CONDUCT: Final = Action("see who cancels after contact", {Role.ADMIN: Reach.ANY})
AUDIT: Final = Action("read the audit log", {Role.ADMIN: Reach.ANY})
SECURITY_LOG: Final = Action("read the security log", {Role.ADMIN: Reach.ANY})
MOVE_CLOCK: Final = Action("move the development clock", {Role.ADMIN: Reach.ANY})
