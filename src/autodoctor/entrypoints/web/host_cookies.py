"""Cookies under the prefix `__Host-` (RFC 6265bis, 4.1.3.2): browsers keep them only if they came
over TLS, for this very host and every path, so no other host of the domain can plant one.

The application knows its cookies by their plain names; here they get and lose the prefix.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

PREFIX: Final = "__Host-"
OURS: Final = "autodoctor_"

Headers = list[tuple[str, str]]
Application = Callable[..., Iterable[bytes]]


class HostCookies:
    """WSGI middleware, for sites that are reached by https:// alone."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if "HTTP_COOKIE" in environ:
            environ = environ | {"HTTP_COOKIE": plain_names(environ["HTTP_COOKIE"])}

        def start_prefixed(status: str, headers: Headers, *error: Any) -> Any:
            return start(status, [prefixed(*header) for header in headers], *error)

        return self._app(environ, start_prefixed)


def plain_names(cookies: str) -> str:
    """Ours count under the prefix alone: one without it may have been planted."""
    kept = []
    for cookie in cookies.split(";"):
        name = cookie.strip()
        if name.startswith(PREFIX + OURS):
            kept.append(name.removeprefix(PREFIX))
        elif not name.startswith(OURS):
            kept.append(name)
    return "; ".join(kept)


def prefixed(name: str, value: str) -> tuple[str, str]:
    """The prefix demands Secure, also of a cookie that is taken away."""
    if name.lower() != "set-cookie" or not value.startswith(OURS):
        return name, value
    secure = "secure" in (part.strip().lower() for part in value.split(";"))
    return name, f"{PREFIX}{value}{'' if secure else '; Secure'}"
