"""How often: counted in Valkey, and in this process when Valkey is away."""

from typing import Any, Final

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.entrypoints.web.config import WebConfig

LIMITS: Final = {
    "login": "5 per 15 minutes",
    "signup": "3 per hour",
    "api": "100 per minute",
}


STORAGE_OPTIONS: Final[dict[str, Any]] = {"socket_connect_timeout": 1, "socket_timeout": 1}


def login_key() -> str:
    """By address and by whom it is tried for: one guesser does not lock out an office."""
    body = request.get_json(silent=True) if request.is_json else request.form
    email = str((body or {}).get("email", "")).strip().lower()
    return f"{get_remote_address()}:{email}"


def _caller_key() -> str:
    return request.cookies.get(COOKIE, "") or get_remote_address()


def install(app: Flask, config: WebConfig, endpoints: list[Endpoint]) -> Limiter:
    limiter = Limiter(
        key_func=_caller_key,
        app=app,
        storage_uri=config.redis_url or "memory://",
        storage_options=STORAGE_OPTIONS if config.redis_url else {},
        in_memory_fallback_enabled=True,
        headers_enabled=True,
        enabled=config.rate_limits,
        key_prefix="autodoctor-limits",
    )
    for endpoint in endpoints:
        if endpoint.limit:
            key = login_key if endpoint.limit == "login" else get_remote_address
            limited = limiter.limit(LIMITS[endpoint.limit], key_func=key)
        else:
            limited = limiter.limit(LIMITS["api"])
        view: Any = app.view_functions[endpoint.name]
        app.view_functions[endpoint.name] = limited(view)
    app.extensions["autodoctor-limiter"] = limiter  # it is only referred to weakly elsewhere
    return limiter
