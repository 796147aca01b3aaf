"""Declaring an endpoint: one line says the method, the path, who it is for, what comes in and
what goes out. Parsing, answering and the OpenAPI document all follow from it."""

import inspect
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, TypeVar, get_type_hints
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import attrs
import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from autodoctor.application.access.may import Action, Proof
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.nul import check_nul
from autodoctor.entrypoints.web.api.repeating import REFUSED, once
from autodoctor.entrypoints.web.body_limits import FORM_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import call
from autodoctor.ports.stores import Missing

Handler = TypeVar("Handler", bound=Callable[..., Any])

CURSOR: Final = "before"

_ESCAPED_NUL: Final = rb"\u0000"
_PARAMETER: Final = re.compile(r"{(\w+)}")
_PLACE: Final = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is sent: unknown fields are refused, so that a typing error does not get lost."""


@attrs.frozen(kw_only=True)
class Endpoint:
    method: str
    path: str
    handler: Callable[..., Any]
    action: Action
    tag: str
    body: type | None
    query: type | None
    answer: Any
    status: int
    refusals: tuple[type[Refusal], ...]
    raw: bool = False
    keyed: bool = True
    limit: str = ""
    bytes_max: int = FORM_BYTES_MAX

    @property
    def summary(self) -> str:
        return (inspect.getdoc(self.handler) or "").split("\n", 1)[0].rstrip(".")

    @property
    def description(self) -> str:
        return inspect.getdoc(self.handler) or ""

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """Path parameters and their types, by name."""
        hints = get_type_hints(self.handler)
        return {name: hints[name] for name in _PARAMETER.findall(self.path)}

    @property
    def repeatable(self) -> bool:
        """Whether an Idempotency-Key counts: it belongs to somebody who is logged in."""
        changes = self.method not in ("GET", "HEAD")
        return changes and self.keyed and not self.raw and self.action.proof is Proof.LOGIN

    @cached_property
    def paged(self) -> bool:
        """A list that grows at its head: its query goes on from a cursor that its answer names."""
        takes = self.query is not None and CURSOR in get_type_hints(self.query)
        return takes and "next" in get_type_hints(self.answer)

    @property
    def every_refusal(self) -> tuple[type[Refusal], ...]:
        """Those declared, and those that come with what every such endpoint can do."""
        return self.refusals + (REFUSED if self.repeatable else ())

    @property
    def rule(self) -> str:
        return _PARAMETER.sub(r"<\1>", self.path)

    @property
    def name(self) -> str:
        """Without dots: Flask would take what stands before one for a blueprint."""
        module = self.handler.__module__.rsplit(".", 1)[-1]
        return f"api_{module}_{self.handler.__name__}_{self.method.lower()}"


class Endpoints:
    """The endpoints of one module, under one tag."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.all: list[Endpoint] = []

    def route(
        self,
        method: str,
        path: str,
        *,
        action: Action,
        answer: Any = None,
        body: type | None = None,
        query: type | None = None,
        status: int = 200,
        refusals: tuple[type[Refusal], ...] = (),
        raw: bool = False,
        keyed: bool = True,
        limit: str = "",
        bytes_max: int = FORM_BYTES_MAX,
    ) -> Callable[[Handler], Handler]:
        """`answer` is what the handler returns, None for 204; a `raw` handler reads the body
        and makes the response by itself. `keyed` is False where an Idempotency-Key does not
        count: bytes stream in, or the answer holds a secret that is not to be kept.
        `bytes_max` is how long a body may be."""

        def declare(handler: Handler) -> Handler:
            self.all.append(
                Endpoint(
                    method=method,
                    path=path,
                    handler=handler,
                    action=action,
                    tag=self.tag,
                    body=body,
                    query=query,
                    answer=answer,
                    status=status,
                    refusals=refusals,
                    raw=raw,
                    keyed=keyed,
                    limit=limit,
                    bytes_max=bytes_max,
                )
            )
            return handler

        return declare


def install(app: Flask, endpoints: list[Endpoint]) -> None:
    for endpoint in endpoints:
        app.add_url_rule(
            endpoint.rule,
            endpoint=endpoint.name,
            view_func=_view(endpoint),
            methods=[endpoint.method],
        )


def _view(endpoint: Endpoint) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        if endpoint.repeatable:
            return once(lambda: perform(path))
        return perform(path)

    def perform(path: dict[str, str]) -> Response:
        arguments: dict[str, Any] = _path_arguments(endpoint, path)
        if endpoint.query is not None:
            arguments["query"] = parse_query(endpoint.query)
        if endpoint.body is not None:
            arguments["body"] = parse_body(endpoint.body)
        here = call()
        answer = here.ports.transactions.again(lambda: endpoint.handler(here, **arguments))
        return answer if isinstance(answer, Response) else _answer(endpoint, answer)

    view.__name__ = endpoint.handler.__name__
    return takes(endpoint.bytes_max)(asks(endpoint.action)(view))


def _path_arguments(endpoint: Endpoint, path: dict[str, str]) -> dict[str, Any]:
    return {name: _parameter(path[name], kind) for name, kind in endpoint.parameters.items()}


def _parameter(text: str, kind: Any) -> Any:
    """An id that is none is answered as one that nobody has."""
    if getattr(kind, "__supertype__", kind) is not UUID:
        return text
    try:
        return UUID(text)
    except ValueError:
        raise Missing("id") from None


def parse_body(kind: type) -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
    sent = request.get_data()
    try:
        body: Any = msgspec.json.decode(sent, type=kind)
        if _ESCAPED_NUL in sent:
            check_nul(msgspec.json.decode(sent))
    except msgspec.ValidationError as error:
        raise field_error(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest("The body is not JSON.") from error
    except RecursionError:
        raise BadRequest("The JSON is nested too deeply.") from None
    return body


def parse_query(kind: type) -> Any:
    for name, value in parse_qsl(request.query_string.decode(errors="replace")):
        check_nul(value, name)
    try:
        return msgspec.convert(request.args.to_dict(), kind, strict=False)
    except msgspec.ValidationError as error:
        raise field_error(error) from error


def field_error(error: msgspec.ValidationError) -> InvalidField:
    """msgspec names the place at the end of its message, or the field inside it."""
    message = str(error)
    found = _PLACE.search(message)
    if found:
        return InvalidField(found["place"] or "body", _PLACE.sub("", message) + ".")
    named = re.search(r"field `([^`]+)`", message)
    return InvalidField(named[1] if named else "body", f"{message}.")


def _answer(endpoint: Endpoint, answer: Any) -> Response:
    if answer is None:
        return Response(status=204)
    encoded = msgspec.json.encode(answer)
    response = Response(encoded, status=endpoint.status, content_type="application/json")
    if endpoint.paged and answer.next is not None:
        response.headers["Link"] = _next_page(answer.next)
    return response


def _next_page(cursor: Any) -> str:
    """This address, from the cursor on (RFC 8288)."""
    place = request.args.to_dict() | {CURSOR: msgspec.to_builtins(cursor)}
    return f'<{request.path}?{urlencode(place)}>; rel="next"'
