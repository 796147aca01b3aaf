"""The last look before paying: what is booked, what happens to the money, what is signed."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.booking.review import Review
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.waiver import TEXT
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.sessions.ending import SHORTEST
from autodoctor.domain.sessions.request import WAIT_NOW
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.booking_steps import progress
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.forms import FormView, form_view
from autodoctor.entrypoints.web.pages.plans import PlanView, plan_view
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Fact, Step

FIELDS: Final = ("full_name", "adult")
_SHOWN: Final = (*FIELDS, "company")
CONCERN_SHOWN_MAX: Final = 300


@attrs.frozen
class WaiverView:
    """`signed` says who signed when, empty as long as nobody has; `back_url` leads to the
    concern with everything typed. `company` is whose employee books it, empty for nobody's."""

    intake: str
    steps: tuple[Step, ...]
    plan: PlanView
    facts: tuple[Fact, ...]
    rules: tuple[str, ...]
    form: FormView
    signed: str
    pay_label: str
    back_url: str
    company: str
    text: tuple[str, ...] = TEXT


def waiver_view(
    found: Review, when: When, *, draft: str, errors: Mapping[str, str], values: Mapping[str, str]
) -> WaiverView:
    signed = ""
    if found.waiver is not None:
        signed = f"Signed by {found.waiver.full_name} · {when.moment(found.waiver.signed_at)}"
    plan = found.plan
    verb = "Start" if plan.free else f"Pay {money_text(plan.price)}"
    return WaiverView(
        intake=str(found.intake.id),
        steps=progress("waiver", draft=draft, free=plan.free),
        plan=plan_view(plan),
        facts=booked_facts(found.intake, files=len(found.files)),
        rules=money_rules(plan, when),
        form=form_view(_SHOWN, values, errors),
        signed=signed,
        pay_label=verb if signed else f"Sign and {verb[0].lower()}{verb[1:]}",
        back_url=f"/intake/concern?draft={draft}",
        company=found.company,
    )


def booked_facts(intake: Intake, *, files: int) -> tuple[Fact, ...]:
    concern = intake.concern
    if len(concern) > CONCERN_SHOWN_MAX:
        concern = f"{concern[:CONCERN_SHOWN_MAX].rstrip()} …"
    facts = [
        Fact("Vehicle", intake.vehicle.title if intake.vehicle else "Not given"),
        Fact("About", category_words(intake.category)),
        Fact("In your words", concern),
    ]
    if files:
        facts.append(Fact("Files", "1 file" if files == 1 else f"{files} files"))
    return tuple(facts)


def money_rules(plan: Plan, when: When) -> tuple[str, ...]:
    """When the money comes back, with the clock times that hold if it is paid now."""
    until = when.clock(when.now + WAIT_NOW)
    minutes = int(WAIT_NOW.total_seconds()) // 60
    if plan.free:
        return (
            "Nothing is charged, and no card is needed.",
            f"If no mechanic takes it within {minutes} minutes, by {until}, your free session "
            "stays yours.",
        )
    price = money_text(plan.price)
    return (
        f"If no mechanic takes it within {minutes} minutes of paying, by {until} if you pay now, "
        f"all of the {price} goes back by itself.",
        "Cancel any time before it starts, and all of it goes back.",
        f"If it ends within {int(SHORTEST.total_seconds())} seconds of you both being there, "
        "all of it goes back too.",
    )
