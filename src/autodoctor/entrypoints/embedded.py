"""Where the embedded parts of an installation are, and the secrets they share: made once,
kept in DATA_DIR, never used in production."""

import json
import os
import secrets
import time
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from autodoctor.entrypoints.settings import Settings

if TYPE_CHECKING:
    from autodoctor.adapters.embedded.postgres import EmbeddedPostgres

LOOPBACK = "127.0.0.1"


class Embedded:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ports = settings.ports

    @property
    def folder(self) -> Path:
        return self.settings.data

    @cached_property
    def _secrets(self) -> dict[str, str]:
        """Made by whoever comes first: the file appears whole, or not at all."""
        path = self.folder / "secrets.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            names = ("database", "secret_key", "cron", "webhook", "stripe")
            made = {name: secrets.token_urlsafe(32) for name in names}
            mine = path.with_suffix(f".{os.getpid()}")
            mine.touch(mode=0o600)
            mine.write_text(json.dumps(made), encoding="utf-8")
            try:
                os.link(mine, path)
            except FileExistsError:
                return dict(json.loads(path.read_text(encoding="utf-8")))
            finally:
                mine.unlink()
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def secret(self, name: str) -> str:
        return self._secrets[name]

    @cached_property
    def postgres(self) -> "EmbeddedPostgres":
        from autodoctor.adapters.embedded.postgres import EmbeddedPostgres

        return EmbeddedPostgres(
            self.folder / "postgres", self._ports.postgres, self.secret("database")
        )

    @property
    def database_url(self) -> str:
        from autodoctor.adapters.embedded.postgres import APP

        return self.postgres.url(APP)

    @property
    def owner_url(self) -> str:
        from autodoctor.adapters.embedded.postgres import OWNER

        return self.postgres.url(OWNER)

    @property
    def redis_url(self) -> str:
        return f"redis://{LOOPBACK}:{self._ports.valkey}/0"

    @property
    def sandbox_url(self) -> str:
        return f"http://{LOOPBACK}:{self._ports.stripe_sandbox}"

    @property
    def stripe_key(self) -> str:
        return f"sk_test_{self.secret('stripe')}"

    @property
    def webhook_secret(self) -> str:
        return f"whsec_{self.secret('webhook')}"

    @property
    def smtp_url(self) -> str:
        return f"smtp://{LOOPBACK}:{self._ports.smtp}"

    @property
    def mailbox(self) -> Path:
        return self.folder / "mailbox"

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock-offset-seconds"

    def seconds_now(self) -> float:
        """Since 1970, by the development clock."""
        return time.time() + self.clock_offset().total_seconds()

    def clock_offset(self) -> timedelta:
        """By how much the development clock is moved: the same for every process."""
        try:
            return timedelta(seconds=float(self.clock_file.read_text(encoding="ascii")))
        except FileNotFoundError:
            return timedelta(0)
