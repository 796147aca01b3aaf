"""Form bodies with names such as `line_items[0][price_data][currency]`, as nested dicts."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import refused

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
DEPTH_MAX = 10


def parse(body: bytes) -> Doc:
    """Texts in nested dicts; a list is a dict with the keys "0", "1", …

    Raises a 400 for text that is not UTF-8, and for names that do not fit each other.
    """
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise refused("Invalid request: the body is not UTF-8 form data") from error
    return nested(pairs)


def nested(pairs: Iterable[tuple[str, str]]) -> Doc:
    form: Doc = {}
    for name, value in pairs:
        _put(form, _path(name), value, name)
    return form


def _path(name: str) -> list[str]:
    match = _NAME.fullmatch(name)
    path = [match.group(1), *_PART.findall(match.group(2))] if match else []
    if not 0 < len(path) <= DEPTH_MAX:
        raise refused(f"Invalid parameter name: {name}", param=name)
    return path


def _put(form: Doc, path: list[str], value: str, name: str) -> None:
    inner = form
    for part in path[:-1]:
        inner = inner.setdefault(part or str(len(inner)), {})
        if not isinstance(inner, dict):
            raise refused(f"Invalid parameter: {name} is given twice", param=name)
    last = path[-1] or str(len(inner))
    if last in inner:
        raise refused(f"Invalid parameter: {name} is given twice", param=name)
    inner[last] = value
