"""Fifty mechanics want one request: one gets it, and the others are told so."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from http.client import HTTPConnection
from typing import Any

import pytest

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import RequestId, SessionId
from support.contest import at_once
from support.people import Person, booked, customer, mechanic, mechanics
from support.running import Running

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

CONTENDERS = 50
ROUNDS = 100
CONTROL_ROUNDS = 25


def waiting_request(running: Running) -> tuple[SessionId, RequestId, Person]:
    """A free session of a new customer: nothing but the race is of interest here."""
    ports = running.here.ports
    who = customer(ports)
    intake = booked(ports, who, plan="free")
    session_id = check_out(ports, actor=who.actor, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    return session_id, request.id, who


Answer = tuple[int, Any]
"""A status and what was said."""


class Contender:
    """A mechanic on a connection that lasts. The plainest client there is: fifty share two
    processors with the server they race at."""

    def __init__(self, running: Running, who: Person) -> None:
        self._line = HTTPConnection("127.0.0.1", running.port, timeout=120)
        self._headers = who.headers
        self.close = self._line.close

    def accept(self, request_id: RequestId) -> Answer:
        path = f"/api/mechanics/requests/{request_id}/accept"
        self._line.request("POST", path, headers=self._headers)
        answer = self._line.getresponse()
        return answer.status, json.loads(answer.read())


def contest(running: Running, rounds: int) -> Iterator[Counter[str]]:
    """For each round, how many got which answer."""
    with ExitStack() as stack:
        people = mechanics(running.here.ports, CONTENDERS)
        contenders = [stack.enter_context(closing(Contender(running, who))) for who in people]
        for _ in range(rounds):
            session_id, request_id, who = waiting_request(running)
            answers = at_once([partial(each.accept, request_id) for each in contenders])
            tally = Counter(_told(answer) for answer in answers)
            if tally["won"] == 1:
                _check_winner(running, session_id, answers)
            cancel_session(running.here.ports, actor=who.actor, session_id=session_id)
            yield tally


def _told(answer: Answer) -> str:
    status, said = answer
    return "won" if status == 200 else f"{status} {said.get('type', '')}"


def _check_winner(running: Running, session_id: SessionId, answers: list[Answer]) -> None:
    winner = next(said["mechanic_id"] for status, said in answers if status == 200)
    with running.here.ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(session_id)
        events = [type(each.event).__name__ for each in tx.outbox.of_session(session_id)]
    assert session.status is SessionStatus.MATCHED
    assert str(session.mechanic_id) == winner
    assert events.count("RequestAccepted") == 1


def test_one_of_fifty_wins_in_each_of_a_hundred_rounds(guarded: Running) -> None:
    tallies = list(contest(guarded, ROUNDS))

    expected = Counter({"won": 1, "409 /problems/request-taken": CONTENDERS - 1})
    assert tallies == [expected] * ROUNDS


def test_without_locks_and_versions_several_win(unguarded: Running) -> None:
    assert any(tally["won"] > 1 for tally in contest(unguarded, CONTROL_ROUNDS))


def accept_twenty(running: Running) -> list[Answer]:
    who = mechanic(running.here.ports)
    requests = [waiting_request(running)[1] for _ in range(20)]
    with ExitStack() as stack:
        lines = [stack.enter_context(closing(Contender(running, who))) for _ in requests]
        return at_once(
            [partial(line.accept, each) for line, each in zip(lines, requests, strict=True)]
        )


def test_a_mechanic_who_accepts_twenty_at_once_gets_one(guarded: Running) -> None:
    answers = accept_twenty(guarded)

    told = Counter(_told(answer) for answer in answers)
    assert told == Counter({"won": 1, "409 /problems/mechanic-busy": 19})


def test_without_the_index_a_mechanic_gets_several(unguarded: Running) -> None:
    unguarded.sql("DROP INDEX IF EXISTS uq_sessions_one_per_mechanic")

    rounds = (accept_twenty(unguarded) for _ in range(CONTROL_ROUNDS))

    assert any(sum(status == 200 for status, _ in answers) > 1 for answers in rounds)
