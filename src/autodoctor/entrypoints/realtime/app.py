"""The streams: `GET /events`, one for each open page of a login."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import redis.asyncio
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from autodoctor.adapters.valkey.signals import WAKE, WHISPERS
from autodoctor.application.access.may import may
from autodoctor.application.access.room import JOIN
from autodoctor.application.access.whose import of_session, party
from autodoctor.application.accounts.sign_in import LOGINS, authenticate
from autodoctor.application.accounts.tokens import digest
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.client_address import network_of
from autodoctor.entrypoints.realtime.admission import Admission
from autodoctor.entrypoints.realtime.feed import (
    Cursor,
    Feed,
    Told,
    cursor_of,
    frame,
    missed,
    replay_pool,
)
from autodoctor.entrypoints.realtime.hub import Hub, Listener
from autodoctor.entrypoints.realtime.presence import arrive, keep_up
from autodoctor.entrypoints.web.host_cookies import PREFIX
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import MECHANICS, person

log = structlog.get_logger(__name__)

COOKIE: Final = "autodoctor_login"
KEEP_ALIVE_SECONDS: Final = 15.0
RETRY_MILLISECONDS: Final = 1000
REPLAY_MAX: Final = 2000


class Whisper(msgspec.Struct):
    audience: str
    kind: str
    data: Any


class Streams:
    def __init__(
        self,
        *,
        ports: Ports,
        database_url: str,
        redis_url: str,
        web_port: int,
        trusted_proxies: int = 0,
        production: bool = False,
    ) -> None:
        self._cookie = f"{PREFIX if production else ''}{COOKIE}"
        self._ports = ports
        self._database_url = database_url
        self._redis_url = redis_url
        self._web_port = web_port
        self._trusted_proxies = trusted_proxies
        self._hub = Hub()
        self._admission = Admission(self._hub)
        self._replays = replay_pool(database_url)
        self._feed = Feed(database_url, self._hub.tell)

    def app(self) -> Starlette:
        routes = [Route("/events", self.events), Route("/health", self.health)]
        return Starlette(routes=routes, lifespan=self._lifespan)

    def end(self) -> None:
        """Ends all streams: a server that stops waits for what is under way, and a stream would be
        for ever. Pages come back by themselves."""
        self._hub.close()

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(self._feed.follow()),
            asyncio.create_task(keep_up(self._ports, self._hub, self._database_url)),
            asyncio.create_task(self._listen()),
            asyncio.create_task(self._keep_alive()),
        ]
        async with self._replays:
            yield
        for task in tasks:
            task.cancel()

    async def _keep_alive(self) -> None:
        """Comments, so that nothing between us and the page takes a quiet stream for dead."""
        while True:
            await asyncio.sleep(KEEP_ALIVE_SECONDS)
            for listener in tuple(self._hub.listeners):
                listener.put(None, b": still here\n\n")

    async def health(self, _request: Request) -> Response:
        status = 200 if self._feed.healthy else 503
        return JSONResponse({"streams": len(self._hub.listeners)}, status_code=status)

    async def events(self, request: Request) -> Response:
        network = self._network(request)
        if not self._admission.admits(network):
            return _problem(
                429, "too-many-streams", "Too many pages are open.", self._cors(request)
            )
        token = request.cookies.get(self._cookie, "")
        found = await asyncio.to_thread(authenticate, self._ports, token=token) if token else None
        if found is None:
            return _problem(401, "not-signed-in", "Log in first.", self._cors(request))
        actor, _ = found
        page = request.query_params.get("session", "")
        listener = Listener(
            actor.account_id, _audiences(actor), digest(token), page=page, network=network
        )
        if page:
            party = await asyncio.to_thread(self._party, actor, page)
            listener.room = (SessionId(UUID(page)), party) if party else None
        last = cursor_of(
            request.headers.get("last-event-id") or request.query_params.get("after", "")
        )
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"} | self._cors(request)
        stream = self._stream(listener, last)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    def _network(self, request: Request) -> str:
        return network_of(
            request.client.host if request.client else "",
            forwarded=request.headers.get("x-forwarded-for", ""),
            trusted_proxies=self._trusted_proxies,
        )

    def _party(self, actor: Actor, session_id: str) -> Party | None:
        """Admins look on without being there."""
        try:
            with self._ports.transactions(actor) as tx:
                session = tx.sessions.get(SessionId(UUID(session_id)))
            may(actor, JOIN, of_session(session))
            return party(actor)
        except (Refusal, ValueError):
            return None

    def _cors(self, request: Request) -> dict[str, str]:
        """The site's own pages, on the same host under the web's port or behind one name."""
        origin = request.headers.get("origin", "")
        place = urlsplit(origin)
        host = (request.url.hostname or "").lower()
        same = place.hostname == host and place.port in (self._web_port, request.url.port)
        if not origin or not same:
            return {"Vary": "Origin"}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Vary": "Origin",
        }

    async def _stream(self, listener: Listener, last: Cursor | None) -> AsyncIterator[bytes]:
        self._admission.make_room(listener)
        self._hub.add(listener)
        try:
            here = self._feed.cursor
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            sent = last or here
            if last is not None and last < here:
                for told in await self._missed(listener, last):
                    sent = told.cursor
                    yield told.frame
            yield frame("hello", {"live": True}, id=f"{sent[0]}-{sent[1]}")
            if listener.room is not None:
                await arrive(self._ports, listener)
            async for content in _new(listener, sent):
                yield content
        finally:
            self._hub.remove(listener)

    async def _missed(self, listener: Listener, after: Cursor) -> list[Told]:
        """What was missed, in order. Raises PoolTimeout when many others ask, which ends the
        stream; its page comes back by itself."""
        async with self._replays.connection() as connection:
            told = await missed(connection, after, audiences=listener.audiences, most=REPLAY_MAX)
        return [each for each in told if each.kind != LOGINS]

    async def _listen(self) -> None:
        """Wake-up calls and whispers. Without Valkey the feed looks every second."""
        while True:
            try:
                valkey = redis.asyncio.Redis.from_url(self._redis_url, socket_connect_timeout=1)
                async with valkey, valkey.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(WAKE, WHISPERS)
                    async for message in channel.listen():
                        self._heard(message)
            except (redis.RedisError, OSError) as error:
                log.warning("valkey.unreachable", why=str(error))
                await asyncio.sleep(1.0)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["channel"] == WHISPERS.encode():
            pass_on(self._hub, message["data"])
        elif b"live" in message["data"].split(b","):
            self._feed.wake()


def pass_on(hub: Hub, message: bytes) -> None:
    """A whisper that cannot be read is left out; the next one is heard."""
    try:
        whisper = msgspec.json.decode(message, type=Whisper)
    except msgspec.DecodeError as error:
        log.warning("whisper.unreadable", why=type(error).__name__)
        return
    hub.whisper(whisper.audience, whisper.kind, whisper.data)


def _audiences(actor: Actor) -> tuple[str, ...]:
    own = person(actor.account_id)
    return (own, MECHANICS) if actor.role is Role.MECHANIC else (own,)


async def _new(listener: Listener, sent: Cursor) -> AsyncIterator[bytes]:
    """What is told from now on; what the replay had already is left out."""
    while (entry := await listener.frames.get()) is not None:
        cursor, content = entry
        if cursor is None or cursor > sent:
            yield content


def _problem(status: int, slug: str, title: str, headers: dict[str, str]) -> Response:
    body = {"type": f"/problems/{slug}", "title": title, "status": status}
    return JSONResponse(
        body, status_code=status, media_type="application/problem+json", headers=headers
    )
