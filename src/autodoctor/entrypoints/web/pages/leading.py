"""Where somebody goes on to after logging in: only ever to a page of ours."""

from typing import Final
from urllib.parse import quote, urlsplit

LENGTH_MAX: Final = 60_000
"""A booking under way travels in its address."""


def local_path(text: str) -> str:
    """`text` when it is a path of this site, with its query; "" for anything else.

    Browsers read a backslash as a slash and skip line breaks and tabs, so `/\\host` and
    `/<tab>/host` are other sites.
    """
    if not text.startswith("/") or text.startswith("//") or len(text) > LENGTH_MAX:
        return ""
    if "\\" in text or not text.isprintable():
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text


def with_next(path: str, following: str) -> str:
    """`path` with the place to go on to, which may be empty."""
    return f"{path}?next={quote(following, safe='/')}" if following else path
