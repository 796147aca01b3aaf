"""An endpoint: what it accepts, and what it does within one transaction."""

from collections.abc import Callable

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, page_of
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused
from autodoctor.adapters.embedded.stripe_sandbox.params import Kind, Many, Shape, Text, Whole
from autodoctor.adapters.embedded.stripe_sandbox.settings import SandboxSettings

PAGE_SIZE = 10
PAGE_SIZE_MAX = 100
EXPAND_DEPTH_MAX = 4
NAMING_OBJECTS = frozenset({"charge", "payment_intent"})
"""Filters whose value has to exist."""


@attrs.frozen
class Call:
    """`params` are read and typed; `path` has the ids in the URL; `account` is the connected
    account the caller speaks for, if any."""

    books: Books
    settings: SandboxSettings
    params: Doc
    path: dict[str, str]
    account: str | None


@attrs.frozen
class Endpoint:
    method: str
    path: str
    accepts: Shape
    run: Callable[[Call], Doc]


def shape(*required: str, **fields: Kind) -> Shape:
    """The shape of an endpoint's parameters; all of them take `expand`."""
    return Shape({**fields, "expand": Many(Text())}, required)


def retrieval(kind: str, path: str) -> Endpoint:
    """GET of one object by its id."""
    return Endpoint(
        "GET", f"{path}/{{id}}", shape(), lambda call: call.books.find(kind, call.path["id"])
    )


def listing(kind: str, path: str, *filters: str) -> Endpoint:
    """GET of the newest first, by cursor, narrowed by equal fields."""
    accepts = shape(
        limit=Whole(1),
        starting_after=Text(),
        ending_before=Text(),
        **{name: Text() for name in filters},
    )

    def run(call: Call) -> Doc:
        where = {name: call.params[name] for name in filters if name in call.params}
        for name in where.keys() & NAMING_OBJECTS:
            call.books.find(name, where[name], param=name)
        return paged(call, kind, where=where, url=path)

    return Endpoint("GET", path, accepts, run)


def paged(call: Call, kind: str, *, where: Doc, url: str) -> Doc:
    limit = call.params.get("limit", PAGE_SIZE)
    if limit > PAGE_SIZE_MAX:
        raise refused(
            f"This value must be less than or equal to {PAGE_SIZE_MAX} (it currently is "
            f"'{limit}').",
            code="parameter_invalid_integer",
            param="limit",
        )
    before = call.params.get("ending_before")
    found = call.books.listed(
        kind,
        where=where,
        limit=limit + 1,
        after=call.params.get("starting_after"),
        before=before,
    )
    data = found[-limit:] if before else found[:limit]
    return page_of(data, url=url, has_more=len(found) > limit)


def expanded(books: Books, answer: Doc, paths: list[str]) -> Doc:
    """The answer with ids replaced by what they stand for, along dotted paths."""
    for path in paths:
        names = path.split(".")
        if len(names) > EXPAND_DEPTH_MAX:
            raise refused("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(books, answer, names, path)
    return answer


def _expand(books: Books, document: Doc, names: list[str], path: str) -> None:
    name, rest = names[0], names[1:]
    value = document.get(name)
    if name == "data" and isinstance(value, list):
        for item in value:
            _expand(books, item, rest, path)
        return
    if isinstance(value, str):
        value = books.lookup(value)
    if not isinstance(value, dict) and (name not in document or document[name] is not None):
        raise refused(f"This property cannot be expanded ({path}).", param="expand")
    document[name] = value
    if rest and value is not None:
        _expand(books, value, rest, path)
