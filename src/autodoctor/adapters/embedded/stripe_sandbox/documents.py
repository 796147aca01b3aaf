"""Stripe's objects as JSON documents, and their ids."""

import secrets
import string
from typing import Any, TypeAlias

Doc: TypeAlias = dict[str, Any]
"""One of Stripe's objects; field names and shapes are Stripe's."""

_ALPHABET = string.ascii_letters + string.digits
_RANDOM_CHARACTERS = 24


def new_id(prefix: str, *, characters: int = _RANDOM_CHARACTERS) -> str:
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(characters))


def page_of(data: list[Doc], *, url: str, has_more: bool = False) -> Doc:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}
