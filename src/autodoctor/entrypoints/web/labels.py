"""Error summaries that name each field by its label, as the page's template has it."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import attrs
from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import Context

from autodoctor.entrypoints.web.parts import Link

FIELDS: Final = frozenset({"checkbox", "choice_cards", "field", "file_drop", "select", "textarea"})
"""The macros whose first two arguments are a field's name and its label."""


@pass_context
def labelled(context: Context, errors: Iterable[Link]) -> tuple[Link, ...]:
    """Errors of a form, each beginning with the label of its field where the template, or one it
    imports, has a field of that name. An error that has the label in it stays as it is."""
    labels = _labels(context.environment, context.name or "")
    return tuple(
        attrs.evolve(error, label=_named(error.label, labels.get(_name(error.url), "")))
        for error in errors
    )


def _named(error: str, label: str) -> str:
    if not label or label.casefold() in error.casefold():
        return error
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def _name(url: str) -> str:
    """The field's name; those of numbered rows ("number_2") are one, without the number."""
    return url.removeprefix("#").rstrip("0123456789")


@cache
def _labels(environment: Environment, template: str) -> dict[str, str]:
    """By field's name; those of the template itself stand above those of what it imports."""
    if not environment.loader or not template:
        return {}
    tree = environment.parse(environment.loader.get_source(environment, template)[0])
    found = dict(_fields(tree))
    for used in tree.find_all((nodes.FromImport, nodes.Import, nodes.Include)):
        if isinstance(used.template, nodes.Const):  # type: ignore[attr-defined]
            found = _labels(environment, str(used.template.value)) | found  # type: ignore[attr-defined]
    return found


def _fields(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in FIELDS:
            continue
        match call.args[:2]:
            case [
                nodes.Const(value=name) | nodes.Concat(nodes=[nodes.Const(value=name), *_]),
                label,
            ]:
                if isinstance(label, nodes.Const):
                    yield str(name), str(label.value)
