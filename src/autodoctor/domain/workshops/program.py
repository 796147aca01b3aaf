"""Programs of brands that mechanics and workshops apply to: certified shops, parts, training."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.errors import Conflict, InvalidField
from autodoctor.domain.shared.ids import AccountId, ProgramApplicationId, ProgramId
from autodoctor.domain.shared.texts import check_line, check_text

PERKS_MAX: Final = 20


class Audience(StrEnum):
    """Whom a program is for."""

    MECHANICS = "mechanics"
    WORKSHOPS = "workshops"


class ProgramStatus(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@attrs.frozen
class ProgramClosed(Conflict):
    """This program takes nobody new at the moment."""


@attrs.frozen
class AppliedAlready(Conflict):
    """You have applied to this program already."""

    status: ProgramStatus


@attrs.frozen
class ProgramDecided(Conflict):
    """This application was decided upon already."""

    status: ProgramStatus


@attrs.frozen(kw_only=True)
class Program:
    """`perks` are what a brand gives, `requirements` what it asks."""

    id: ProgramId
    brand: str
    title: str
    description: str
    created_at: datetime
    requirements: str = ""
    perks: tuple[str, ...] = ()
    audiences: frozenset[Audience] = frozenset(Audience)
    open: bool = True
    version: int = 0

    def checked(self) -> "Program":
        """As it is kept. Raises InvalidField."""
        perks = tuple(each for each in (" ".join(perk.split()) for perk in self.perks) if each)
        if len(perks) > PERKS_MAX:
            raise InvalidField("perks", f"At most {PERKS_MAX}.")
        if not self.audiences:
            raise InvalidField("audiences", "Choose whom it is for.")
        return attrs.evolve(
            self,
            brand=check_line("brand", self.brand),
            title=check_line("title", self.title),
            description=check_text("description", self.description),
            requirements=self.requirements.strip()
            and check_text("requirements", self.requirements),
            perks=tuple(check_line("perks", perk) for perk in perks),
        )

    def takes(self, audience: Audience) -> None:
        """Raises ProgramClosed."""
        if not self.open or audience not in self.audiences:
            raise ProgramClosed()


@attrs.frozen(kw_only=True)
class ProgramApplication:
    """`subject_id` is the mechanic or workshop that applies; a program has one of each."""

    id: ProgramApplicationId
    program_id: ProgramId
    audience: Audience
    subject_id: UUID
    applicant_id: AccountId
    message: str
    created_at: datetime
    status: ProgramStatus = ProgramStatus.SUBMITTED
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: AccountId | None = None
    version: int = 0

    def again(self, message: str, *, by: AccountId, at: datetime) -> "ProgramApplication":
        """After it was declined. Raises AppliedAlready."""
        if self.status is not ProgramStatus.DECLINED:
            raise AppliedAlready(self.status)
        return attrs.evolve(
            self,
            status=ProgramStatus.SUBMITTED,
            message=message,
            applicant_id=by,
            created_at=at,
            reason="",
            decided_at=None,
            decided_by=None,
        )

    def decide(
        self, status: ProgramStatus, *, reason: str, by: AccountId, at: datetime
    ) -> "ProgramApplication":
        """The same again changes nothing. Raises ProgramDecided; InvalidField for declining
        without a reason."""
        if self.status is status:
            return self
        if self.status is not ProgramStatus.SUBMITTED:
            raise ProgramDecided(self.status)
        declined = status is ProgramStatus.DECLINED
        why = check_text("reason", reason) if declined else reason.strip()
        return attrs.evolve(self, status=status, reason=why, decided_by=by, decided_at=at)
