"""How often: counted in Valkey, and in this process when Valkey is away."""

import math
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from flask import Flask, Response, request
from flask_limiter import HeaderNames, Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as AnyResponse

from autodoctor.application.operations.callers import signed_by_provider
from autodoctor.domain.shared.networks import network
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.call import call, web
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.entrypoints.web.problems import refused
from autodoctor.entrypoints.web.refusals import TooManyRequests

LIMITS: Final = {
    "signup": "40 per hour",
    "mail": "30 per hour",
    "code": "20 per hour",
    "document": "10 per hour",
    "invitation": "20 per hour",
    "unsigned": "100 per minute",
    "api": "100 per minute",
}
"""Each is counted over all pages and endpoints that share its name."""


def _signed() -> bool:
    """The body is no longer than its route takes: that was looked at before."""
    signature = request.headers.get("Stripe-Signature", "")
    return signed_by_provider(web().ports, payload=request.get_data(), signature=signature)


EXEMPT: Final[dict[str, Callable[[], bool]]] = {"unsigned": _signed}
"""Who is not counted under a limit, even where others have used it up: the payment provider calls
as often as something happens, from a few addresses."""

_WAIT: Final = "RateLimit-Wait"
"""What the limiter would say as Retry-After on every answer, and over what others say there."""

HEADERS: Final = {
    HeaderNames.LIMIT: "RateLimit-Limit",
    HeaderNames.REMAINING: "RateLimit-Remaining",
    HeaderNames.RESET: "RateLimit-Reset",
    HeaderNames.RETRY_AFTER: _WAIT,
}

STORAGE_OPTIONS: Final[dict[str, Any]] = {"socket_connect_timeout": 1, "socket_timeout": 1}


def place_key() -> str:
    """An IPv4 address, or the /64 of an IPv6 address: whoever has one address there has all."""
    return network(get_remote_address())


def _person_key() -> str:
    """By whom it is tried for: a new login, or another network, is no new try."""
    present = call().present
    return str(present.account.id) if present else place_key()


def _caller_key() -> str:
    """An API key is counted for itself, whoever made it; a login once it is known to be one,
    since cookies can be made up."""
    by_key, present = call().by_key, call().present
    if by_key is not None:
        return str(by_key.key_id)
    return str(present.login.id) if present else place_key()


_KEYS: Final[dict[str, Callable[[], str]]] = {
    "document": _person_key,
    "api": _caller_key,
}


def guard(app: Flask, limiter: Limiter, view: str, limit: str, **options: Any) -> None:
    """Count the calls of the view of that name under `limit`."""
    key = _KEYS.get(limit, place_key)
    if limit in EXEMPT:
        options = {"exempt_when": EXEMPT[limit]} | options
    if limit == "api":
        limited = limiter.limit(LIMITS[limit], key_func=key, **options)
    else:
        limited = limiter.shared_limit(LIMITS[limit], scope=limit, key_func=key, **options)
    views: dict[str, Any] = app.view_functions
    views[view] = limited(views[view])


def install(app: Flask, config: WebConfig, endpoints: list[Endpoint]) -> Limiter:
    app.after_request(_tell)  # before the limiter's own, which then runs before it
    limiter = Limiter(
        key_func=_caller_key,
        app=app,
        storage_uri=config.redis_url or "memory://",
        storage_options=STORAGE_OPTIONS if config.redis_url else {},
        in_memory_fallback_enabled=True,
        headers_enabled=True,
        header_name_mapping=HEADERS,
        retry_after="delta-seconds",
        enabled=config.rate_limits,
        key_prefix="autodoctor-limits",
    )
    for endpoint in endpoints:
        guard(app, limiter, endpoint.name, endpoint.limit or "api")
    app.register_error_handler(RateLimitExceeded, partial(_too_often, limiter))
    app.extensions["autodoctor-limiter"] = limiter  # it is only referred to weakly elsewhere
    return limiter


def _tell(response: Response) -> Response:
    """RateLimit-Reset is how many seconds off it is. Retry-After is for those who were too
    often; others have one of their own, or none."""
    wait = response.headers.pop(_WAIT, None)
    if wait is not None:
        response.headers[HEADERS[HeaderNames.RESET]] = str(max(0, int(wait)))
    return response


def _too_often(limiter: Limiter, _error: RateLimitExceeded) -> AnyResponse | tuple[str, int]:
    breached = limiter.current_limit
    assert breached is not None, "it has just been breached"
    seconds = max(1, math.ceil(breached.reset_at - time.time()))
    at = web().ports.now() + timedelta(seconds=seconds)
    return refused(TooManyRequests(seconds, at))
