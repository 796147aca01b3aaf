"""What an endpoint accepts: texts are turned into values, and the unknown is refused."""

from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault, refused

METADATA_ENTRIES_MAX = 50
METADATA_KEY_CHARACTERS_MAX = 40
METADATA_VALUE_CHARACTERS_MAX = 500
DIGITS_MAX = 15


class Kind(Protocol):
    def read(self, raw: Any, name: str) -> Any:
        """The value of a text, or of a dict of them; a 400 that names the parameter."""


@attrs.frozen
class Text:
    characters_max: int = 5000

    def read(self, raw: Any, name: str) -> str:
        if not isinstance(raw, str):
            raise refused(f"Invalid string: {name} must be a string", param=name)
        if not raw:
            message = f"You passed an empty string for '{name}', which cannot be unset."
            raise refused(message, code="parameter_invalid_empty", param=name)
        if len(raw) > self.characters_max:
            message = f"Invalid string: {name} must be at most {self.characters_max} characters"
            raise refused(message, param=name)
        return raw


@attrs.frozen
class Whole:
    """An integer, not less than `least`."""

    least: int = 0

    def read(self, raw: Any, name: str) -> int:
        text = Text().read(raw, name)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS_MAX):
            raise _no_integer(f"Invalid integer: {text}", name)
        if int(text) < self.least:
            message = f"This value must be greater than or equal to {self.least}."
            raise _no_integer(message, name)
        return int(text)


@attrs.frozen
class Flag:
    def read(self, raw: Any, name: str) -> bool:
        if raw not in ("true", "false"):
            raise refused(f"Invalid boolean: {raw}", param=name)
        return bool(raw == "true")


@attrs.frozen
class Choice:
    options: tuple[str, ...]

    def read(self, raw: Any, name: str) -> str:
        text = Text().read(raw, name)
        if text not in self.options:
            message = f"Invalid {name}: must be one of {', '.join(self.options)}"
            raise refused(message, param=name)
        return text


@attrs.frozen
class Metadata:
    """Names and values as they come; a name without a value is left out."""

    def read(self, raw: Any, name: str) -> dict[str, str]:
        entries = _hash(raw, name)
        if len(entries) > METADATA_ENTRIES_MAX:
            raise refused("Metadata can have up to 50 keys", param=name)
        for key, value in entries.items():
            if len(key) > METADATA_KEY_CHARACTERS_MAX:
                raise refused("Metadata keys have at most 40 characters", param=name)
            if value:
                Text(METADATA_VALUE_CHARACTERS_MAX).read(value, _within(name, key))
        return {key: value for key, value in entries.items() if value}


@attrs.frozen
class Many:
    of: Kind

    def read(self, raw: Any, name: str) -> list[Any]:
        items = _hash(raw, name).items()
        return [self.of.read(item, _within(name, index)) for index, item in items]


@attrs.frozen
class Shape:
    """The values by name; those that were not sent are absent."""

    fields: Mapping[str, Kind]
    required: tuple[str, ...] = ()

    def read(self, raw: Any, name: str = "") -> Doc:
        form = _hash(raw, name)
        for unknown in form.keys() - self.fields.keys():
            full = _within(name, unknown)
            message = f"Received unknown parameter: {full}"
            raise refused(message, code="parameter_unknown", param=full)
        for field in self.required:
            if field not in form:
                full = _within(name, field)
                message = f"Missing required param: {full}."
                raise refused(message, code="parameter_missing", param=full)
        return {
            field: self.fields[field].read(value, _within(name, field))
            for field, value in form.items()
        }


def _within(outer: str, field: str) -> str:
    return f"{outer}[{field}]" if outer else field


def _hash(raw: Any, name: str) -> Doc:
    if not isinstance(raw, dict):
        raise refused("Invalid object", param=name)
    return raw


def _no_integer(message: str, name: str) -> StripeFault:
    return refused(message, code="parameter_invalid_integer", param=name)
