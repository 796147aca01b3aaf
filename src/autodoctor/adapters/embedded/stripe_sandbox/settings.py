"""What the sandbox is started with."""

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import attrs

API_VERSION = "2026-10-28.endive"
"""The version whose shapes are served; a request's own `Stripe-Version` is echoed."""

RETRY_SECONDS = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400)
"""Pauses between tries of a webhook: quick at first, and given up after about three days."""


def _http(_settings: object, attribute: "attrs.Attribute[str]", url: str) -> None:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValueError(f"{attribute.name} is an http or https address, not {url!r}")


@attrs.frozen(kw_only=True)
class SandboxSettings:
    """`public_url` is where browsers reach the sandbox, without a slash at the end."""

    data_dir: Path
    public_url: str = attrs.field(validator=_http)
    webhook_url: str = attrs.field(validator=_http)
    webhook_secret: str = attrs.field(repr=False)
    api_key: str = attrs.field(repr=False)
    retry_seconds: tuple[float, ...] = RETRY_SECONDS
    delivery_timeout_seconds: float = 10
    clock: Callable[[], float] = time.time
