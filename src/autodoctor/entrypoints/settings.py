"""Every setting, one class: environment variables, their types and defaults.

A wrong or missing value stops the start with a sentence that names the variable. What is
left empty stands for the embedded part of the same name (docs/architecture.md).
"""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from autodoctor.entrypoints import production
from autodoctor.entrypoints.setting_checks import CHECKS, GUARDS, endpoint, wrong


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsInvalid(SystemExit):
    """The process does not start; the message says which variable is wrong, and why."""


PROVIDER_GROUPS = (
    ("google_client_id", "google_client_secret"),
    ("facebook_app_id", "facebook_app_secret"),
    ("apple_client_id", "apple_team_id", "apple_key_id", "apple_private_key"),
)
"""What one provider needs: all of it, or nothing."""


class OidcProvider(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]
    label: Annotated[str, Field(min_length=1, max_length=40)]
    issuer: Annotated[str, Field(pattern=r"^https?://")]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret: SecretStr


class Settings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    autodoctor_env: Environment = Environment.DEVELOPMENT
    port: Annotated[int, Field(ge=1024, le=65_529)] = 8000
    host: str = "127.0.0.1"
    data_dir: Path = Path(".data")
    public_url: str = ""
    realtime_url: str = ""
    secret_key: SecretStr = SecretStr("")
    old_secret_keys: SecretStr = SecretStr("")

    database_url: SecretStr = SecretStr("")
    database_owner_url: SecretStr = SecretStr("")
    redis_url: SecretStr = SecretStr("")
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "autodoctor <hello@autodoctor.example>"
    storage_url: str = ""

    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_api_url: str = ""

    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    facebook_app_id: str = ""
    facebook_app_secret: SecretStr = SecretStr("")
    apple_client_id: str = ""
    apple_team_id: str = ""
    apple_key_id: str = ""
    apple_private_key: SecretStr = SecretStr("")
    """The PEM of the .p8 file, whole."""
    oidc_providers: tuple[OidcProvider, ...] = ()
    """Any other issuer, a company's SSO too: a JSON list of slug, label, issuer, client_id,
    client_secret."""

    cron_secret: SecretStr = SecretStr("")
    web_threads: Annotated[int, Field(ge=1, le=256)] = 16
    web_workers: Annotated[int, Field(ge=1, le=64)] = 1
    worker_threads: Annotated[int, Field(ge=1, le=64)] = 4
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    demo_people: bool = True
    rate_limits: bool = True
    development_clock: bool = False
    """Lets a signed-in demo admin move the clock; only in development."""
    debug_routes: bool = False
    """The routes that look into things and log in without a password; only in development,
    and for admins."""
    quick_passwords: bool = False
    """Hashes passwords at argon2's lowest cost; only in development, for tests."""
    guards_off: Annotated[frozenset[str], NoDecode] = frozenset()
    """Names of guards that the proofs switch off to show the fault; only in development."""
    allow_unencrypted: bool = False
    """Lets production speak to mail and queue servers on other hosts without TLS."""
    log_level: str = "INFO"

    @model_validator(mode="before")
    @classmethod
    def _split_guards(cls, values: dict[str, object]) -> dict[str, object]:
        names = values.get("guards_off", "")
        if isinstance(names, str):
            values["guards_off"] = frozenset(filter(None, names.split(",")))
        return values

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for name in CHECKS:
            text = self.text_of(name)
            why = wrong(name, text) if text else None
            if why:
                raise ValueError(why)
        if not self.guards_off <= GUARDS:
            raise ValueError(f"GUARDS_OFF: guards are {', '.join(sorted(GUARDS))}")
        if self.production:
            for fault in production.faults(self):
                raise ValueError(fault)
        if self.old_secret_keys and not self.secret_key:
            raise ValueError("OLD_SECRET_KEYS needs SECRET_KEY too: the new one")
        for group in PROVIDER_GROUPS:
            given = {name for name in group if self.text_of(name)}
            if given and given != set(group):
                wanted = ", ".join(name.upper() for name in group if name not in given)
                raise ValueError(f"{', '.join(sorted(given)).upper()} needs {wanted} too")
        self._check_issuers()
        return self

    def _check_issuers(self) -> None:
        slugs = [provider.slug for provider in self.oidc_providers]
        if len({*slugs, "google", "facebook", "apple"}) < len(slugs) + 3:
            raise ValueError("OIDC_PROVIDERS: every slug stands for one provider")
        for provider in self.oidc_providers:
            try:
                endpoint(provider.issuer)
            except ValueError as error:
                why = f"OIDC_PROVIDERS: {provider.slug}'s issuer: {error}"
                raise ValueError(why) from None
        if self.production:
            for provider in self.oidc_providers:
                if not provider.issuer.startswith("https://"):
                    raise ValueError(f"OIDC_PROVIDERS: {provider.slug}'s issuer must be https://")

    def text_of(self, name: str) -> str:
        """A setting as text, secrets too."""
        value = getattr(self, name)
        return value.get_secret_value() if isinstance(value, SecretStr) else str(value)

    @property
    def production(self) -> bool:
        return self.autodoctor_env is Environment.PRODUCTION

    @property
    def data(self) -> Path:
        return self.data_dir.expanduser().resolve()

    @property
    def public_address(self) -> str:
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def ports(self) -> "Ports":
        return Ports(self.port)


class Ports:
    """The ports of one installation follow from PORT."""

    def __init__(self, web: int) -> None:
        self.web = web
        self.realtime = web + 1
        self.postgres = web + 2
        self.valkey = web + 3
        self.stripe_sandbox = web + 4
        self.smtp = web + 5


SHOWN: Final = frozenset(
    {
        "autodoctor_env",
        "port",
        "host",
        "data_dir",
        "web_threads",
        "web_workers",
        "worker_threads",
        "trusted_proxies",
        "demo_people",
        "rate_limits",
        "development_clock",
        "debug_routes",
        "quick_passwords",
        "guards_off",
        "allow_unencrypted",
        "log_level",
    }
)
"""Whose value is shown, also a wrong one. Any other may be, or hold, a secret."""


def load() -> Settings:
    """Read the environment; SettingsInvalid (a SystemExit) tells what is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsInvalid("\n".join(_sentence(dict(e)) for e in error.errors())) from None
    except SettingsError as error:
        raise SettingsInvalid(_unreadable(error)) from None


def _sentence(error: dict[str, object]) -> str:
    location = error.get("loc")
    name, *inside = map(str, location) if isinstance(location, tuple) and location else ("",)
    message = str(error.get("msg", "")).removeprefix("Value error, ")
    given = f" (it is {error.get('input')!r})" if name in SHOWN else ""
    return f"{name.upper() + ': ' if name else ''}{_place(inside)}{message}{given}"


def _place(inside: list[str]) -> str:
    """Which entry of a list, and which field of it. A field that there is not may be anything."""
    if not inside:
        return ""
    number, *fields = inside
    entry = f"entry {int(number) + 1}, " if number.isdigit() else ""
    known = [each for each in fields if each in OidcProvider.model_fields]
    return f"{entry}{', '.join(known) or 'a field that it does not know'}: "


def _unreadable(error: SettingsError) -> str:
    """pydantic-settings names the field, and the cause quotes what it holds."""
    named = re.search(r'field "(\w+)"', str(error))
    return f"{named[1].upper() if named else 'A setting'}: this is not JSON"
