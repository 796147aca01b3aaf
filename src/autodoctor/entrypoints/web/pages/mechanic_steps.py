"""The steps of a mechanic's sign-up as pages: what was typed into them, and what they show."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs
from flask import request

from autodoctor.application.mechanics.steps import Step as Name
from autodoctor.application.mechanics.steps import all_mistakes
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers, Draft
from autodoctor.entrypoints.web.pages.forms import FormView, form_view, typed
from autodoctor.entrypoints.web.parts import Step, StepState

AGREEMENTS: Final = ("adult", "terms", "privacy", "marketplace", "marketing")
TEXTS: Final[dict[Name, tuple[str, ...]]] = {
    Name.PERSONAL: (
        *("full_name", "email", "phone", "date_of_birth"),
        *("street", "city", "province", "postal_code", "language", "time_zone"),
        *AGREEMENTS,
    ),
    Name.CREDENTIALS: ("years_of_experience", "red_seal", "red_seal_number", "bio"),
    Name.SERVICE: ("service_tier",),
    Name.INSURANCE: ("insurance_number", "insurance_expires_on", "background_check"),
    Name.BANK: ("payout_country",),
}
LISTS: Final = ("specializations", "brands", "keywords", "languages")
ROW: Final = ("type", "number", "authority", "region", "expires_on")
LABELS: Final = {
    Name.PERSONAL: "You",
    Name.CREDENTIALS: "Credentials",
    Name.SERVICE: "Service",
    Name.INSURANCE: "Insurance",
    Name.BANK: "Payouts",
}
REVIEW: Final = "review"
ROOT: Final = "/mechanic/signup"


def answered(step: Name, before: Answers) -> Answers:
    """With what was typed into this step; the others stay."""
    given: dict[str, object] = dict(typed(TEXTS[step]))
    if step is Name.SERVICE:
        given |= {name: tuple(request.form.getlist(name)) for name in LISTS}
    if step is Name.CREDENTIALS:
        given["certifications"] = _rows()
    return attrs.evolve(before, **given)  # type: ignore[arg-type]


def _rows() -> tuple[CertificationAnswers, ...]:
    """As many as were sent, without the one that is to go, and one more when asked for."""
    go = request.form.get("go", "")
    count = sum(1 for name in request.form if name.startswith("type_"))
    kept = [at for at in range(min(count, 20)) if go != f"drop_{at}"]
    rows = [CertificationAnswers(**_row(at)) for at in kept]
    if go == "add":
        rows.append(CertificationAnswers())
    return tuple(rows)


def _row(at: int) -> dict[str, str]:
    values = typed([f"{name}_{at}" for name in ROW])
    return {name: values[f"{name}_{at}"] for name in ROW}


def progress(current: str, answers: Answers, *, today: date) -> tuple[Step, ...]:
    """What is complete can be gone to, and so can the first step that is not."""
    wrong = all_mistakes(answers, today=today)
    first = next(iter(wrong), None)
    steps = [
        Step(
            LABELS[name],
            _state(name, current, wrong),
            f"{ROOT}/{name}" if name != current and (name not in wrong or name is first) else "",
        )
        for name in Name
    ]
    state = StepState.CURRENT if current == REVIEW else StepState.AHEAD
    ahead = "" if wrong or current == REVIEW else f"{ROOT}/{REVIEW}"
    return (*steps, Step("Review", state, ahead))


def _state(name: Name, current: str, wrong: Mapping[Name, object]) -> StepState:
    if name == current:
        return StepState.CURRENT
    return StepState.AHEAD if name in wrong else StepState.DONE


def following(step: Name) -> str:
    names = [*Name, REVIEW]
    return f"{ROOT}/{names[names.index(step) + 1]}"


def preceding(step: Name) -> str:
    names = list(Name)
    return f"{ROOT}/{names[max(names.index(step) - 1, 0)]}"


@attrs.frozen
class Row:
    """A certification: the names of its fields end in `at`."""

    at: int
    values: Mapping[str, str]
    errors: Mapping[str, str]


@attrs.frozen(kw_only=True)
class StepView:
    """`lists` are the chosen ones of the choices; `address_fixed` once an account was asked
    for with it: then no password is asked either."""

    form: FormView
    lists: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    action: str
    first: bool
    address_fixed: bool


def step_view(
    step: Name, draft: Draft | None, errors: Mapping[str, str] | None = None, *, today: date
) -> StepView:
    answers, wrong = draft.answers if draft else Answers(), dict(errors or {})
    rows = answers.certifications if step is Name.CREDENTIALS else ()
    fields = [f"{name}_{at}" for at in range(len(rows)) for name in ROW]
    names = (*TEXTS[step], *_extra(step), *fields)
    values = {name: getattr(answers, name) for name in TEXTS[step]}
    form = form_view(names, values, wrong)
    return StepView(
        form=form,
        lists={name: getattr(answers, name) for name in LISTS},
        rows=tuple(_row_view(at, row, wrong) for at, row in enumerate(rows)),
        steps=progress(step, answers, today=today),
        action=f"{ROOT}/{step}",
        first=step is Name.PERSONAL,
        address_fixed=draft is not None and draft.email is not None,
    )


def _extra(step: Name) -> tuple[str, ...]:
    if step is Name.PERSONAL:
        return ("password",)
    return LISTS if step is Name.SERVICE else ("certifications",)


def _row_view(at: int, row: CertificationAnswers, wrong: Mapping[str, str]) -> Row:
    return Row(at, attrs.asdict(row), {name: wrong.get(f"{name}_{at}", "") for name in ROW})
