"""What can be done to an object as it is now, as people at Stripe, banks and owners do it."""

from collections.abc import Callable

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc


@attrs.frozen(kw_only=True)
class Button:
    """A form with one button: `fields` go to the control route."""

    label: str
    fields: dict[str, str]


def buttons_for(body: Doc) -> tuple[Button, ...]:
    known = BY_KIND.get(body["object"])
    return known(body) if known else ()


def _button(label: str, action: str, **fields: str) -> Button:
    return Button(label=label, fields={"action": action, **fields})


def _checkout(body: Doc) -> tuple[Button, ...]:
    if body["status"] != "open":
        return ()
    return (_button("Expire now", "expire_checkout", checkout=body["id"]),)


def _charge(body: Doc) -> tuple[Button, ...]:
    if body["status"] != "succeeded" or body["disputed"] or body["refunded"]:
        return ()
    half = (body["amount"] - body["amount_refunded"] + 1) // 2
    return (
        _button("Open a dispute", "open_dispute", charge=body["id"]),
        _button("Refund what is left", "refund_charge", charge=body["id"]),
        _button("Refund half of it", "refund_charge", charge=body["id"], amount=str(half)),
    )


def _refund(body: Doc) -> tuple[Button, ...]:
    if body["status"] not in {"pending", "succeeded"}:
        return ()
    return (_button("Let it fail", "fail_refund", refund=body["id"]),)


def _dispute(body: Doc) -> tuple[Button, ...]:
    if body["status"] != "needs_response":
        return ()
    return (
        _button("Close as won", "close_dispute", dispute=body["id"], outcome="won"),
        _button("Close as lost", "close_dispute", dispute=body["id"], outcome="lost"),
    )


def _transfer(body: Doc) -> tuple[Button, ...]:
    if body["reversed"]:
        return ()
    return (_button("Take back what is left", "reverse_transfer", transfer=body["id"]),)


def _payout(body: Doc) -> tuple[Button, ...]:
    fail = _button("Let it fail", "finish_payout", payout=body["id"], failure_code="account_closed")
    arrive = _button("Let it arrive", "finish_payout", payout=body["id"])
    return {"pending": (arrive, fail), "paid": (fail,)}.get(body["status"], ())


def _account(body: Doc) -> tuple[Button, ...]:
    ready = body["payouts_enabled"]
    label = "Make not ready" if ready else "Make ready"
    switch = _button(label, "account", account=body["id"], ready=str(not ready).lower())
    return (switch, _button("Pay out", "pay_out", account=body["id"])) if ready else (switch,)


def _event(body: Doc) -> tuple[Button, ...]:
    return (
        _button("Send again", "send", event=body["id"]),
        _button("Send again in 30 seconds", "send", event=body["id"], seconds="30"),
        _button("Never send", "lose", event=body["id"]),
    )


BY_KIND: dict[str, Callable[[Doc], tuple[Button, ...]]] = {
    "checkout.session": _checkout,
    "charge": _charge,
    "refund": _refund,
    "dispute": _dispute,
    "transfer": _transfer,
    "payout": _payout,
    "account": _account,
    "event": _event,
}
