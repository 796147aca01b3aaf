"""Health, and the jobs that may also be started from outside."""

import hmac

import attrs
from flask import Response, request
from msgspec.json import encode

from autodoctor.application.access.operations import LOOK, MONITOR
from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.operations.security import record_secret_refused
from autodoctor.application.sessions.room import LEASE
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

operations = Endpoints("Operations")


@attrs.frozen
class HealthAnswer:
    """`status` is ok or unavailable; each part says the same of itself."""

    status: str
    parts: dict[str, str]


@operations.route("GET", "/api/health", action=LOOK, answer=HealthAnswer)
def health(call: Call) -> Response:
    """Whether every part answers: 200 when ready, 503 otherwise, each part named."""
    parts = {name: "ok" if alive() else "unavailable" for name, alive in call.web.probes.items()}
    ready = all(state == "ok" for state in parts.values())
    answer = HealthAnswer("ok" if ready else "unavailable", parts)
    return Response(encode(answer), status=200 if ready else 503, content_type="application/json")


@attrs.frozen
class MonitoredAnswer:
    timers: int
    departures: int


@operations.route(
    "GET",
    "/api/cron/monitor-sessions",
    action=MONITOR,
    answer=MonitoredAnswer,
    refusals=(Missing,),
)
def show_monitor(call: Call) -> MonitoredAnswer:
    """Changes nothing: says how much is due. POST does it; so does the worker, by itself."""
    _check_secret(call)
    with call.ports.transactions(SYSTEM) as tx:
        waiting = tx.presence.lapsed(before=call.ports.now() - LEASE, most=100)
        due = tx.timers.count_due(at=call.ports.now())
    return MonitoredAnswer(timers=due, departures=len(waiting))


@operations.route(
    "POST",
    "/api/cron/monitor-sessions",
    action=MONITOR,
    answer=MonitoredAnswer,
    refusals=(Missing,),
)
def monitor(call: Call) -> MonitoredAnswer:
    """Do what is due: expiry, no-shows, ends, departures."""
    _check_secret(call)
    return MonitoredAnswer(timers=run_timers(call.ports), departures=lapse_leases(call.ports))


def _check_secret(call: Call) -> None:
    """Fails closed: without a secret in the settings nobody has it. Tries are recorded."""
    expected = call.web.config.cron_secret
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        record_secret_refused(call.ports, route=f"{request.method} {request.url_rule}")
        raise Missing("job")
