"""Settings of other providers: all of one, or nothing of it; and nothing for development only."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.production import FOR_DEVELOPMENT, NEEDED
from autodoctor.entrypoints.providers import providers
from autodoctor.entrypoints.settings import Settings, SettingsInvalid, load
from autodoctor.ports.identity import Offered

ACME = {
    "slug": "acme",
    "label": "Acme",
    "issuer": "https://login.acme.example",
    "client_id": "us",
    "client_secret": "secret",
}
PRODUCTION = {
    "autodoctor_env": "production",
    "public_url": "https://autodoctor.example",
    "secret_key": "Zr3kQ9vW1xT7bN5mC8dL2pH6jF4gS0aY",
    "database_url": "postgresql://db",
    "redis_url": "rediss://valkey",
    "stripe_secret_key": "sk_live_1",
    "stripe_webhook_secret": "whsec_1",
    "smtp_url": "smtps://mail",
    "cron_secret": "aY0gS4jF6pH2dL8mC5bN7xT1vW9kQ3Zr",
    "trusted_proxies": 1,
}


def settings(**given: Any) -> Settings:
    return Settings(**given)


def test_only_what_is_set_up_is_offered() -> None:
    none, some = (
        settings(),
        settings(
            google_client_id="us",
            google_client_secret="secret",
            facebook_app_id="us",
            facebook_app_secret="secret",
            oidc_providers=[ACME],
        ),
    )

    assert providers(none).offered() == ()
    assert providers(some).offered() == (
        Offered("google", "Google"),
        Offered("facebook", "Facebook"),
        Offered("acme", "Acme"),
    )


def test_a_secret_is_not_told_by_accident() -> None:
    (acme,) = settings(oidc_providers=[ACME]).oidc_providers

    assert acme.client_secret.get_secret_value() == "secret"
    assert "'secret'" not in repr(acme)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"google_client_id": "us"}, "GOOGLE_CLIENT_SECRET"),
        ({"apple_client_id": "us", "apple_key_id": "k"}, "APPLE_TEAM_ID, APPLE_PRIVATE_KEY"),
        ({"oidc_providers": [ACME, ACME]}, "every slug"),
        ({"oidc_providers": [ACME | {"slug": "google"}]}, "every slug"),
        ({"oidc_providers": [ACME | {"issuer": "ftp://x"}]}, "issuer"),
        ({"oidc_providers": [ACME | {"tenant": "x"}]}, "tenant"),
        (
            PRODUCTION | {"oidc_providers": [ACME | {"issuer": "http://login.acme.example"}]},
            "https://",
        ),
    ],
)
def test_half_a_provider_or_a_wrong_one_stops_the_start(given: dict[str, Any], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        settings(**given)


@pytest.mark.parametrize("name", FOR_DEVELOPMENT)
def test_what_is_for_development_stops_the_start_of_production(name: str) -> None:
    chosen = "row_locks" if name == "guards_off" else True

    assert settings(**{name: chosen})
    assert settings(**PRODUCTION)
    with pytest.raises(ValidationError, match=name.upper()):
        settings(**PRODUCTION | {name: chosen})


@pytest.mark.parametrize(
    ("given", "cost"), [({}, "m=65536,t=3,p=4"), ({"quick_passwords": True}, "m=8,")]
)
def test_passwords_cost_what_they_should_unless_tests_ask(
    given: dict[str, Any], cost: str, tmp_path: Path
) -> None:
    here = Installation(settings(data_dir=tmp_path, **given))

    assert here.ports.passwords.hash("drive-2026").startswith(f"$argon2id$v=19${cost}")


def test_each_of_its_processes_looks_for_a_password_as_it_was_kept(tmp_path: Path) -> None:
    email, quick = (
        EmailAddress("casey@example.com"),
        settings(data_dir=tmp_path, secret_key="a" * 40),
    )
    other = settings(data_dir=tmp_path, secret_key="b" * 40)
    one, same, another = (
        Installation(each).ports.passwords.hash_for(email, "drive-2026")
        for each in (quick, quick, other)
    )

    assert one == same != another


@pytest.mark.parametrize("name", [*NEEDED, "trusted_proxies"])
def test_production_needs_what_it_cannot_stand_in_for(name: str) -> None:
    without = {each: value for each, value in PRODUCTION.items() if each != name}

    with pytest.raises(ValidationError, match=name.upper()):
        settings(**without)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "http://autodoctor.example"),
        ("realtime_url", "http://live.autodoctor.example"),
        ("stripe_api_url", "http://stripe.example"),
        ("redis_url", "redis://valkey"),
        ("smtp_url", "smtp://mail"),
        ("secret_key", "x" * 31),
        ("cron_secret", "c" * 31),
    ],
)
def test_what_can_be_read_or_guessed_stops_the_start_of_production(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name.upper()):
        settings(**PRODUCTION | {name: value})

    assert settings(**{name: value})


@pytest.mark.parametrize(
    "given",
    [
        {"redis_url": "redis://127.0.0.1:6379", "smtp_url": "smtp://localhost"},
        {"redis_url": "redis://valkey", "smtp_url": "smtp://mail", "allow_unencrypted": True},
        {"trusted_proxies": 0},
    ],
)
def test_production_starts_where_nobody_can_listen(given: dict[str, Any]) -> None:
    assert settings(**PRODUCTION | given)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OIDC_PROVIDERS", '[{"slug": "acme", "client_secret": "hunter2"}]'),
        ("OIDC_PROVIDERS", '[{"client_secret": "hunter2"'),
        ("WEB_THREADS", "many"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsInvalid) as stopped:
        load()

    assert variable in str(stopped.value)
    assert "hunter2" not in str(stopped.value)
    assert ("many" in str(stopped.value)) == (value == "many")
