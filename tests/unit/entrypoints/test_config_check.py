"""`autodoctor config check` shows what is set, and nothing that may be a secret."""

from pathlib import Path
from typing import Final

from click.testing import CliRunner

from autodoctor.entrypoints.cli.main import main

SECRET: Final = "hunter2"
FULL: Final = {
    "PUBLIC_URL": "https://autodoctor.example",
    "STORAGE_URL": "s3://bucket/live?endpoint=https://s3.example&region=hunter2",
    "DATABASE_URL": "postgresql://app:hunter2@db/autodoctor",
    "DATABASE_OWNER_URL": "postgresql://owner:hunter2@db/autodoctor",
    "REDIS_URL": "rediss://:hunter2@valkey",
    "SMTP_URL": "smtps://user:hunter2@mail",
    "SECRET_KEY": "hunter2",
    "OLD_SECRET_KEYS": "hunter2",
    "CRON_SECRET": "hunter2",
    "STRIPE_SECRET_KEY": "sk_test_hunter2",
    "STRIPE_WEBHOOK_SECRET": "whsec_hunter2",
    "GOOGLE_CLIENT_ID": "hunter2",
    "GOOGLE_CLIENT_SECRET": "hunter2",
    "OIDC_PROVIDERS": '[{"slug": "acme", "label": "hunter2", "issuer": "https://a.example",'
    ' "client_id": "hunter2", "client_secret": "hunter2"}]',
}


def test_config_check_shows_what_is_set_and_no_secret(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["config", "check"], env=FULL | {"DATA_DIR": str(tmp_path)})

    assert done.exit_code == 0
    assert SECRET not in done.output
    shown = dict(line.split(maxsplit=1) for line in done.output.splitlines())
    assert shown["STORAGE_URL"] == "s3://bucket/live"
    assert shown["PUBLIC_URL"] == "https://autodoctor.example"
    assert shown["OIDC_PROVIDERS"] == "acme"
    assert shown["SECRET_KEY"] == shown["GOOGLE_CLIENT_ID"] == "(set)"
    assert shown["APPLE_KEY_ID"].startswith("(not set)")


def test_config_check_refuses_what_the_start_refuses() -> None:
    done = CliRunner().invoke(main, ["config", "check"], env={"DATABASE_URL": "nonsense-hunter2"})

    assert done.exit_code == 1
    assert SECRET not in done.output
