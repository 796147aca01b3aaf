"""Forms as pages show them: what was typed, and what is wrong with it, by field."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TypeVar

import attrs
from flask import request

from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.limits import Retry
from autodoctor.entrypoints.web.parts import Link

T = TypeVar("T")
R = TypeVar("R", bound=Refusal)


@attrs.frozen
class FormView:
    """Every field of the form has a value and an error, which may be empty."""

    values: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def summary(self) -> tuple[Link, ...]:
        """What is wrong, each leading to its field."""
        return tuple(Link(text, f"#{name}") for name, text in self.errors.items() if text)

    @property
    def refused(self) -> bool:
        return any(self.errors.values())


def form_view(
    names: Iterable[str],
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> FormView:
    """Errors of fields that the form does not have stand under the name `form`."""
    known = (*names, "form")
    wrong = dict(errors or {})
    stray = " ".join(wrong.pop(name) for name in list(wrong) if name not in known)
    if stray:
        wrong["form"] = f"{wrong.get('form', '')} {stray}".strip()
    given = values or {}
    return FormView(
        {name: given.get(name, "") for name in known},
        {name: wrong.get(name, "") for name in known},
    )


def typed(names: Iterable[str]) -> dict[str, str]:
    """What was sent, trimmed; a field that is missing is empty."""
    return {name: request.form.get(name, "").strip() for name in names}


def asked(names: Iterable[str]) -> dict[str, str]:
    """What stands in the address, as `typed` reads a form."""
    return {name: request.args.get(name, "").strip() for name in names}


def attempt(step: Callable[[], T], *kinds: type[R]) -> T | R:
    """What `step` returns, or the refusal when it is one of `kinds`: those a page answers by
    itself. Every other one goes its usual way."""
    try:
        return step()
    except kinds as refusal:
        return refusal


def form_status(refusal: Refusal) -> HTTPStatus:
    """Of the page that shows its form again: something to correct, or too often."""
    if isinstance(refusal, Retry):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY


def wrong_with(step: Callable[[], object], *, field: str = "") -> dict[str, str]:
    """The error a check raises, by field; empty when all is well. `field` replaces its name."""
    refused = attempt(step, InvalidField)
    if isinstance(refused, InvalidField):
        return {field or refused.field: refused.reason}
    return {}
