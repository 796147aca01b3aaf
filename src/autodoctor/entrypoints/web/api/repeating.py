"""Idempotency-Key, as Stripe has it: what was done is not done again, and answers the same."""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from typing import Final

from flask import Response, request

from autodoctor.application.operations.repeating import (
    AnswerLost,
    IdempotencyKeyReused,
    IdempotencyKeyUnusable,
    RequestUnderWay,
    hold,
    keep,
    let_go,
)
from autodoctor.domain.shared.errors import Conflict, NotFound
from autodoctor.entrypoints.web.call import call, perform_under
from autodoctor.entrypoints.web.problems import told
from autodoctor.ports.answers import Answer, KeyLost, Known
from autodoctor.ports.stores import Stale

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
REFUSED: Final = (
    IdempotencyKeyUnusable,
    IdempotencyKeyReused,
    RequestUnderWay,
    AnswerLost,
    KeyLost,
)


def once(perform: Callable[[], Response]) -> Response:
    """Performs it, unless the key of this request has its answer already."""
    key = request.headers.get(HEADER)
    if key is None:
        return perform()
    here = call()
    known = hold(here.ports, actor=here.who, key=key, fingerprint=_fingerprint())
    if known.answer is not None:
        return _replayed(known.answer)
    return _first(known, perform)


def _first(held: Known, perform: Callable[[], Response]) -> Response:
    """Keeps what the work came to; whatever else happens frees the key."""
    ports = call().ports
    with ExitStack() as undo:
        undo.callback(let_go, ports, held)
        perform_under(held)
        response = _settled(perform)
        undo.pop_all()
    keep(ports, held, Answer(response.status_code, response.content_type, response.get_data()))
    return response


def _settled(perform: Callable[[], Response]) -> Response:
    """A refusal by how things stand is an answer, too. One of what was sent is not: it can be
    mended and sent with the same key. Neither is one that may be gone in a moment."""
    try:
        return perform()
    except (NotFound, Conflict) as refusal:
        if isinstance(refusal, Stale | KeyLost):
            raise
        return told(refusal)


def _fingerprint() -> bytes:
    """Of everything that says what is asked."""
    target = f"{call().who.role} {request.method} {request.full_path} {request.mimetype}\n"
    return sha256(target.encode() + request.get_data()).digest()


def _replayed(answer: Answer) -> Response:
    response = Response(answer.body, status=answer.status, content_type=answer.media_type)
    response.headers[REPLAYED] = "true"
    return response
