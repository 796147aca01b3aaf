"""Programs of brands and applications to them, as the API answers them."""

from datetime import datetime
from uuid import UUID

import attrs

from autodoctor.application.workshops.programs import Applied
from autodoctor.domain.workshops.program import Program


@attrs.frozen(kw_only=True)
class ProgramAnswer:
    id: UUID
    brand: str
    title: str
    description: str
    requirements: str
    perks: tuple[str, ...]
    audiences: tuple[str, ...]
    open: bool

    @classmethod
    def of(cls, program: Program) -> "ProgramAnswer":
        return cls(
            id=program.id,
            brand=program.brand,
            title=program.title,
            description=program.description,
            requirements=program.requirements,
            perks=program.perks,
            audiences=tuple(sorted(program.audiences)),
            open=program.open,
        )


@attrs.frozen
class ProgramList:
    programs: tuple[ProgramAnswer, ...]


@attrs.frozen(kw_only=True)
class ProgramApplicationAnswer:
    """`status` is submitted, accepted or declined; then `reason` says why."""

    id: UUID
    program_id: UUID
    audience: str
    applicant: str
    program: str
    message: str
    status: str
    reason: str
    created_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, applied: Applied) -> "ProgramApplicationAnswer":
        found, program = applied.application, applied.program
        return cls(
            id=found.id,
            program_id=found.program_id,
            audience=found.audience,
            applicant=applied.name,
            program=f"{program.brand}: {program.title}",
            message=found.message,
            status=found.status,
            reason=found.reason,
            created_at=found.created_at,
            decided_at=found.decided_at,
        )


@attrs.frozen
class ProgramApplications:
    applications: tuple[ProgramApplicationAnswer, ...]
