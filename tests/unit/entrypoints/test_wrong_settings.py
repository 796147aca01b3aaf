"""Every setting is looked at before anything starts: a wrong one is named, no secret is shown."""

import json
from typing import Final

import pytest

from autodoctor.entrypoints.settings import SHOWN, Settings, SettingsInvalid, load

SECRET: Final = "hunter2"
"""In every value: what is not shown must not be in any message."""
GOOD_KEY: Final = "Zr3kQ9vW1xT7bN5mC8dL2pH6jF4gS0aY"

PRODUCTION: Final = {
    "AUTODOCTOR_ENV": "production",
    "PUBLIC_URL": "https://autodoctor.example",
    "SECRET_KEY": GOOD_KEY,
    "DATABASE_URL": "postgresql://app@db/autodoctor",
    "REDIS_URL": "rediss://valkey",
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1",
    "SMTP_URL": "smtps://mail",
    "CRON_SECRET": GOOD_KEY[::-1],
    "TRUSTED_PROXIES": "1",
}

URLS: Final = (
    "nonsense-hunter2",
    "ftp://hunter2",
    "https://",
    "https://h:abc",
    "https://u:hunter2@h",
)
WRONG: Final[dict[str, tuple[str, ...]]] = {
    "autodoctor_env": ("hunter2",),
    "port": ("hunter2", "80", "99999999"),
    "host": ("not a host hunter2", "h:80"),
    "data_dir": ("/dev/null",),
    "public_url": (*URLS, "https://a/path-hunter2", "https://a?hunter2", "https://a#hunter2"),
    "realtime_url": (*URLS, "https://a/path-hunter2"),
    "secret_key": ("two words hunter2",),
    "old_secret_keys": ("two words hunter2",),
    "database_url": ("nonsense-hunter2", "postgresql://u:hunter2@h:abc/x", "mysql://u:hunter2@h/x"),
    "database_owner_url": ("nonsense-hunter2", "postgresql://u:hunter2@h:99999999/x"),
    "redis_url": ("nonsense-hunter2", "rediss://:hunter2@h:abc", "rediss://:hunter2@h/x"),
    "smtp_url": ("nonsense-hunter2", "smtps://u:hunter2@h:99999999", "smtps://u:hunter2@h/x"),
    "mail_from": ("hunter2",),
    "storage_url": ("nonsense-hunter2", "s3://key:hunter2@b", "s3://b?hunter2=1", "s3://["),
    "stripe_secret_key": ("hunter2", "pk_live_hunter2"),
    "stripe_webhook_secret": ("hunter2",),
    "stripe_api_url": URLS,
    "google_client_id": ("two words hunter2",),
    "google_client_secret": ("two words hunter2",),
    "facebook_app_id": ("two words hunter2",),
    "facebook_app_secret": ("two words hunter2",),
    "apple_client_id": ("two words hunter2",),
    "apple_team_id": ("two words hunter2",),
    "apple_key_id": ("two words hunter2",),
    "apple_private_key": ("hunter2",),
    "oidc_providers": (
        "hunter2",
        '"hunter2"',
        '[{"client_secret": "hunter2"}]',
        '[{"hunter2": 1}]',
    ),
    "cron_secret": ("two words hunter2",),
    "web_threads": ("hunter2", "0"),
    "web_workers": ("hunter2", "0"),
    "worker_threads": ("hunter2", "0"),
    "trusted_proxies": ("hunter2", "6"),
    "demo_people": ("hunter2",),
    "rate_limits": ("hunter2",),
    "development_clock": ("hunter2",),
    "debug_routes": ("hunter2",),
    "quick_passwords": ("hunter2",),
    "guards_off": ("hunter2",),
    "allow_unencrypted": ("hunter2",),
    "log_level": ("hunter2",),
}
CASES: Final = [(name, value) for name, values in WRONG.items() for value in values]


def stopped(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as stop:
        load()
    return str(stop.value)


def test_every_setting_is_tried() -> None:
    assert WRONG.keys() == Settings.model_fields.keys()


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_wrong_one_stops_the_start_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = stopped(monkeypatch, **{name.upper(): value})

    assert said.startswith(f"{name.upper()}: ")
    assert "\n" not in said or name == "oidc_providers"
    assert SECRET not in said or name in SHOWN


@pytest.mark.parametrize("issuer", ["https://", "https://u:hunter2@a", "https://h:abc"])
def test_a_wrong_issuer_is_named_by_its_provider(
    monkeypatch: pytest.MonkeyPatch, issuer: str
) -> None:
    entry = {"slug": "acme", "label": "A", "issuer": issuer, "client_id": "a", "client_secret": "b"}

    said = stopped(monkeypatch, OIDC_PROVIDERS=json.dumps([entry]))

    assert said.startswith("OIDC_PROVIDERS: acme's issuer: ")
    assert SECRET not in said


def test_each_missing_field_of_a_provider_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = stopped(monkeypatch, OIDC_PROVIDERS='[{"slug": "acme", "client_secret": "hunter2"}]')

    assert said.splitlines() == [
        f"OIDC_PROVIDERS: entry 1, {field}: Field required"
        for field in ("label", "issuer", "client_id")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "a" * 40),
        ("CRON_SECRET", GOOD_KEY),
        ("OLD_SECRET_KEYS", "seven77"),
        ("OLD_SECRET_KEYS", f"{GOOD_KEY},seven77"),
        ("STRIPE_SECRET_KEY", "sk_test_1"),
        ("STRIPE_SECRET_KEY", "rk_test_1"),
    ],
)
def test_production_refuses_what_protects_or_earns_nothing(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for each, given in PRODUCTION.items():
        monkeypatch.setenv(each, given)
    load()

    assert name in stopped(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    "given",
    [
        {"DATABASE_URL": "postgresql:///autodoctor?host=/var/run/postgresql"},
        {"DATABASE_URL": "postgres://u:p%40ss@[::1]:5432/x"},
        {"REDIS_URL": "rediss://default:hunter2@valkey.example:6380/0?socket_timeout=2"},
        {"SMTP_URL": "smtp+starttls://user:hunter2@mail.example:587"},
        {"STORAGE_URL": "s3://bucket/live?endpoint=https://s3.example:9000&region=ca"},
        {"MAIL_FROM": "hello@autodoctor.example"},
        {"PUBLIC_URL": "https://[2001:db8::1]:8443/"},
        {"HOST": "::"},
        {"HOST": "0.0.0.0"},
        {"LOG_LEVEL": "debug"},
        {"STRIPE_API_URL": "http://127.0.0.1:12111/stripe"},
        {"GUARDS_OFF": "row_locks,versions"},
    ],
)
def test_what_is_right_is_taken(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert load()
