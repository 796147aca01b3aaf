"""The payment provider's webhook."""

from flask import Response, request

from autodoctor.application.access.operations import NOTICE
from autodoctor.application.payments.notices import receive
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid

payments = Endpoints("Payments")


@payments.route(
    "POST",
    "/api/stripe/webhook",
    action=NOTICE,
    raw=True,
    limit="unsigned",
    refusals=(SignatureInvalid, NoticeUnreadable),
)
def webhook(call: Call) -> Response:
    """Take an event of Stripe's, signed by it. It is kept at once and handled afterwards; the
    same event again is no news."""
    signature = request.headers.get("Stripe-Signature", "")
    receive(call.ports, payload=request.get_data(), signature=signature)
    return Response('{"received":true}', content_type="application/json")
