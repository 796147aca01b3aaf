"""Programs of brands: offered to mechanics or workshops, applied to once, decided once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, ProgramApplicationId, ProgramId
from autodoctor.domain.workshops.program import (
    AppliedAlready,
    Audience,
    Program,
    ProgramApplication,
    ProgramClosed,
    ProgramDecided,
    ProgramStatus,
)

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=1)
APPLICANT, COLLEAGUE, ADMIN = (AccountId(UUID(int=number)) for number in (1, 2, 3))


def program(**changes: Any) -> Program:
    made = Program(
        id=ProgramId(UUID(int=4)),
        brand="Bosch",
        title="Car Service",
        description="Parts at a discount.",
        created_at=AT,
    )
    return attrs.evolve(made, **changes)


def application(**changes: Any) -> ProgramApplication:
    made = ProgramApplication(
        id=ProgramApplicationId(UUID(int=5)),
        program_id=program().id,
        audience=Audience.WORKSHOPS,
        subject_id=UUID(int=6),
        applicant_id=APPLICANT,
        message="We have four lifts.",
        created_at=AT,
    )
    return attrs.evolve(made, **changes)


class TestProgram:
    def test_is_kept_with_its_texts_trimmed_and_its_empty_perks_left_out(self) -> None:
        written = program(
            brand=" Bosch ",
            title="Car  Service",
            description=" Parts at a discount.\n",
            requirements=" Two lifts. ",
            perks=(" A  sign ", "", "  ", "Training"),
        )

        assert written.checked() == program(requirements="Two lifts.", perks=("A sign", "Training"))

    def test_needs_no_requirements(self) -> None:
        assert program(requirements="  ").checked() == program()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("brand", ""),
            ("title", "x"),
            ("description", " "),
            ("requirements", "a" * 2001),
            ("perks", ("x",)),
        ],
    )
    def test_a_text_out_of_its_bounds_is_refused_by_its_field(
        self, field: str, value: object
    ) -> None:
        with pytest.raises(InvalidField) as refused:
            program(**{field: value}).checked()

        assert refused.value.field == field

    def test_has_at_most_twenty_perks(self) -> None:
        assert len(program(perks=("A sign",) * 20).checked().perks) == 20

        with pytest.raises(InvalidField) as refused:
            program(perks=("A sign",) * 21).checked()

        assert refused.value.facts == {"field": "perks", "reason": "At most 20."}

    def test_is_for_somebody(self) -> None:
        with pytest.raises(InvalidField) as refused:
            program(audiences=frozenset()).checked()

        assert refused.value.facts == {"field": "audiences", "reason": "Choose whom it is for."}

    def test_takes_whom_it_is_for_while_it_is_open(self) -> None:
        for_mechanics = program(audiences=frozenset({Audience.MECHANICS}))

        for_mechanics.takes(Audience.MECHANICS)
        with pytest.raises(ProgramClosed):
            for_mechanics.takes(Audience.WORKSHOPS)
        with pytest.raises(ProgramClosed):
            attrs.evolve(for_mechanics, open=False).takes(Audience.MECHANICS)


class TestApplication:
    @pytest.mark.parametrize("status", [ProgramStatus.SUBMITTED, ProgramStatus.ACCEPTED])
    def test_is_not_sent_twice(self, status: ProgramStatus) -> None:
        with pytest.raises(AppliedAlready) as refused:
            application(status=status).again("Please.", by=APPLICANT, at=LATER)

        assert refused.value.status is status

    def test_declined_it_is_sent_anew_as_if_it_were_the_first(self) -> None:
        declined = application().decide(
            ProgramStatus.DECLINED, reason="Too small.", by=ADMIN, at=LATER
        )

        assert declined.again("Six lifts now.", by=COLLEAGUE, at=LATER) == application(
            message="Six lifts now.", applicant_id=COLLEAGUE, created_at=LATER
        )

    def test_is_accepted_with_or_without_a_word(self) -> None:
        accepted = application().decide(ProgramStatus.ACCEPTED, reason=" ", by=ADMIN, at=LATER)
        welcomed = application().decide(
            ProgramStatus.ACCEPTED, reason=" Welcome. ", by=ADMIN, at=LATER
        )

        assert accepted == application(
            status=ProgramStatus.ACCEPTED, decided_by=ADMIN, decided_at=LATER
        )
        assert welcomed == attrs.evolve(accepted, reason="Welcome.")

    def test_is_declined_with_a_reason(self) -> None:
        declined = application().decide(
            ProgramStatus.DECLINED, reason=" Too small. ", by=ADMIN, at=LATER
        )

        assert declined == application(
            status=ProgramStatus.DECLINED, reason="Too small.", decided_by=ADMIN, decided_at=LATER
        )

    def test_is_not_declined_without_one(self) -> None:
        with pytest.raises(InvalidField) as refused:
            application().decide(ProgramStatus.DECLINED, reason=" ", by=ADMIN, at=LATER)

        assert refused.value.field == "reason"

    @pytest.mark.parametrize(
        ("decided", "other"),
        [
            (ProgramStatus.ACCEPTED, ProgramStatus.DECLINED),
            (ProgramStatus.DECLINED, ProgramStatus.ACCEPTED),
        ],
    )
    def test_is_decided_once(self, decided: ProgramStatus, other: ProgramStatus) -> None:
        done = application().decide(decided, reason="Because.", by=ADMIN, at=LATER)

        assert done.decide(decided, reason="Else.", by=COLLEAGUE, at=AT) is done
        with pytest.raises(ProgramDecided) as refused:
            done.decide(other, reason="Else.", by=ADMIN, at=LATER)

        assert refused.value.status is decided
