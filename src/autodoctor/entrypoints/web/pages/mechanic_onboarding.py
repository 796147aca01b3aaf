"""How a mechanic works, and how the money gets to them."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.mechanics import ONBOARD
from autodoctor.application.mechanics.onboarding import (
    begin_payouts,
    choose_tier,
    confirm_virtual_only,
    particulars,
    payouts_state,
)
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.mechanics.particulars import ServiceTier
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.mechanic_choices import TIERS
from autodoctor.entrypoints.web.parts import Option
from autodoctor.ports.payment_refusals import PaymentRefused, PaymentsUnavailable
from autodoctor.ports.payout_accounts import Missing as Asked
from autodoctor.ports.payout_accounts import PayoutAccountState

Page = str | tuple[str, int] | Response
ROOT: Final = "/mechanic/onboarding"
STRIPE: Final = f"{ROOT}/stripe"
ASKED: Final = {
    Asked.IDENTITY: "who you are",
    Asked.BUSINESS: "what you do",
    Asked.BANK_ACCOUNT: "your bank account",
    Asked.TERMS: "its terms",
    Asked.OTHER: "a few more details",
}

pages = Blueprint("mechanic_onboarding", __name__, url_prefix=ROOT)


@attrs.frozen
class TierView:
    form: FormView
    tiers: tuple[Option, ...] = TIERS


@pages.get("/service-tier")
@asks(ONBOARD)
def tier() -> Page:
    here = call()
    chosen = particulars(here.ports, actor=here.who).service_tier or ""
    view = TierView(form_view(("service_tier",), {"service_tier": chosen}))
    return render_template("mechanic/onboarding/tier.html", view=view)


@pages.post("/service-tier")
@asks(ONBOARD)
def set_tier() -> Page:
    here, values = call(), typed(("service_tier",))
    if values["service_tier"] not in set(ServiceTier):
        errors = {"service_tier": "Choose one of the two."}
        view = TierView(form_view(("service_tier",), values, errors))
        return render_template("mechanic/onboarding/tier.html", view=view), 422
    chosen = ServiceTier(values["service_tier"])
    choose_tier(here.ports, actor=here.who, tier=chosen)
    alone = chosen is ServiceTier.VIRTUAL_ONLY
    return redirect(f"{ROOT}/virtual-only" if alone else STRIPE, code=303)


@pages.get("/virtual-only")
@asks(ONBOARD)
def virtual_only() -> Page:
    here = call()
    told = particulars(here.ports, actor=here.who)
    return render_template(
        "mechanic/onboarding/virtual_only.html", confirmed=bool(told.virtual_only_confirmed_at)
    )


@pages.post("/virtual-only")
@asks(ONBOARD)
def confirm() -> Page:
    here = call()
    confirm_virtual_only(here.ports, actor=here.who)
    return redirect(STRIPE, code=303)


@attrs.frozen
class PayoutView:
    """`asked` is what the provider still wants to know; `begun` once it was asked anything."""

    ready: bool
    begun: bool
    asked: str


def payout_view(state: PayoutAccountState | None) -> PayoutView:
    if state is None:
        return PayoutView(ready=False, begun=False, asked="")
    asked = ", ".join(ASKED[each] for each in state.missing)
    return PayoutView(ready=state.ready, begun=True, asked=asked)


@pages.get("/stripe")
@asks(ONBOARD)
def stripe() -> Page:
    return _stripe(call())


@pages.get("/stripe/complete")
@asks(ONBOARD)
def complete() -> Page:
    """Where the provider leads back to, done or not: it is asked what it knows."""
    return _stripe(call(), came_back=True)


def _stripe(here: Call, *, came_back: bool = False) -> str:
    view = payout_view(payouts_state(here.ports, actor=here.who))
    return render_template("mechanic/onboarding/stripe.html", view=view, came_back=came_back)


@pages.post("/stripe")
@asks(ONBOARD)
def begin() -> Page:
    here = call()
    url = attempt(
        lambda: begin_payouts(here.ports, actor=here.who),
        EmailUnverified,
        PaymentRefused,
        PaymentsUnavailable,
    )
    if isinstance(url, Refusal):
        flash(url.title, "bad")
        return redirect(STRIPE, code=303)
    return redirect(url, code=303)
