"""What production refuses to start with."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from autodoctor.entrypoints.settings import Settings

NEEDED: Final = (
    "public_url",
    "secret_key",
    "database_url",
    "redis_url",
    "stripe_secret_key",
    "stripe_webhook_secret",
    "smtp_url",
    "cron_secret",
)
FOR_DEVELOPMENT: Final = ("development_clock", "guards_off", "debug_routes", "quick_passwords")

SECRETS: Final = ("secret_key", "cron_secret")
SECRET_LENGTH_MIN: Final = 32
DIFFERENT_MIN: Final = 10
"""Of 48 random characters of base64 some thirty are different."""

HTTPS_ONLY: Final = ("public_url", "realtime_url", "stripe_api_url")
UNENCRYPTED: Final = {"redis_url": ("redis",), "smtp_url": ("smtp",)}
"""Schemes by which what is sent can be read on its way."""

LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def faults(settings: "Settings") -> Iterator[str]:
    """Each as a sentence that names the variable, and never its value."""
    missing = [name for name in NEEDED if not settings.text_of(name)]
    if missing:
        yield f"production needs {_named(missing)}"
    if "trusted_proxies" not in settings.model_fields_set:
        yield (
            "production needs TRUSTED_PROXIES: how many proxies in front add to X-Forwarded-For. "
            "0 is an answer; a wrong one makes all customers share one rate limit"
        )
    if not settings.rate_limits:
        yield "RATE_LIMITS can be switched off in development only"
    chosen = [name for name in FOR_DEVELOPMENT if getattr(settings, name)]
    if chosen:
        yield f"production refuses {_named(chosen)}: for development only"
    yield from _weak(settings)
    yield from _test_keys(settings)
    yield from _readable(settings)


def _weak(settings: "Settings") -> Iterator[str]:
    for name in SECRETS:
        secret = settings.text_of(name)
        if secret and len(secret) < SECRET_LENGTH_MIN:
            yield f"{name.upper()} needs {SECRET_LENGTH_MIN} characters or more"
        if secret and len(set(secret)) < DIFFERENT_MIN:
            yield f"{name.upper()} can be guessed; make one with openssl rand -base64 36"
    old = [key.strip() for key in settings.text_of("old_secret_keys").split(",")]
    if any(len(key) < SECRET_LENGTH_MIN for key in old if key):
        yield f"OLD_SECRET_KEYS: each had {SECRET_LENGTH_MIN} characters or more; one is cut off"
    if settings.text_of("secret_key") == settings.text_of("cron_secret"):
        yield "CRON_SECRET must not be SECRET_KEY: who may start jobs could forge logins"


def _test_keys(settings: "Settings") -> Iterator[str]:
    """With another server than Stripe's own they are right."""
    test = settings.text_of("stripe_secret_key").startswith(("sk_test_", "rk_test_"))
    if test and not settings.stripe_api_url:
        yield "STRIPE_SECRET_KEY is a test key: nobody would be charged"


def _readable(settings: "Settings") -> Iterator[str]:
    for name in HTTPS_ONLY:
        if settings.text_of(name).startswith("http://"):
            yield f"{name.upper()} must begin with https:// in production"
    for name, schemes in UNENCRYPTED.items():
        url = urlsplit(settings.text_of(name))
        if url.scheme in schemes and url.hostname not in LOCAL and not settings.allow_unencrypted:
            yield (
                f"{name.upper()} is not encrypted and leads to another host; use TLS, or set "
                "ALLOW_UNENCRYPTED=true where the network between is yours alone"
            )


def _named(names: list[str]) -> str:
    return ", ".join(name.upper() for name in names)
