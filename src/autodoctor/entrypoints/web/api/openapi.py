"""The OpenAPI 3.1 document, generated from the declarations that parse and answer."""

from typing import Any, Final

import msgspec

from autodoctor import __version__
from autodoctor.application.access.may import Proof
from autodoctor.application.operations.repeating import KEY_CHARACTERS_MAX
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.api.repeating import HEADER
from autodoctor.entrypoints.web.problems import MEDIA_TYPE
from autodoctor.entrypoints.web.refusals import TooManyRequests, status_of

REF: Final = "#/components/schemas/{name}"

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `type` leads to a page that says what to do; a refused field is "
    "named in `field`.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "field": {"type": "string"},
        "correlation_id": {"type": "string"},
    },
}


IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_CHARACTERS_MAX},
    "description": "Any text of yours, new for each thing you do. Sent again with the same "
    "request within 24 hours, nothing is done twice: the first answer comes again, with "
    "`Idempotent-Replayed: true`. With another request it is refused (422); while the first "
    "one is under way, too (409, with `Retry-After`). What was refused for what was sent, or "
    "failed because a part was away, leaves the key free.",
}


LINK: Final[dict[str, Any]] = {
    "description": 'The address of the following page, with rel="next"; missing on the last.',
    "schema": {"type": "string"},
}
RETRY_AFTER: Final[dict[str, Any]] = {
    "description": "Seconds after which it may be tried again. Answers that are counted say "
    "where they stand in RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset (seconds).",
    "schema": {"type": "integer"},
}


def document(endpoints: list[Endpoint]) -> dict[str, Any]:
    kinds = _kinds(endpoints)
    schemas, components = msgspec.json.schema_components(kinds, ref_template=REF)
    by_kind = {_key(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        operation = _operation(endpoint, by_kind)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "autodoctor",
            "version": __version__,
            "description": "Talk to certified mechanics. Errors are application/problem+json.",
        },
        "paths": paths,
        "components": {
            "parameters": {"IdempotencyKey": IDEMPOTENCY_KEY},
            "schemas": dict(components) | {"Problem": PROBLEM},
            "securitySchemes": {
                "login": {"type": "apiKey", "in": "cookie", "name": "autodoctor_login"},
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key that a company made, for its own things alone.",
                },
            },
        },
    }


def _key(kind: Any) -> str:
    return repr(kind)


def _kinds(endpoints: list[Endpoint]) -> list[Any]:
    found: dict[str, Any] = {}
    for endpoint in endpoints:
        parameters = endpoint.parameters.values()
        for kind in (endpoint.body, endpoint.query, endpoint.answer, *parameters):
            if kind is not None:
                found[_key(kind)] = kind
    return list(found.values())


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": f"{endpoint.description}\n\nFor: {endpoint.action.who}.",
        "responses": _responses(endpoint, schemas),
    }
    parameters = [*_path_parameters(endpoint, schemas), *_query_parameters(endpoint)]
    if endpoint.repeatable:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body is not None:
        content = {"application/json": {"schema": schemas[_key(endpoint.body)]}}
        operation["requestBody"] = {"required": True, "content": content}
    if endpoint.action.proof in (Proof.LOGIN, Proof.HALF_LOGIN):
        operation["security"] = [{"login": []}, *([{"key": []}] if endpoint.action.keys else [])]
    return operation


def _path_parameters(endpoint: Endpoint, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schemas[_key(kind)]}
        for name, kind in endpoint.parameters.items()
    ]


def _query_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    if endpoint.query is None:
        return []
    (_schema,), components = msgspec.json.schema_components([endpoint.query], ref_template=REF)
    body = components[endpoint.query.__name__]
    required = body.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": schema}
        for name, schema in body["properties"].items()
    ]


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    refused: dict[str, Any] = {"$ref": REF.format(name="Problem")}
    responses: dict[str, Any] = {}
    if endpoint.raw:
        anything: dict[str, Any] = {"*/*": {"schema": {}}}
        responses[str(endpoint.status)] = {"description": "Done.", "content": anything}
    elif endpoint.answer is None:
        responses["204"] = {"description": "Done."}
    else:
        content = {"application/json": {"schema": schemas[_key(endpoint.answer)]}}
        answered: dict[str, Any] = {"description": "The answer.", "content": content}
        if endpoint.paged:
            answered["headers"] = {"Link": LINK}
        responses[str(endpoint.status)] = answered
    for status, titles in _refusals(endpoint).items():
        content = {MEDIA_TYPE: {"schema": refused}}
        responses[status] = {"description": " ".join(titles), "content": content}
    responses["429"] = {
        "description": TooManyRequests.title,
        "headers": {"Retry-After": RETRY_AFTER},
        "content": {MEDIA_TYPE: {"schema": refused}},
    }
    responses["default"] = {
        "description": "Anything else that went wrong.",
        "content": {MEDIA_TYPE: {"schema": refused}},
    }
    return responses


def _refusals(endpoint: Endpoint) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for refusal in endpoint.every_refusal:
        found.setdefault(str(int(status_of(refusal))), []).append(refusal.title)
    return found
