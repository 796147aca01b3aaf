"""A mechanic signs up: five steps, a review, and back keeps everything."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Flask, flash, g, make_response, redirect, render_template, request
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.mechanics import APPLY
from autodoctor.application.mechanics.applying import application, hand_in, open_account
from autodoctor.application.mechanics.steps import Step, all_mistakes, mistakes
from autodoctor.domain.accounts.account import EmailUnverified, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.mechanics.draft import Answers, Draft
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.limits import guard
from autodoctor.entrypoints.web.pages.forms import attempt, wrong_with
from autodoctor.entrypoints.web.pages.mechanic_choices import choices
from autodoctor.entrypoints.web.pages.mechanic_draft import (
    COOKIE,
    held,
    holding,
    is_mechanic,
    keep,
)
from autodoctor.entrypoints.web.pages.mechanic_review import review_view
from autodoctor.entrypoints.web.pages.mechanic_steps import (
    REVIEW,
    ROOT,
    answered,
    following,
    preceding,
    step_view,
)
from autodoctor.entrypoints.web.sign_ups import keep_sign_up
from autodoctor.ports.stores import Missing

Page = str | tuple[str, int] | Response

STATUS = "/mechanic/status"
LATER = "any(credentials, service, insurance, bank)"

pages = Blueprint("mechanic_signup", __name__, url_prefix=ROOT)


def _handed_in(here: Call) -> bool:
    if not is_mechanic(here):
        return False
    found = attempt(lambda: application(here.ports, actor=here.who), Missing)
    return isinstance(found, Missing) or found.status is not ApplicationStatus.DRAFT


@pages.get("")
@asks(SIGN_UP)
def begin() -> Page:
    """To where one left off."""
    here = call()
    if _handed_in(here):
        return redirect(STATUS)
    draft = held(here)
    wrong = all_mistakes(draft.answers if draft else Answers(), today=_today(here))
    return redirect(f"{ROOT}/{next(iter(wrong), REVIEW)}")


@pages.get("/personal", defaults={"step": Step.PERSONAL.value})
@pages.get(f"/<{LATER}:step>")
@asks(SIGN_UP)
def show(step: str) -> Page:
    here = call()
    return redirect(STATUS) if _handed_in(here) else _shown(here, Step(step), held(here))


def _shown(
    here: Call, step: Step, draft: Draft | None, errors: Mapping[str, str] | None = None
) -> str:
    return render_template(
        f"mechanic/signup/{step}.html",
        view=step_view(step, draft, errors, today=_today(here)),
        choices=choices(draft.answers.time_zone if draft else ""),
    )


@pages.post("/personal")
@asks(SIGN_UP)
def personal() -> Page:
    here = call()
    draft = _kept(here, Step.PERSONAL)
    wrong = mistakes(Step.PERSONAL, draft.answers, today=_today(here))
    if draft.email is None:
        wrong |= _password_mistakes(here, draft)
    if wrong and request.form.get("go") != "save":
        return _refused(here, Step.PERSONAL, draft, wrong)
    if draft.email is None and not wrong:
        password = request.form["password"]
        draft = open_account(here.ports, draft_id=draft.id, password=password)
        if draft.sign_up_id is not None:
            keep_sign_up(draft.sign_up_id)
        g.account_asked = True
        flash("We have sent you a mail: open its link to confirm your address.")
    return _gone_on(here, Step.PERSONAL, draft)


def _password_mistakes(here: Call, draft: Draft) -> dict[str, str]:
    address = attempt(lambda: EmailAddress.parse(draft.answers.email), InvalidField)
    email = EmailAddress("") if isinstance(address, InvalidField) else address
    password, common = request.form.get("password", ""), here.ports.passwords.common
    return wrong_with(lambda: check_password(password, common=common, email=email))


@pages.post(f"/<{LATER}:step>")
@asks(SIGN_UP)
def answer(step: str) -> Page:
    here, name = call(), Step(step)
    draft = _kept(here, name)
    wrong = mistakes(name, draft.answers, today=_today(here))
    if wrong and request.form.get("go") == "on":
        return _refused(here, name, draft, wrong)
    return _gone_on(here, name, draft)


def _kept(here: Call, step: Step) -> Draft:
    before = held(here)
    return keep(here, answered(step, before.answers if before else Answers()))


def _refused(here: Call, step: Step, draft: Draft, wrong: Mapping[str, str]) -> Response:
    return holding(here, make_response(_shown(here, step, draft, wrong), 422), draft)


def _gone_on(here: Call, step: Step, draft: Draft) -> Response:
    go = request.form.get("go", "on")
    if go == "save":
        flash("Saved. Come back within 30 days, in this browser or after confirming your address.")
    places = {"on": following(step), "back": preceding(step)}
    return holding(here, redirect(places.get(go, f"{ROOT}/{step}"), code=303), draft)


@pages.get("/review")
@asks(SIGN_UP)
def review() -> Page:
    here = call()
    if _handed_in(here):
        return redirect(STATUS)
    confirmed = is_mechanic(here) and here.person.verified
    view = review_view(held(here), today=_today(here), confirmed=confirmed)
    mailbox = "/dev/mailbox" if here.web.config.mailbox else ""
    return render_template("mechanic/signup/review.html", view=view, mailbox=mailbox)


@pages.post("/review")
@asks(APPLY)
def apply() -> Page:
    here = call()
    if _handed_in(here):
        return redirect(STATUS, code=303)
    held(here)
    done = attempt(lambda: hand_in(here.ports, actor=here.who), InvalidField, EmailUnverified)
    if isinstance(done, Refusal):
        flash(done.reason if isinstance(done, InvalidField) else done.title, "bad")
        return redirect(f"{ROOT}/{REVIEW}", code=303)
    flash("We have received your application. We will email you as soon as we have reviewed it.")
    return redirect(STATUS, code=303)


@pages.post("/restart")
@asks(SIGN_UP)
def restart() -> Page:
    """With another address: what was typed before is left behind."""
    answer = redirect(f"{ROOT}/{Step.PERSONAL}", code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@pages.errorhandler(ApplicationElsewhere)
def handed_in_already(_refusal: ApplicationElsewhere) -> Page:
    return redirect(STATUS, code=303)


def _today(here: Call) -> date:
    return here.ports.now().date()


def limit(app: Flask, limiter: Limiter) -> None:
    """Only what asks for an account counts."""
    guard(
        app,
        limiter,
        "mechanic_signup.personal",
        "signup",
        exempt_when=_asked_before,
        deduct_when=lambda _answer: bool(g.get("account_asked")),
    )


def _asked_before() -> bool:
    draft = held(call())
    return draft is not None and draft.email is not None
