"""The API as a page: made from the declarations that parse and answer."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import attrs
import msgspec
from flask import Blueprint, render_template

from autodoctor.application.access.operations import LOOK
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.parts import Link
from autodoctor.entrypoints.web.refusals import status_of

pages = Blueprint("api_docs", __name__)


@attrs.frozen
class FieldView:
    """`kind` is in the words of JSON; what is not required has its default in `note`."""

    name: str
    kind: str
    note: str


@attrs.frozen
class EndpointView:
    id: str
    method: str
    path: str
    who: str
    summary: str
    description: tuple[str, ...]
    query: tuple[FieldView, ...]
    body: tuple[FieldView, ...]
    answer: tuple[FieldView, ...]
    status: str
    repeatable: bool
    refusals: tuple[Link, ...]


@attrs.frozen
class TagView:
    id: str
    title: str
    endpoints: tuple[EndpointView, ...]


def tag_views(endpoints: list[Endpoint]) -> tuple[TagView, ...]:
    """By tag, in alphabetical order; within one, by path."""
    ordered = sorted(endpoints, key=lambda each: (each.tag, each.path, each.method))
    return tuple(
        TagView(tag.lower().replace(" ", "-"), tag, tuple(map(endpoint_view, those)))
        for tag, those in groupby(ordered, key=lambda each: each.tag)
    )


def endpoint_view(endpoint: Endpoint) -> EndpointView:
    _, *rest = endpoint.description.split("\n\n")
    return EndpointView(
        id=endpoint.name.replace(".", "-"),
        method=endpoint.method,
        path=endpoint.path,
        who=endpoint.action.who,
        summary=endpoint.summary,
        description=tuple(rest),
        query=tuple(_fields(endpoint.query)),
        body=tuple(_fields(endpoint.body)),
        answer=tuple(_fields(endpoint.answer)),
        status=_status(endpoint),
        repeatable=endpoint.repeatable,
        refusals=tuple(
            Link(f"{int(status_of(each))} {each.title}", f"/problems/{each.slug}")
            for each in endpoint.every_refusal
        ),
    )


def _status(endpoint: Endpoint) -> str:
    return "204" if endpoint.answer is None and not endpoint.raw else str(endpoint.status)


def _fields(kind: Any) -> Iterator[FieldView]:
    if kind is None:
        return
    (_reference,), components = msgspec.json.schema_components([kind])
    schema = components[kind.__name__]
    required = schema.get("required", ())
    for name, part in schema["properties"].items():
        note = "required" if name in required else "may be left out"
        yield FieldView(name, kind_words(part), note)


def kind_words(schema: dict[str, Any]) -> str:
    """A schema in a few words: Money, string, uuid or null, list of integer."""
    words = "anything"
    match schema:
        case {"$ref": str(reference)}:
            words = reference.rsplit("/", 1)[-1]
        case {"anyOf": [*kinds]}:
            words = " or ".join(map(kind_words, kinds))
        case {"enum": [*values]}:
            words = "one of " + ", ".join(map(str, values))
        case {"type": "array", "items": dict(items)}:
            words = f"list of {kind_words(items)}"
        case {"type": str(kind), **rest}:
            words = f"{kind}, {rest['format']}" if "format" in rest else kind
    return words


@pages.get("/api/docs")
@asks(LOOK)
def docs() -> str:
    return render_template("reference/api.html", tags=tag_views(ENDPOINTS))
