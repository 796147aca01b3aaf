"""What keeps a booking from going on, and the page that shows the way out of it."""

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.booking.checkout import AlreadyBooked
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.booking.free_session import FreeSessionUsed
from autodoctor.domain.plans.plan import PlanInactive, PlanUnknown
from autodoctor.domain.sessions.policy import SessionAlreadyActive
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.wording import words

Page = str | tuple[str, int] | Response

CANCELLABLE = (SessionStatus.WAITING, SessionStatus.MATCHED)


def answer_refusals(pages: Blueprint) -> None:
    pages.register_error_handler(SessionAlreadyActive, _active)
    pages.register_error_handler(AlreadyBooked, _booked)
    pages.register_error_handler(EmailUnverified, _unverified)
    for kind in (FreeSessionUsed, PlanInactive, PlanUnknown):
        pages.register_error_handler(kind, _another_plan)


def _active(refusal: SessionAlreadyActive) -> Page:
    shown = words(refusal.status, Role.CUSTOMER)
    cancel = f"/session/{refusal.session_id}/cancel"
    return render_template(
        "booking/active.html",
        label=shown.label,
        tone=shown.tone,
        resume_url=f"/session/{refusal.session_id}",
        cancel_url=cancel if refusal.status in CANCELLABLE else "",
    ), 409


def _booked(refusal: AlreadyBooked) -> Page:
    return redirect(f"/session/{refusal.session_id}", code=303)


def _unverified(_refusal: EmailUnverified) -> Page:
    return redirect("/customer/verify-email", code=303)


def _another_plan(refusal: FreeSessionUsed | PlanInactive | PlanUnknown) -> Page:
    flash(f"{refusal.title} Choose another plan.", "bad")
    return redirect("/onboarding/pricing", code=303)
