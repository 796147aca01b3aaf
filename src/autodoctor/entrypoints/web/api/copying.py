"""A copy of one's data, as a file."""

from collections.abc import Iterator

import msgspec
from flask import Response, stream_with_context

from autodoctor.application.access.accounts import COPY
from autodoctor.application.accounts.copying import copy_of
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call

copying = Endpoints("Accounts")


@copying.route("GET", "/api/customer/export", action=COPY.by(Role.CUSTOMER), raw=True)
def export(call: Call) -> Response:
    """A copy of everything kept about you, as a JSON file, sent part by part."""
    return copied(call)


def copied(call: Call) -> Response:
    parts = stream_with_context(_written(copy_of(call.ports, present=call.inside)))
    answer = Response(parts, content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="autodoctor-my-data.json"'
    return answer


def _written(parts: Iterator[tuple[str, object]]) -> Iterator[bytes]:
    before = b"{"
    for name, content in parts:
        yield before + msgspec.json.encode(name) + b": " + msgspec.json.encode(content)
        before = b",\n"
    yield b"}\n"
