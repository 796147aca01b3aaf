"""Keeping a session's new state: saved, its timers set, its events recorded, those who look at
it told. Every use case that changes a session ends here, so none of it can be forgotten."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from autodoctor.application.notifications.send import withdraw_from_all
from autodoctor.application.payments.settlement import settle
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.sessions.aftermath import archive_due
from autodoctor.domain.sessions.request import Request, RequestStatus
from autodoctor.domain.sessions.room import ends_by_itself_at, no_show_due
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.timer import WARN_BEFORE_END
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.events import Event
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import MECHANICS, person
from autodoctor.ports.transactions import Transaction


class Timer(StrEnum):
    """The kinds of rows in the timers; `operations.due` does what each is for."""

    NO_SHOW = "no_show"
    RUN_OUT = "run_out"
    WARN_FIRST = "warn_first"
    WARN_LAST = "warn_last"
    ARCHIVE = "archive"
    REPORT_NEWS = "report_news"
    REQUEST_EXPIRY = "request_expiry"
    REQUEST_WIDENS = "request_widens"
    CHECKOUT_EXPIRY = "checkout_expiry"
    FORGET_ANSWER = "forget_answer"
    FORGET_DRAFT = "forget_draft"
    FORGET_CLAIM = "forget_claim"
    FORGET_SIGN_UP = "forget_sign_up"
    PAPER_MONTH = "paper_month"
    PAPER_WEEK = "paper_week"
    PAPER_LAST_DAY = "paper_last_day"
    DISCARD_FILE = "discard_file"
    DISCARD_UNUSED = "discard_unused"
    VERIFY_MONEY = "verify_money"
    FORGET_SECURITY_EVENTS = "forget_security_events"
    RESEAL_SECRETS = "reseal_secrets"
    RESEAL_SECRET = "reseal_secret"


def keep(
    ports: Ports,
    tx: Transaction,
    session: Session,
    events: tuple[Event, ...],
    *,
    by: Actor,
    at: datetime,
) -> Session:
    """Save a changed session and everything that follows from it, money included."""
    saved = tx.sessions.save(session)
    set_timers(tx, saved)
    settle(ports, tx, saved, events, at=at)
    tx.outbox.record(*events, by=by, at=at)
    tell(tx, saved)
    return saved


NEWS_OF_WAITING: Final = (Occasion.NEW_REQUEST, Occasion.MECHANIC_RELEASED)
"""Filed under the request's id: they ask for something that only a waiting request allows."""


def keep_request(tx: Transaction, request: Request, *, new: bool = False) -> None:
    """Save a request and its timers; the mechanics' queues look again. What people were told while
    it waited is withdrawn when it does not wait any more."""
    if new:
        tx.requests.add(request)
    else:
        tx.requests.save(request)
    waiting = request.status is RequestStatus.WAITING
    if not waiting:
        _withdraw_news(tx, request)
    widens = request.routing.widens_at(waiting_since=request.waiting_since)
    tx.timers.replace(
        request.id,
        {
            Timer.REQUEST_EXPIRY: request.expires_at if waiting else None,
            Timer.REQUEST_WIDENS: widens if waiting else None,
        },
    )
    tx.live.tell(MECHANICS, "queue", {"request_id": request.id, "status": request.status})


def _withdraw_news(tx: Transaction, request: Request) -> None:
    for occasion in NEWS_OF_WAITING:
        withdraw_from_all(tx, occasion, reference=str(request.id))


def set_timers(tx: Transaction, session: Session) -> None:
    """All timers of a session follow from its state; what no longer applies is cleared."""
    first, last = map(session.timer.warns_at, WARN_BEFORE_END)
    due: dict[str, datetime | None] = {
        Timer.NO_SHOW: no_show_due(session),
        Timer.RUN_OUT: ends_by_itself_at(session),
        Timer.WARN_FIRST: first,
        Timer.WARN_LAST: last,
        Timer.ARCHIVE: archive_due(session),
    }
    tx.timers.replace(session.id, due)


def tell(tx: Transaction, session: Session) -> None:
    """Both parties' open streams look at the session again."""
    data = {"session_id": session.id, "status": session.status}
    tx.live.tell(person(session.customer_id), "session", data)
    if session.mechanic_id is not None:
        tx.live.tell(person(session.mechanic_id), "session", data)
