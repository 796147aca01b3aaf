"""Use cases that change one session at the same time lock in one order: none of them deadlocks."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from io import BytesIO
from itertools import combinations_with_replacement
from typing import Final
from uuid import UUID, uuid4

import attrs
import pytest

from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import DatabaseUnavailable, PostgresTransactions
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.room.chat import mark_read, send_message
from autodoctor.application.room.files import announce, attach, upload
from autodoctor.application.room.rating import rate
from autodoctor.application.room.report import amend_report, report_of, save_notes, write_report
from autodoctor.application.sessions.accept import accept, withdraw
from autodoctor.application.sessions.ending import (
    archive_session,
    cancel_session,
    end_session,
    expire_request,
    finish,
)
from autodoctor.application.sessions.no_show import no_show
from autodoctor.application.sessions.room import join, let_lapse
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.payment_notices import DisputeOutcome
from autodoctor.ports.sessions import Lease
from autodoctor.ports.transactions import Contended
from autodoctor.testing.ports import (
    Town,
    a_customer,
    a_mechanic,
    a_paid_session,
    deliver_all,
    town_on,
)
from autodoctor.testing.town import hear_everything
from support.applicants import SCAN
from support.contest import at_once
from support.locks import watched
from support.postgres import Cluster, Database
from support.towns import Pair, request_of

ADMIN: Final = Actor(SYSTEM.account_id, Role.ADMIN)
REPORT: Final = {
    "findings": "Worn pads.",
    "steps_taken": "Listened.",
    "next_steps": "Replace them.",
    "parts_needed": "",
}


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    with cluster.database() as database:
        yield database


@pytest.fixture(scope="module")
def town(database: Database) -> Town:
    return town_on(database.transactions, database.queries, ids=RandomIds())


class RandomIds:
    """The module's tests share a database."""

    new = staticmethod(uuid4)


def waiting(town: Town) -> Pair:
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    return Pair(customer, mechanic, a_paid_session(town, customer))


def matched(town: Town) -> Pair:
    pair = waiting(town)
    accept(town.ports, actor=pair.mechanic, request_id=request_of(town, pair.session).id)
    return pair


def live(town: Town) -> Pair:
    """Long enough for its end to complete it."""
    pair = matched(town)
    for party in (pair.customer, pair.mechanic):
        join(town.ports, actor=party, session_id=pair.session.id)
    town.clock.advance(timedelta(minutes=5))
    return pair


def completed(town: Town) -> Pair:
    pair = live(town)
    write_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, **REPORT)
    end_session(town.ports, actor=ADMIN, session_id=pair.session.id)
    return pair


Deed = Callable[[Town, Pair], object]


def _join(town: Town, pair: Pair, *, who: str) -> object:
    return join(town.ports, actor=getattr(pair, who), session_id=pair.session.id)


def _lapse(town: Town, pair: Pair) -> object:
    return let_lapse(town.ports, Lease(pair.session.id, Party.CUSTOMER, town.clock.now()))


def _end(town: Town, pair: Pair) -> object:
    return end_session(town.ports, actor=pair.customer, session_id=pair.session.id)


def _cancel(town: Town, pair: Pair) -> object:
    return cancel_session(town.ports, actor=pair.customer, session_id=pair.session.id)


def _accept(town: Town, pair: Pair) -> object:
    return accept(town.ports, actor=pair.mechanic, request_id=request_of(town, pair.session).id)


def _withdraw(town: Town, pair: Pair) -> object:
    return withdraw(town.ports, actor=pair.mechanic, request_id=request_of(town, pair.session).id)


def _expire(town: Town, pair: Pair) -> object:
    return expire_request(town.ports, request_of(town, pair.session).id)


def _notes(town: Town, pair: Pair) -> object:
    return save_notes(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="Pads.")


def _report(town: Town, pair: Pair) -> object:
    return write_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, **REPORT)


def _amend(town: Town, pair: Pair) -> object:
    return amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="Both.")


def _attach(town: Town, pair: Pair) -> object:
    file = announce(
        town.ports,
        actor=pair.customer,
        name="brake.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    upload(town.ports, actor=pair.customer, file_id=file.id, content=BytesIO(SCAN))
    return attach(town.ports, actor=pair.customer, session_id=pair.session.id, file_id=file.id)


def _say(town: Town, pair: Pair) -> object:
    return send_message(
        town.ports,
        actor=pair.customer,
        session_id=pair.session.id,
        client_id=uuid4(),
        text="It squeals.",
    )


def _read(town: Town, pair: Pair) -> object:
    return mark_read(town.ports, actor=pair.mechanic, session_id=pair.session.id, position=1)


def _rate(town: Town, pair: Pair) -> object:
    return rate(
        town.ports, actor=pair.customer, session_id=pair.session.id, stars=5, review="Quick."
    )


def _timer(rings: Callable[..., None]) -> Deed:
    return lambda town, pair: rings(town.ports, pair.session.id)


def _deliver(town: Town, _pair: Pair) -> object:
    return deliver_all(town)


def called_off(town: Town) -> Pair:
    """Its refund is due."""
    pair = matched(town)
    _cancel(town, pair)
    return pair


DISPUTES: Final[dict[UUID, str]] = {}
"""The bank's id of a session's dispute."""


def _disputed(make: Callable[[Town], Pair]) -> Callable[[Town], Pair]:
    def made(town: Town) -> Pair:
        pair = make(town)
        assert pair.session.checkout_id is not None
        with town.kept(SYSTEM) as tx:
            charge_id = tx.checkouts.get(pair.session.checkout_id).charge_id
        assert charge_id is not None
        DISPUTES[pair.session.id] = town.bank.open_dispute(charge_id)
        _hear(town)
        return pair

    return made


def _hear(town: Town) -> None:
    hear_everything(town)
    deliver_all(town)


def _lose(town: Town, pair: Pair) -> object:
    """Decided by the bank once, heard of by everybody."""
    dispute = DISPUTES.pop(pair.session.id, None)
    if dispute is not None:
        town.bank.close_dispute(dispute, DisputeOutcome.LOST)
    return _hear(town)


STAGES: Final[dict[str, tuple[Callable[[Town], Pair], dict[str, Deed]]]] = {
    "waiting": (
        waiting,
        {"accept": _accept, "cancel": _cancel, "expire": _expire, "deliver": _deliver},
    ),
    "matched": (
        matched,
        {
            "customer joins": partial(_join, who="customer"),
            "mechanic joins": partial(_join, who="mechanic"),
            "withdraw": _withdraw,
            "cancel": _cancel,
            "no show": _timer(no_show),
            "say": _say,
            "attach": _attach,
        },
    ),
    "live": (
        live,
        {
            "customer joins": partial(_join, who="customer"),
            "lapse": _lapse,
            "end": _end,
            "run out": _timer(finish),
            "notes": _notes,
            "report": _report,
            "say": _say,
            "read": _read,
            "attach": _attach,
        },
    ),
    "completed": (
        completed,
        {
            "end": _end,
            "notes": _notes,
            "amend": _amend,
            "rate": _rate,
            "archive": _timer(archive_session),
            "deliver": _deliver,
        },
    ),
    "called off": (called_off, {"deliver": _deliver, "cancel": _cancel}),
    "disputed": (_disputed(live), {"lose": _lose, "end": _end, "deliver": _deliver}),
    "disputed early": (_disputed(matched), {"lose": _lose, "cancel": _cancel}),
}
PAIRS: Final = [
    (stage, *pair)
    for stage, (_, deeds) in STAGES.items()
    for pair in combinations_with_replacement(deeds, 2)
]


def outcome(deed: Callable[[], object]) -> Refusal | None:
    """What it was refused for, if it was; anything else that it raises fails the test."""
    try:
        deed()
    except Refusal as refusal:
        return refusal
    return None


def met(town: Town, stage: str, *names: str) -> tuple[Pair, list[Refusal | None]]:
    """A new session at a stage, and what came of doing these things at once."""
    make, deeds = STAGES[stage]
    pair = make(town)
    return pair, at_once([partial(outcome, partial(deeds[name], town, pair)) for name in names])


@pytest.mark.parametrize(("stage", "one", "other"), PAIRS)
def test_any_two_at_once_are_done_or_refused_by_a_rule(
    town: Town, stage: str, one: str, other: str
) -> None:
    _, refused = met(town, stage, one, other)

    assert not [each for each in refused if isinstance(each, Contended | DatabaseUnavailable)]


def test_what_is_written_while_a_session_ends_is_there_afterwards(town: Town) -> None:
    for _ in range(10):
        pair, refused = met(town, "live", "report", "end")

        assert refused == [None, None]
        report = report_of(town.ports, actor=pair.customer, session_id=pair.session.id)
        assert report is not None
        assert report.findings == REPORT["findings"]


def test_tables_are_locked_in_one_order_by_all_of_them(town: Town, database: Database) -> None:
    with watched(database.app) as locks:
        for stage, (make, deeds) in STAGES.items():
            for name, deed in deeds.items():
                refused = outcome(partial(deed, town, make(town)))
                assert refused is None or stage != "waiting", name

    assert locks.cycle() == []
    assert {"checkouts", "mechanics"} <= locks.after["sessions"]


@pytest.fixture
def excluding(town: Town, database: Database) -> Town:
    """Whose locks keep others from pointing at a row, as they used to."""
    kept = PostgresTransactions(database.app, ROUTES, Guards(shared_keys=False))
    return attrs.evolve(town, kept=kept, ports=attrs.evolve(town.ports, transactions=kept))


def test_locks_that_exclude_pointing_at_a_row_deadlock(excluding: Town) -> None:
    """Notes point at their mechanic and at their session; ending locks them the other way."""
    for _ in range(200):
        _, refused = met(excluding, "live", "notes", "end")
        if any(isinstance(each, Contended) for each in refused):
            return
    raise AssertionError("they never met")


def test_what_met_others_is_done_again(excluding: Town) -> None:
    """The same, as a request does it: both succeed, whoever had to wait."""
    make, deeds = STAGES["live"]
    for _ in range(20):
        pair = make(excluding)
        tried = [
            partial(excluding.kept.again, partial(deeds[name], excluding, pair))
            for name in ("notes", "end")
        ]
        assert at_once([partial(outcome, each) for each in tried]) == [None, None]
