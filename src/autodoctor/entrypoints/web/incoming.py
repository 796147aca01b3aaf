"""What browsers send in addresses and forms: without NUL characters, which nobody types and no
database keeps. Dropped here once, so that no page has to remember it; the API refuses them by
name instead (`api/declare.py`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

NUL = "\x00"


class Sent(ImmutableMultiDict[str, Any]):
    """Names and values; a file stays as it is."""

    def __init__(self, given: Mapping[str, Any] | Iterable[tuple[str, Any]] = ()) -> None:
        pairs = iter_multi_items(given) if isinstance(given, Mapping) else given
        super().__init__((name, _without_nul(value)) for name, value in pairs)


class BoundedJson(DefaultJSONProvider):
    """Nesting that exhausts the stack is a body that is not JSON."""

    def loads(self, s: str | bytes, **options: Any) -> Any:
        """Raises ValueError."""
        try:
            return super().loads(s, **options)
        except RecursionError:
            raise ValueError("The JSON is nested too deeply.") from None


class PageRequest(Request):
    parameter_storage_class = Sent


def install(app: Flask) -> None:
    app.request_class = PageRequest
    app.json = BoundedJson(app)


def _without_nul(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value
