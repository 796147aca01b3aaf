"""The steps of a booking as pages: each one frozen view of a draft."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.matching.find import find_mechanics
from autodoctor.application.matching.workshops import workshops_of
from autodoctor.application.mechanics.profile import public_profile
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.plans.plan import Plan, PlanUnknown
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.ids import MechanicId, PlanSlug
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.booking_draft import ANYONE, CONCERN, VEHICLE, Draft
from autodoctor.entrypoints.web.pages.booking_saved import choices
from autodoctor.entrypoints.web.pages.booking_words import CATEGORY_OPTIONS, PROVINCES, why
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view
from autodoctor.entrypoints.web.pages.ids import id_in
from autodoctor.entrypoints.web.pages.plans import PlanView, plan_view
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Option, Person, Step, StepState
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing

STEPS: Final = {
    "vehicle": "Vehicle",
    "mechanic": "Mechanic",
    "concern": "Concern",
    "waiver": "Waiver",
    "payment": "Payment",
}
CHOICES_MAX: Final = 6
OFF_SHIFT: Final = "not on shift now; we write to them, and after a minute others see it too"


@attrs.frozen
class Frame:
    """What stands around every step. `draft` is the sealed draft, for addresses; `active_url`
    leads to a session that is under way and has to end first."""

    step: str
    draft: str
    plan: PlanView
    steps: tuple[Step, ...]
    active_url: str = ""

    @property
    def action(self) -> str:
        return f"/intake/{self.step}?draft={self.draft}"

    @property
    def plans_url(self) -> str:
        return f"/onboarding/pricing?draft={self.draft}"


def frame(step: str, *, draft: str, plan: Plan, active: Session | None) -> Frame:
    steps = progress(step, draft=draft, free=plan.free)
    return Frame(step, draft, plan_view(plan), steps, f"/session/{active.id}" if active else "")


@attrs.frozen
class PlanStep:
    """`plans` lead on to the vehicle, with whatever was typed before."""

    plans: tuple[PlanView, ...]
    free_used: bool


def plan_step(listed: tuple[Plan, ...], *, free_left: int, draft: str) -> PlanStep:
    """A free plan is offered as long as the customer has a free session left."""
    offered = [plan for plan in listed if free_left > 0 or not plan.free]
    kept = f"&draft={draft}" if draft else ""
    views = tuple(
        attrs.evolve(plan_view(plan), url=f"/intake?plan={plan.slug}{kept}") for plan in offered
    )
    return PlanStep(views, free_used=len(offered) < len(listed))


def plan_named(listed: tuple[Plan, ...], slug: str) -> Plan:
    """Raises PlanUnknown for a plan that is not on offer."""
    for plan in listed:
        if plan.slug == slug:
            return plan
    raise PlanUnknown(PlanSlug(slug))


def progress(step: str, *, draft: str, free: bool) -> tuple[Step, ...]:
    """Where one stands; what is done can be gone back to. A free plan has no payment."""
    names = [name for name in STEPS if not (free and name == "payment")]
    place = names.index(step)
    plans = Step("Plan", StepState.DONE, f"/onboarding/pricing?draft={draft}")
    asked = (
        Step(STEPS[name], _state(at, place), f"/intake/{name}?draft={draft}" if at < place else "")
        for at, name in enumerate(names)
    )
    return (plans, *asked)


def _state(at: int, place: int) -> StepState:
    if at == place:
        return StepState.CURRENT
    return StepState.DONE if at < place else StepState.AHEAD


@attrs.frozen
class VehicleStep:
    """`skip` is the label of the button that goes on without a vehicle; `saved` are buttons
    that choose one of the customer's own."""

    form: FormView
    makes: tuple[str, ...]
    required: bool
    skip: str
    saved: tuple[Option, ...]
    provinces: tuple[Option, ...] = PROVINCES


def vehicle_step(
    here: Call, draft: Draft, plan: Plan, errors: Mapping[str, str] | None = None
) -> VehicleStep:
    skip = "Skip: it is urgent" if plan.vehicle_required else "Skip: no vehicle needed"
    form = form_view(VEHICLE, draft.values(VEHICLE), errors)
    makes = here.ports.vins.makes()
    return VehicleStep(form, makes, plan.vehicle_required, skip, choices(here))


@attrs.frozen
class MechanicChoice:
    """`facts` are years and papers, `fits` why they match; `rating` is empty for the new."""

    value: str
    person: Person
    rating: str
    ratings: str
    fits: str
    chosen: bool


@attrs.frozen
class MechanicStep:
    mechanics: tuple[MechanicChoice, ...]
    workshops: tuple[Option, ...]
    chosen: str
    make: str
    specialist: bool


def mechanic_step(ports: Ports, draft: Draft) -> MechanicStep:
    """The best of those online, and their workshops; whoever was chosen stands first, on shift or
    not. A choice that has left since is anyone."""
    found = find_mechanics(
        ports,
        concern=draft.concern,
        brand=draft.make or None,
        country="CA",
        city=draft.city,
        most=CHOICES_MAX,
    )
    mechanics = tuple(
        mechanic_choice(mechanic, fits=why(score), chosen=draft.mechanic)
        for mechanic, score in found
    )
    mechanics = _with_chosen(ports, draft, mechanics)
    workshops = tuple(
        option
        for workshop in workshops_of(ports, (mechanic for mechanic, _ in found))
        for option in workshop_options(workshop)
    )
    offered = {each.value for each in mechanics} | {each.value for each in workshops}
    chosen = draft.mechanic if draft.mechanic in offered else ANYONE
    return MechanicStep(mechanics, workshops, chosen, draft.make, draft.specialist)


def _with_chosen(
    ports: Ports, draft: Draft, offered: tuple[MechanicChoice, ...]
) -> tuple[MechanicChoice, ...]:
    kind, _, chosen = draft.mechanic.partition(":")
    if kind != "mechanic" or any(each.value == draft.mechanic for each in offered):
        return offered
    found = attempt(
        lambda: public_profile(ports, mechanic_id=MechanicId(id_in(chosen, kind="mechanic"))),
        Missing,
    )
    if isinstance(found, Missing):
        return offered
    return (mechanic_choice(found.mechanic, fits=OFF_SHIFT, chosen=draft.mechanic), *offered)


def mechanic_choice(mechanic: Mechanic, *, fits: str, chosen: str) -> MechanicChoice:
    years = mechanic.years_of_experience
    facts = (
        f"{years} years of experience" if years else "",
        "Red Seal" if mechanic.red_seal else "",
    )
    count = mechanic.reputation.count
    value = f"mechanic:{mechanic.id}"
    return MechanicChoice(
        value=value,
        person=Person(mechanic.name, initials(mechanic.name), note=", ".join(filter(None, facts))),
        rating=mechanic.reputation.told,
        ratings="1 rating" if count == 1 else f"{count} ratings",
        fits=fits[:1].upper() + fits[1:],
        chosen=value == chosen,
    )


def workshop_options(workshop: Workshop) -> tuple[Option, Option]:
    return (
        Option(
            f"first:{workshop.id}",
            f"{workshop.name} first",
            hint="Its mechanics see your request at once, everybody else after a minute.",
        ),
        Option(
            f"only:{workshop.id}",
            f"Only {workshop.name}",
            hint="Nobody else sees it; it can take longer.",
        ),
    )


@attrs.frozen
class ConcernStep:
    """`files` are ids and names; without `files_max` the plan takes none. `company` is whose
    employee books, empty for nobody's."""

    form: FormView
    urgent: bool
    files: tuple[tuple[str, str], ...]
    files_max: int
    company: str = ""
    private: bool = False
    categories: tuple[Option, ...] = CATEGORY_OPTIONS


def concern_step(
    draft: Draft, plan: Plan, errors: Mapping[str, str] | None = None, *, company: str = ""
) -> ConcernStep:
    form = form_view((*CONCERN, "files", "private"), draft.values(CONCERN), errors)
    most = plan.attachments_max
    return ConcernStep(form, draft.urgent, draft.files, most, company, draft.private)
