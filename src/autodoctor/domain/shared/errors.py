"""Refusals: why the domain says no, one class each, in seven categories.

A refusal's first docstring line is the title people read; its attributes are the facts;
its slug (the class name in kebab-case) is stable and names its page. How a category is
told over HTTP is the entrypoint's business.
"""

import re
from typing import ClassVar

import attrs


class Refusal(Exception):
    """The request was refused."""

    slug: ClassVar[str] = "refusal"
    title: ClassVar[str] = "The request was refused."

    def __init_subclass__(cls) -> None:
        cls.slug = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()
        cls.title = (cls.__doc__ or "").strip().split("\n", 1)[0] or Refusal.title

    @property
    def facts(self) -> dict[str, object]:
        """The refusal's attributes by name, empty when it carries none."""
        kind: type = type(self)
        if not attrs.has(kind):
            return {}
        return {field.name: getattr(self, field.name) for field in attrs.fields(kind)}

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.title} ({facts})" if facts else self.title


class Invalid(Refusal):
    """What was sent does not make sense."""


class Forbidden(Refusal):
    """This is not yours to do."""


class NotFound(Refusal):
    """There is no such thing, or it is not yours to see."""


class Conflict(Refusal):
    """That does not fit the current state."""


class Gone(Refusal):
    """This was there once and is not any more."""


class TooOften(Refusal):
    """That was too often."""


class Unavailable(Refusal):
    """A part we depend on does not answer; try again shortly."""


@attrs.frozen
class InvalidField(Invalid):
    """A value does not fit its field."""

    field: str
    reason: str
