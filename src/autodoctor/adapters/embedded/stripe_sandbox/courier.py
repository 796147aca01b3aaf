"""Delivers booked webhooks one after the other, and tries again until they are taken."""

import asyncio
import json
import time
from typing import TYPE_CHECKING

import attrs
from starlette.concurrency import run_in_threadpool

from autodoctor.adapters.embedded.stripe_sandbox.knobs import holding
from autodoctor.adapters.embedded.stripe_sandbox.objects import checkouts
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox
from autodoctor.adapters.embedded.stripe_sandbox.signing import signature

if TYPE_CHECKING:
    import httpx

IDLE_SECONDS = 0.5
"""How long it takes at most to notice that a pause is over or a checkout has expired."""


@attrs.frozen
class Parcel:
    delivery_id: int
    tries: int
    payload: bytes


@attrs.frozen
class Outcome:
    status: int | None
    problem: str | None
    milliseconds: int

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Courier:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def run(self) -> None:
        """Until it is cancelled. A delivery cut short by that is made again at the next start."""
        import httpx

        timeout = self._sandbox.settings.delivery_timeout_seconds
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            while True:
                self._sandbox.deliveries_booked.clear()
                parcel = await run_in_threadpool(self._next)
                if parcel is None:
                    await self._rest()
                    continue
                outcome = await self._post(client, parcel)
                await run_in_threadpool(self._record, parcel, outcome)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._sandbox.deliveries_booked.wait()
        except TimeoutError:
            return

    def _next(self) -> Parcel | None:
        with self._sandbox.store.transaction() as books:
            checkouts.expire_due(books)
            if holding(books):
                return None
            row = books.sql.execute(
                "SELECT deliveries.id, tries, body FROM deliveries"
                " JOIN objects ON objects.id = event_id"
                " WHERE state = 'due' AND due_at <= ? ORDER BY place LIMIT 1",
                (books.at,),
            ).fetchone()
        if row is None:
            return None
        payload = json.dumps(json.loads(row["body"]), indent=2).encode()
        return Parcel(row["id"], row["tries"], payload)

    async def _post(self, client: "httpx.AsyncClient", parcel: Parcel) -> Outcome:
        import httpx

        settings = self._sandbox.settings
        signed = signature(
            payload=parcel.payload, secret=settings.webhook_secret, at=int(settings.clock())
        )
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signed}
        started = time.monotonic()
        status, problem = None, None
        try:
            response = await client.post(
                settings.webhook_url, content=parcel.payload, headers=headers
            )
            status = response.status_code
        except httpx.HTTPError as error:
            problem = type(error).__name__
        return Outcome(status, problem, int((time.monotonic() - started) * 1000))

    def _record(self, parcel: Parcel, outcome: Outcome) -> None:
        pauses = self._sandbox.settings.retry_seconds
        with self._sandbox.store.transaction() as books:
            books.sql.execute(
                "INSERT INTO attempts (delivery_id, at, milliseconds, status, problem)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    parcel.delivery_id,
                    books.at,
                    outcome.milliseconds,
                    outcome.status,
                    outcome.problem,
                ),
            )
            if outcome.taken:
                state, pause = "delivered", 0.0
            elif parcel.tries < len(pauses):
                state, pause = "due", pauses[parcel.tries]
            else:
                state, pause = "given_up", 0.0
            books.sql.execute(
                "UPDATE deliveries SET state = ?, due_at = ?, tries = tries + 1 WHERE id = ?",
                (state, books.at + pause, parcel.delivery_id),
            )
