"""Checkout: to the payment page, and back."""

from uuid import UUID

import attrs
from flask import redirect
from werkzeug.wrappers import Response as AnyResponse

from autodoctor.application.access.booking import CHECK_OUT, RESOLVE
from autodoctor.application.booking.checkout import AlreadyBooked, check_out
from autodoctor.application.booking.waiver import waiver_of
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.sessions.views import session_of_checkout
from autodoctor.domain.booking.free_session import FreeSessionUsed
from autodoctor.domain.booking.waiver import WaiverMissing
from autodoctor.domain.sessions.policy import SessionAlreadyActive
from autodoctor.domain.shared.ids import IntakeId
from autodoctor.entrypoints.web.api.booking import MONTH_FULL, IntakeQuery
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.payment_refusals import CheckoutUnknown, PaymentsUnavailable
from autodoctor.ports.stores import Missing

checkout = Endpoints("Booking")


class CheckoutBody(Body):
    intake_id: UUID


@attrs.frozen(kw_only=True)
class CheckoutAnswer:
    """`url` is where to go next: the payment page, or the session when the plan is free."""

    url: str
    checkout_id: UUID | None
    session_id: UUID | None


@checkout.route(
    "POST",
    "/api/checkout/create-session",
    action=CHECK_OUT,
    body=CheckoutBody,
    answer=CheckoutAnswer,
    refusals=(
        Missing,
        AlreadyBooked,
        WaiverMissing,
        SessionAlreadyActive,
        *MONTH_FULL,
        FreeSessionUsed,
        PaymentsUnavailable,
    ),
)
def create_checkout(call: Call, *, body: CheckoutBody) -> CheckoutAnswer:
    """Open the payment page of an intake, or the open one again; a free plan starts at once."""
    there = check_out(call.ports, actor=call.who, intake_id=IntakeId(body.intake_id))
    return CheckoutAnswer(
        url=there.payment_url or f"/session/{there.session_id}",
        checkout_id=there.checkout_id,
        session_id=there.session_id,
    )


@checkout.route(
    "GET",
    "/api/checkout/create-session",
    action=CHECK_OUT,
    query=IntakeQuery,
    status=303,
    refusals=(Missing,),
    raw=True,
)
def show_checkout(call: Call, *, query: IntakeQuery) -> AnyResponse:
    """Changes nothing: leads to the page from which the payment is started."""
    waiver_of(call.ports, actor=call.who, intake_id=IntakeId(query.intake_id))
    return redirect(f"/waiver?intake={query.intake_id}", code=303)


class ResolveQuery(Body):
    session_id: str
    """The payment provider's id, as in the success page's address."""


@attrs.frozen(kw_only=True)
class ResolvedAnswer:
    """`session_id` once the money has become a session."""

    status: str
    checkout_id: UUID
    session_id: UUID | None


@checkout.route(
    "GET",
    "/api/checkout/resolve",
    action=RESOLVE,
    query=ResolveQuery,
    answer=ResolvedAnswer,
    refusals=(Missing, CheckoutUnknown, PaymentsUnavailable),
)
def resolve_checkout(call: Call, *, query: ResolveQuery) -> ResolvedAnswer:
    """Ask the payment provider about a checkout, and fulfil it if it is paid.

    This heals a lost webhook; it does nothing that the webhook would not.
    """
    return resolved(call, query.session_id)


def resolved(call: Call, provider_id: str) -> ResolvedAnswer:
    found = resolve(call.ports, provider_id=provider_id)
    if found.customer_id != call.who.customer_id:
        raise Missing("checkout")
    session = session_of_checkout(call.ports, found.id)
    return ResolvedAnswer(
        status=found.status,
        checkout_id=found.id,
        session_id=session.id if session else None,
    )


@checkout.route(
    "GET",
    "/api/sessions/resolve-by-stripe",
    action=RESOLVE,
    query=ResolveQuery,
    answer=ResolvedAnswer,
    refusals=(Missing, CheckoutUnknown, PaymentsUnavailable),
)
def resolve_by_stripe(call: Call, *, query: ResolveQuery) -> ResolvedAnswer:
    """The session of a payment provider's checkout id; the same as `checkout/resolve`."""
    return resolved(call, query.session_id)
