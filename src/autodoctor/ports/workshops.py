"""Keeping workshops, the places of mechanics in them, and programs of brands."""

from typing import Protocol
from uuid import UUID

from autodoctor.domain.shared.ids import (
    MechanicId,
    ProgramApplicationId,
    ProgramId,
    WorkshopId,
)
from autodoctor.domain.workshops.membership import Membership
from autodoctor.domain.workshops.program import Program, ProgramApplication
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.stores import Store


class Workshops(Store[Workshop, WorkshopId], Protocol):
    """Workshops."""


class Memberships(Store[Membership, MechanicId], Protocol):
    """A mechanic has one at most; a second `add` raises Stale."""

    def of_mechanic(self, mechanic_id: MechanicId, /) -> Membership | None: ...

    def count(self, workshop_id: WorkshopId, /) -> int:
        """How many places are taken, whatever the state of each."""

    def remove(self, mechanic_id: MechanicId, /) -> None:
        """Again changes nothing."""


class Programs(Store[Program, ProgramId], Protocol):
    """What brands offer."""

    def listed(self) -> tuple[Program, ...]:
        """By brand and title."""


class ProgramApplications(Store[ProgramApplication, ProgramApplicationId], Protocol):
    """A subject applies once to a program; a second `add` raises Stale."""

    def of(self, program_id: ProgramId, subject_id: UUID, /) -> ProgramApplication | None: ...

    def of_subject(self, subject_id: UUID, /) -> tuple[ProgramApplication, ...]:
        """Newest first."""

    def all(self) -> tuple[ProgramApplication, ...]:
        """Newest first, at most 500."""
