"""Programs of brands and applications to them as ready strings."""

from typing import Final

import attrs

from autodoctor.application.workshops.programs import Applied
from autodoctor.domain.workshops.program import Program, ProgramStatus
from autodoctor.entrypoints.web.pages.forms import FormView
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table
from autodoctor.entrypoints.web.views import Tone

STATUS: Final = {
    ProgramStatus.SUBMITTED: ("Waiting for a decision", Tone.INFO),
    ProgramStatus.ACCEPTED: ("Accepted", Tone.OK),
    ProgramStatus.DECLINED: ("Declined", Tone.BAD),
}
COLUMNS: Final = (Column("Program"), Column("Sent"), Column("State"), Column("Why"))


@attrs.frozen(kw_only=True)
class ProgramCard:
    """`apply_url` is empty while an application waits or was accepted; then `state` says so."""

    brand: str
    title: str
    description: str
    requirements: str
    perks: tuple[str, ...]
    state: str
    tone: Tone
    apply_url: str


@attrs.frozen(kw_only=True)
class ProgramsView:
    cards: tuple[ProgramCard, ...]
    own_url: str


@attrs.frozen(kw_only=True)
class ApplyView:
    card: ProgramCard
    url: str
    form: FormView


def programs_view(
    found: tuple[Program, ...], own: tuple[Applied, ...], *, place: str
) -> ProgramsView:
    states = {each.application.program_id: each.application.status for each in own}
    cards = tuple(_card(each, states.get(each.id), place) for each in found)
    return ProgramsView(cards=cards, own_url=f"{place}/applications")


def _card(program: Program, status: ProgramStatus | None, place: str) -> ProgramCard:
    state, tone = STATUS[status] if status else ("", Tone.NEUTRAL)
    free = status in (None, ProgramStatus.DECLINED)
    return ProgramCard(
        brand=program.brand,
        title=program.title,
        description=program.description,
        requirements=program.requirements,
        perks=program.perks,
        state=state,
        tone=tone,
        apply_url=f"{place}/apply/{program.id}" if free else "",
    )


def apply_view(program: Program, form: FormView, *, place: str) -> ApplyView:
    card = _card(program, None, place)
    return ApplyView(card=card, url=card.apply_url, form=form)


def applications_table(found: tuple[Applied, ...], when: When) -> Table:
    rows = tuple(_row(each, when) for each in found)
    return Table("Applications", COLUMNS, rows, "You have not applied to a program yet.")


def _row(applied: Applied, when: When) -> tuple[Cell, ...]:
    label, tone = STATUS[applied.application.status]
    return (
        Cell(applied.program.title, note=applied.program.brand),
        Cell(when.moment(applied.application.created_at)),
        Cell(label, tone=tone),
        Cell(applied.application.reason or "—"),
    )
