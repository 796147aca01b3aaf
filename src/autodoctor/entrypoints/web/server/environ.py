"""A request as PEP 3333 has it."""

import sys
from typing import Any, Final

from granian.rsgi import Scope

from autodoctor.entrypoints.web.body_limits import REFUSED
from autodoctor.entrypoints.web.server.bodies import Body

_SERVER: Final = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_OURS: Final = frozenset({"content-length", "content-type", "transfer-encoding", "host"})


def environ_of(scope: Scope, body: Body) -> dict[str, Any]:
    """The body is whole here, so its length is known however it was sent. Names with underscores
    are left out: they could pass for others, such as X_Forwarded_For for X-Forwarded-For."""
    host, _, port = scope.server.rpartition(":")
    environ = _SERVER | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "CONTENT_LENGTH": str(body.length) if body.announced else "",
        "CONTENT_TYPE": scope.headers.get("content-type", ""),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "HTTP_HOST": scope.headers.get("host") or scope.authority or "",
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body.content,
        REFUSED: body.refused,
    }
    for name, value in scope.headers.items():
        if name not in _OURS and "_" not in name:
            _add(environ, f"HTTP_{name.upper().replace('-', '_')}", value)
    return environ


def _add(environ: dict[str, Any], key: str, value: str) -> None:
    """A header that came twice is one list (RFC 9110, 5.3); cookies have a mark of their own."""
    mark = "; " if key == "HTTP_COOKIE" else ", "
    environ[key] = f"{environ[key]}{mark}{value}" if key in environ else value
