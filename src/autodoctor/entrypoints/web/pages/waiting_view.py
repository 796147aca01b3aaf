"""The waiting room: what happens next, until when, and what becomes of the money."""

import attrs

from autodoctor.domain.sessions.cancellation import CancellationTable, Cause, refund_of
from autodoctor.domain.sessions.room import NO_SHOW_AFTER
from autodoctor.domain.sessions.routing import HEAD_START, Routing, RoutingKind
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.formats import money_text
from autodoctor.entrypoints.web.pages.clocks import countdown_to, digits
from autodoctor.entrypoints.web.pages.outcome import refund_promise, went_back
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Countdown, Fact
from autodoctor.ports.queries import RequestView, SessionView


@attrs.frozen
class CancelView:
    """`url` shows the question and takes the answer by POST."""

    url: str
    title: str
    text: str
    back_url: str


@attrs.frozen
class WaitingView:
    """`since` and `now` are ISO 8601; `left` counts down to the end of the request."""

    session: str
    since: str
    now: str
    elapsed: str
    left: Countdown
    until: str
    money: str
    absent: str
    hint: str
    routing: str
    facts: tuple[Fact, ...]
    cancel: CancelView


def waiting_view(
    session: SessionView, request: RequestView, *, online: int, table: CancellationTable, when: When
) -> WaitingView:
    elapsed = when.now - request.waiting_since
    until = when.clock(request.expires_at)
    return WaitingView(
        session=str(session.id),
        since=request.waiting_since.isoformat(),
        now=when.now.isoformat(),
        elapsed=digits(int(elapsed.total_seconds())),
        left=countdown_to(request.expires_at, now=when.now, label="left for a mechanic to take it"),
        until=until,
        money=_money(session, until),
        absent=absent_text(session, table=table, when=when),
        hint=_hint(online),
        routing=_routing(request.routing, request, when),
        facts=(
            Fact("Plan", f"{session.plan_name}, {session.minutes} minutes"),
            Fact("Vehicle", session.vehicle or "Not given"),
            Fact("Your words", session.concern),
        ),
        cancel=cancel_view(session, table=table, when=when),
    )


def _money(session: SessionView, until: str) -> str:
    if not session.price:
        return f"If nobody has taken it by {until}, it ends and your free session stays yours."
    promise = refund_promise(session, session.price) or "Nothing of it is left to refund."
    return f"If nobody has taken it by {until}, it ends. {promise}"


def absent_text(session: SessionView, *, table: CancellationTable, when: When) -> str:
    """Until when the customer has to come, and what becomes of the money if they do not."""
    later = session.scheduled_for
    if later is not None and later <= when.now:
        later = None
    status = SessionStatus.SCHEDULED if later else SessionStatus.MATCHED
    refund = table.refund_if_absent(session.price, status=status, scheduled_for=later)
    by = (
        f"by {when.within(later + NO_SHOW_AFTER)}"
        if later
        else "within ten minutes of a mechanic accepting"
    )
    return f"If you have not come {by}, the session is called off{_back(session, refund)}"


def _back(session: SessionView, refund: Money) -> str:
    if not session.price:
        return ", and your free session stays yours."
    if not refund:
        return f", and the {money_text(session.price)} you paid is not refunded."
    return f". {refund_promise(session, refund) or 'Nothing of it is left to refund.'}"


def _hint(online: int) -> str:
    match online:
        case 0:
            return "Nobody is on shift right now. Mechanics who start one see your request at once."
        case 1:
            return "One mechanic is on shift."
        case _:
            return f"{online} mechanics are on shift."


def _routing(routing: Routing, request: RequestView, when: When) -> str:
    """Who sees the request now, and from when on others do."""
    opens = request.waiting_since + HEAD_START
    alone = when.now < opens
    if routing.chosen_mechanic_id is not None and alone:
        return "The mechanic you chose sees it alone for the first minute."
    if routing.kind is RoutingKind.WORKSHOP_ONLY:
        return "Only the workshop you chose sees it."
    if routing.kind is RoutingKind.HYBRID and alone:
        return "The workshop you chose sees it first, everybody else after a minute."
    return ""


def cancel_view(session: SessionView, *, table: CancellationTable, when: When) -> CancelView:
    """What cancelling now would give back."""
    rate = table.refund_rate(
        status=session.status,
        cause=Cause.CUSTOMER,
        scheduled_for=session.scheduled_for,
        at=when.now,
    )
    refund = refund_of(session.price, rate)
    text = refund_promise(session, refund)
    if not session.price:
        text = "Nothing was charged, and your free session stays yours."
    elif not refund:
        text = "It is too late for a refund: the appointment is less than two hours away."
    elif not text:
        text = f"{went_back(session)} before; nothing more is refunded."
    return CancelView(
        url=f"/session/{session.id}/cancel",
        title="Cancel this session?",
        text=text,
        back_url=_back_url(session),
    )


def _back_url(session: SessionView) -> str:
    """Not the room: opening it is coming in."""
    if session.status is SessionStatus.WAITING:
        return f"/session/{session.id}"
    return f"/customer/sessions/{session.id}"
