"""What the web entrypoint is told at the start."""

import attrs


@attrs.frozen(kw_only=True)
class WebConfig:
    """`realtime_port` is where streams are on this host when `realtime_url` is empty;
    `mailbox` is the folder of caught mail and `clock_file` says by how many seconds the clock
    is moved: both for development only, and empty elsewhere. What was signed with one of
    `old_secret_keys` counts as well, newest first."""

    secret_key: str
    old_secret_keys: tuple[str, ...] = ()
    public_url: str
    realtime_url: str = ""
    realtime_port: int | None = None
    redis_url: str = ""
    cron_secret: str = ""
    production: bool = False
    rate_limits: bool = True
    trusted_proxies: int = 0
    mailbox: str = ""
    sandbox_url: str = ""
    clock_file: str = ""
    debug_routes: bool = False

    @property
    def signing_keys(self) -> list[str]:
        """As itsdangerous takes them: all count, the last one signs."""
        return [*reversed(self.old_secret_keys), self.secret_key]
