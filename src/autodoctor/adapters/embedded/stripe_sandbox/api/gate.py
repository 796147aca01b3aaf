"""The way in and out of the API: key, parameters, repetition, one transaction, answer."""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import attrs
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from autodoctor.adapters.embedded.stripe_sandbox import forms
from autodoctor.adapters.embedded.stripe_sandbox.api import idempotency
from autodoctor.adapters.embedded.stripe_sandbox.api.endpoint import Call, Endpoint, expanded
from autodoctor.adapters.embedded.stripe_sandbox.api.endpoints import ENDPOINTS
from autodoctor.adapters.embedded.stripe_sandbox.api.idempotency import Answer
from autodoctor.adapters.embedded.stripe_sandbox.books import Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc, new_id
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault, refused
from autodoctor.adapters.embedded.stripe_sandbox.knobs import ApiFault, take_fault
from autodoctor.adapters.embedded.stripe_sandbox.sandbox import Sandbox
from autodoctor.adapters.embedded.stripe_sandbox.settings import API_VERSION

KEY_CHARACTERS_MAX = 255
_BROKEN = StripeFault(500, "An unknown error occurred", type="api_error")


@attrs.frozen
class Asked:
    """A request as it came in."""

    form: Doc
    path: dict[str, str]
    url: str
    key: str | None
    account: str | None
    request_id: str


def routes(sandbox: Sandbox) -> list[Route]:
    known = [
        Route(endpoint.path, _handler(sandbox, endpoint), methods=[endpoint.method])
        for endpoint in ENDPOINTS
    ]

    async def unknown(request: Request) -> Response:
        message = f"Unrecognized request URL ({request.method}: {request.url.path})."
        return _response(StripeFault(404, message), new_id("req_"), request)

    return [*known, Route("/v1/{rest:path}", unknown, methods=["GET", "POST", "DELETE"])]


def _handler(sandbox: Sandbox, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        request_id = new_id("req_")
        try:
            _check_key(sandbox, request)
            asked = await _asked(request, request_id)
            answer = await _answer(sandbox, endpoint, asked)
        except StripeFault as fault:
            return _response(fault, request_id, request)
        return _response(answer, request_id, request)

    return handle


async def _answer(sandbox: Sandbox, endpoint: Endpoint, asked: Asked) -> Answer:
    with _alone(sandbox.keys_in_use, asked.key):
        read = endpoint.accepts.read(asked.form)
        fault = await run_in_threadpool(_fault, sandbox)
        if fault is not None and fault.mode != "lost":
            if fault.mode == "timeout":
                await asyncio.sleep(fault.seconds)
            raise _BROKEN
        answer = await run_in_threadpool(_execute, sandbox, endpoint, asked, read)
        sandbox.wake_courier()
        if fault is not None:
            raise _BROKEN
        return answer


def _fault(sandbox: Sandbox) -> ApiFault | None:
    with sandbox.store.transaction() as books:
        return take_fault(books)


def _execute(sandbox: Sandbox, endpoint: Endpoint, asked: Asked, read: Doc) -> Answer:
    with sandbox.store.transaction() as books:
        if asked.key is None:
            return _run(sandbox, endpoint, asked, read, books)
        mark = idempotency.fingerprint(path=asked.url, form=asked.form)
        earlier = idempotency.earlier(books, asked.key, fingerprint=mark)
        if earlier is not None:
            return earlier
        answer = _run(sandbox, endpoint, asked, read, books)
        idempotency.keep(books, asked.key, answer, fingerprint=mark)
        return answer


def _run(sandbox: Sandbox, endpoint: Endpoint, asked: Asked, read: Doc, books: Books) -> Answer:
    """A refusal undoes what was done, but is an answer to be kept like any other."""
    books.request = {"id": asked.request_id, "idempotency_key": asked.key}
    wanted = {name: value for name, value in read.items() if name != "expand"}
    try:
        with books.all_or_nothing():
            call = Call(books, sandbox.settings, wanted, asked.path, asked.account)
            return Answer(200, expanded(books, endpoint.run(call), read.get("expand", [])))
    except StripeFault as fault:
        return Answer(fault.status, fault.body)


@contextmanager
def _alone(in_use: set[str], key: str | None) -> Iterator[None]:
    """Refuses a second request with the same key while the first one runs."""
    if key is None:
        yield
        return
    if key in in_use:
        raise idempotency.KEY_IN_USE
    in_use.add(key)
    try:
        yield
    finally:
        in_use.discard(key)


def _check_key(sandbox: Sandbox, request: Request) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError) as error:
            raise StripeFault(401, "Invalid authorization header.") from error
    if not given:
        raise StripeFault(401, "You did not provide an API key.")
    if not secrets.compare_digest(given.encode(), sandbox.settings.api_key.encode()):
        raise StripeFault(401, f"Invalid API Key provided: ****{given[-4:]}")


async def _asked(request: Request, request_id: str) -> Asked:
    changes = request.method == "POST"
    body = await request.body() if changes else request.url.query.encode()
    key = request.headers.get("idempotency-key") if changes else None
    if key is not None and not 0 < len(key) <= KEY_CHARACTERS_MAX:
        raise refused("Idempotency keys must be 1 to 255 characters.")
    return Asked(
        form=forms.parse(body),
        path=dict(request.path_params),
        url=request.url.path,
        key=key,
        account=request.headers.get("stripe-account"),
        request_id=request_id,
    )


def _response(answer: Answer | StripeFault, request_id: str, request: Request) -> Response:
    headers = {
        "Request-Id": request_id,
        "Stripe-Version": request.headers.get("stripe-version", API_VERSION),
    }
    if request.headers.get("idempotency-key"):
        headers["Idempotency-Key"] = request.headers["idempotency-key"]
    if isinstance(answer, Answer) and answer.replayed:
        headers["Idempotent-Replayed"] = "true"
    return JSONResponse(answer.body, status_code=answer.status, headers=headers)
