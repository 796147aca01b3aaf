"""What is due: timers, lapsed leases, and mail that waits."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from autodoctor.application.accounts.claims import forget_claim
from autodoctor.application.accounts.resealing import BEGINNING, reseal, reseal_batch
from autodoctor.application.accounts.sign_up import forget_sign_up
from autodoctor.application.mechanics.drafts import forget_draft
from autodoctor.application.mechanics.papers import WARNINGS, warn_of_expiry
from autodoctor.application.operations.attempts import attempt, give_up_exhausted
from autodoctor.application.operations.live_pages import tell_changed
from autodoctor.application.operations.repeating import forget
from autodoctor.application.operations.security_log import forget_security_events
from autodoctor.application.payments.fulfilment import record_state, resolve
from autodoctor.application.payments.verifying import verify_money
from autodoctor.application.room.discarding import discard_file, discard_unused
from autodoctor.application.room.report import tell_of_amendments
from autodoctor.application.sessions.ending import (
    archive_session,
    expire_request,
    finish,
)
from autodoctor.application.sessions.keeping import Timer
from autodoctor.application.sessions.no_show import no_show
from autodoctor.application.sessions.room import LEASE, let_lapse
from autodoctor.domain.notifications.patience import next_try
from autodoctor.domain.sessions.request import RequestStatus
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import CheckoutId, RequestId, SessionId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.jobs import Job, Queue
from autodoctor.ports.mail import MailRefused
from autodoctor.ports.operations import MECHANICS, Due, Mail, Outgoing, person
from autodoctor.ports.sessions import Lease

Handler = Callable[[Ports, UUID], None]
"""Does what a timer is for, with its subject."""

CLAIM_LEASE: Final = timedelta(seconds=30)
"""A job that nothing is heard of for so long comes up again."""
MAIL_LEASE: Final = timedelta(seconds=30)


def run_timers(ports: Ports) -> int:
    """Do everything that is due now; how many were. Each is claimed and done by itself: one that
    fails, or ends the process, comes up again later and keeps no other waiting."""
    give_up_exhausted(ports, Queue.TIMER)
    at, count = ports.now(), 0
    while (due := _claim_timer(ports, at=at)) is not None:
        count += 1
        job = Job(Queue.TIMER, due.kind, due.subject_id)
        attempt(ports, job, partial(_do_timer, ports, due))
    return count


def _claim_timer(ports: Ports, *, at: datetime) -> Due | None:
    with ports.transactions(SYSTEM) as tx:
        claimed = tx.timers.claim(at=at, lease=at + CLAIM_LEASE, most=1)
    return claimed[0] if claimed else None


def _do_timer(ports: Ports, due: Due) -> None:
    _ring(ports, due)
    with ports.transactions(SYSTEM) as tx:
        tx.timers.done(due)


def _ring(ports: Ports, due: Due) -> None:
    HANDLERS[Timer(due.kind)](ports, due.subject_id)


NOBODY: Final = BEGINNING
"""The subject of a timer that is about the whole place."""
VERIFIED_AT: Final = time(8, tzinfo=UTC)
"""Night from Newfoundland to the Pacific."""


def schedule_nights(ports: Ports) -> None:
    """The books are compared with the provider every night, and the security log forgets what is
    older than its period. What an old key has sealed is sealed anew now, and every night."""
    for kind in (Timer.VERIFY_MONEY, Timer.FORGET_SECURITY_EVENTS):
        _schedule_tonight(ports, kind)
    with ports.transactions(SYSTEM) as tx:
        tx.timers.set(Timer.RESEAL_SECRETS, BEGINNING, due_at=ports.now())


def _schedule_tonight(ports: Ports, kind: Timer) -> None:
    at = ports.now()
    tonight = datetime.combine(at.date(), VERIFIED_AT)
    due = tonight if at < tonight else tonight + timedelta(days=1)
    with ports.transactions(SYSTEM) as tx:
        tx.timers.set(kind, NOBODY, due_at=due)


def _tell_queue(ports: Ports, request_id: UUID) -> None:
    """Everybody's queue looks again; who may see it is computed there."""
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.get(RequestId(request_id))
        if request.status is RequestStatus.WAITING:
            data = {"request_id": request.id, "status": request.status}
            tx.live.tell(MECHANICS, "queue", data)


def _warn(ports: Ports, session_id: UUID) -> None:
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(SessionId(session_id))
        if session.status is not SessionStatus.LIVE or session.mechanic_id is None:
            return
        seconds = round(session.timer.remaining(at=at).total_seconds())
        data = {"session_id": session.id, "seconds_left": seconds}
        tx.live.tell(person(session.customer_id), "ending", data)
        tx.live.tell(person(session.mechanic_id), "ending", data)


def _expire_checkout(ports: Ports, checkout_id: UUID) -> None:
    """Ends the payment page at the provider too; paid at the last moment counts as paid."""
    with ports.transactions(SYSTEM) as tx:
        checkout = tx.checkouts.get(CheckoutId(checkout_id), lock=True)
        if checkout.provider_id is None:
            tx.checkouts.save(checkout.expire())
            tell_changed(tx, checkout.customer_id)
            return
    if checkout.settled:
        return
    state = ports.payments.expire_checkout(checkout.provider_id)
    record_state(ports, state)
    resolve(ports, provider_id=checkout.provider_id)


def _verify_money(ports: Ports, _nobody: UUID) -> None:
    _schedule_tonight(ports, Timer.VERIFY_MONEY)
    verify_money(ports)


def _forget_security_events(ports: Ports, _nobody: UUID) -> None:
    _schedule_tonight(ports, Timer.FORGET_SECURITY_EVENTS)
    forget_security_events(ports)


def _reseal_secrets(ports: Ports, after: UUID) -> None:
    """The next batch is a job of its own, and so is each secret that failed."""
    if after == BEGINNING:
        _schedule_tonight(ports, Timer.RESEAL_SECRETS)
    done = reseal_batch(ports, after)
    with ports.transactions(SYSTEM) as tx:
        for account_id in done.failed:
            tx.timers.set(Timer.RESEAL_SECRET, account_id, due_at=ports.now())
        if done.last is not None:
            tx.timers.set(Timer.RESEAL_SECRETS, done.last, due_at=ports.now())


def _warn_of_expiry(kind: Timer) -> Handler:
    return lambda ports, document_id: warn_of_expiry(ports, document_id, days=WARNINGS[kind])


HANDLERS: Final[Mapping[Timer, Handler]] = {
    Timer.REQUEST_EXPIRY: expire_request,
    Timer.REQUEST_WIDENS: _tell_queue,
    Timer.NO_SHOW: no_show,
    Timer.RUN_OUT: finish,
    Timer.WARN_FIRST: _warn,
    Timer.WARN_LAST: _warn,
    Timer.ARCHIVE: archive_session,
    Timer.REPORT_NEWS: tell_of_amendments,
    Timer.CHECKOUT_EXPIRY: _expire_checkout,
    Timer.FORGET_ANSWER: forget,
    Timer.FORGET_DRAFT: lambda ports, subject: forget_draft(ports, subject, at=ports.now()),
    Timer.FORGET_CLAIM: lambda ports, subject: forget_claim(ports, subject, at=ports.now()),
    Timer.FORGET_SIGN_UP: forget_sign_up,
    **{kind: _warn_of_expiry(kind) for kind in WARNINGS},
    Timer.DISCARD_FILE: discard_file,
    Timer.DISCARD_UNUSED: discard_unused,
    Timer.VERIFY_MONEY: _verify_money,
    Timer.FORGET_SECURITY_EVENTS: _forget_security_events,
    Timer.RESEAL_SECRETS: _reseal_secrets,
    Timer.RESEAL_SECRET: reseal,
}


def lapse_leases(ports: Ports) -> int:
    """Parties not heard of for a while have left; how many. Each by itself, as with timers."""
    give_up_exhausted(ports, Queue.DEPARTURE)
    at, count = ports.now(), 0
    while (lease := _claim_departure(ports, at=at)) is not None:
        count += 1
        job = Job(Queue.DEPARTURE, lease.party.value, lease.session_id)
        attempt(ports, job, partial(let_lapse, ports, lease))
    return count


def _claim_departure(ports: Ports, *, at: datetime) -> Lease | None:
    with ports.transactions(SYSTEM) as tx:
        return tx.presence.claim_lapsed(before=at - LEASE, at=at, lease=at + CLAIM_LEASE)


def send_mail(ports: Ports) -> bool:
    """Send the oldest waiting mail; False when there is none.

    One that is refused for good is given up at once; any other failure lets it wait, longer
    each time, for three days. A crash after sending sends it again, with the same Message-ID,
    by which the receiving side knows the copy.
    """
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        outgoing = tx.mails.claim(at=at, lease=at + MAIL_LEASE)
    if outgoing is None:
        return False
    send = partial(_send, ports, outgoing.mail)
    attempt(ports, outgoing.mail.job, send, patience=partial(_mail_again, outgoing))
    return True


def _send(ports: Ports, mail: Mail) -> None:
    ports.mailer.send(mail)
    with ports.transactions(SYSTEM) as tx:
        tx.mails.sent(mail.id, at=ports.now())


def _mail_again(
    outgoing: Outgoing, error: Exception, attempts: int, at: datetime
) -> datetime | None:
    if isinstance(error, MailRefused):
        return None
    return next_try(queued_at=outgoing.queued_at, attempts=attempts, at=at)
