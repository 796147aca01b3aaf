"""Applying to work here as a mechanic: the draft, the account, handing in, what became of it."""

from datetime import date, datetime
from typing import Annotated, Any

import attrs
import msgspec
from flask import Response
from msgspec import UNSET, Meta, UnsetType

from autodoctor.application.access.accounts import SIGN_UP
from autodoctor.application.access.mechanics import APPLY
from autodoctor.application.access.vetting import ANSWER
from autodoctor.application.mechanics.applying import (
    application,
    hand_in,
    open_account,
    try_again,
)
from autodoctor.application.mechanics.drafts import keep_visitors_draft
from autodoctor.application.mechanics.steps import all_mistakes, check_all
from autodoctor.application.vetting.decide import answer
from autodoctor.domain.accounts.account import EmailUnverified, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.vetting.application import Application, ApplicationElsewhere
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.views import Done
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.mechanic_draft import held, holding, keep
from autodoctor.entrypoints.web.sign_ups import keep_sign_up
from autodoctor.ports.stores import Missing

mechanic_signup = Endpoints("Mechanics joining")

Text = Annotated[str, Meta(max_length=2000)] | UnsetType
Names = Annotated[tuple[Annotated[str, Meta(max_length=120)], ...], Meta(max_length=50)] | UnsetType


class CertificationBody(Body):
    type: Annotated[str, Meta(max_length=200)]
    number: Annotated[str, Meta(max_length=200)]
    authority: Annotated[str, Meta(max_length=200)]
    region: Annotated[str, Meta(max_length=200)]
    expires_on: date | None = None


class DraftBody(Body):
    """What is left out stays as it was; nothing is required, and nothing is checked yet."""

    full_name: Text = UNSET
    email: Text = UNSET
    phone: Text = UNSET
    date_of_birth: date | UnsetType = UNSET
    street: Text = UNSET
    city: Text = UNSET
    province: Text = UNSET
    postal_code: Text = UNSET
    language: Text = UNSET
    time_zone: Text = UNSET
    adult: bool | UnsetType = UNSET
    terms: bool | UnsetType = UNSET
    privacy: bool | UnsetType = UNSET
    marketplace: bool | UnsetType = UNSET
    marketing: bool | UnsetType = UNSET
    years_of_experience: int | UnsetType = UNSET
    red_seal_number: Text = UNSET
    certifications: Annotated[tuple[CertificationBody, ...], Meta(max_length=20)] | UnsetType = (
        UNSET
    )
    bio: Text = UNSET
    specializations: Names = UNSET
    brands: Names = UNSET
    keywords: Names = UNSET
    languages: Names = UNSET
    service_tier: Text = UNSET
    insurance_number: Text = UNSET
    insurance_expires_on: date | UnsetType = UNSET
    background_check: bool | UnsetType = UNSET
    payout_country: Text = UNSET


class SignUpBody(DraftBody):
    """Everything the steps ask, at once."""

    password: str = ""


@attrs.frozen(kw_only=True)
class Gap:
    step: str
    field: str
    reason: str


@attrs.frozen(kw_only=True)
class DraftAnswer:
    """`missing` is what stands in the way of handing in, in the order of the steps."""

    saved_at: datetime
    missing: tuple[Gap, ...]


def with_body(answers: Answers, body: DraftBody) -> Answers:
    sent = {
        name: value for name, value in msgspec.structs.asdict(body).items() if value is not UNSET
    }
    sent.pop("password", None)
    if "certifications" in sent:
        sent["certifications"] = tuple(map(_certification, sent["certifications"]))
    if "red_seal_number" in sent:
        sent["red_seal"] = bool(sent["red_seal_number"])
    return attrs.evolve(answers, **{name: _typed(value) for name, value in sent.items()})


def _typed(value: Any) -> Any:
    """As a form would have sent it."""
    match value:
        case bool():
            return "true" if value else ""
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return value.strip()
        case _:
            return value


def _certification(body: CertificationBody) -> CertificationAnswers:
    sent = msgspec.structs.asdict(body)
    until = sent.pop("expires_on")
    return CertificationAnswers(**sent, expires_on=until.isoformat() if until else "")


def _gaps(answers: Answers, today: date) -> tuple[Gap, ...]:
    return tuple(
        Gap(step=step, field=field, reason=reason)
        for step, wrong in all_mistakes(answers, today=today).items()
        for field, reason in wrong.items()
    )


@mechanic_signup.route(
    "POST",
    "/api/mechanic/signup",
    action=SIGN_UP,
    body=SignUpBody,
    answer=Done,
    status=202,
    refusals=(InvalidField,),
    limit="signup",
)
def sign_up(call: Call, *, body: SignUpBody) -> Done:
    """Open a mechanic's account, with everything that is to be handed in.

    The answer is the same for an address that has an account already. Whoever confirms the
    address finds what was sent, and hands it in.
    """
    answers = with_body(Answers(), body)
    check_all(answers, today=call.ports.now().date())
    email, common = EmailAddress.parse(answers.email), call.ports.passwords.common
    check_password(body.password, common=common, email=email)
    draft = keep_visitors_draft(call.ports, draft_id=None, answers=answers)
    asked = open_account(call.ports, draft_id=draft.id, password=body.password)
    if asked.sign_up_id is not None:
        keep_sign_up(asked.sign_up_id)
    return Done(message="We have sent you a mail: open its link to confirm your address.")


@mechanic_signup.route(
    "POST",
    "/api/mechanic/signup/draft",
    action=SIGN_UP,
    body=DraftBody,
    answer=DraftAnswer,
    refusals=(InvalidField, ApplicationElsewhere),
)
def save_draft(call: Call, *, body: DraftBody) -> Response:
    """Keep what is written so far, for 30 days: a visitor's under a cookie, a mechanic's own
    under their login."""
    before = held(call)
    draft = keep(call, with_body(before.answers if before else Answers(), body))
    missing = _gaps(draft.answers, call.ports.now().date())
    encoded = msgspec.json.encode(DraftAnswer(saved_at=draft.changed_at, missing=missing))
    return holding(call, Response(encoded, content_type="application/json"), draft)


@attrs.frozen(kw_only=True)
class ApplicationAnswer:
    """`question` is what staff ask, `reason` why they said no."""

    status: str
    submitted_at: datetime | None
    decided_at: datetime | None
    question: str
    answer: str
    reason: str

    @classmethod
    def of(cls, found: Application) -> "ApplicationAnswer":
        names = [field.name for field in attrs.fields(cls)]
        return cls(**{name: getattr(found, name) for name in names})


@mechanic_signup.route(
    "GET",
    "/api/mechanic/application",
    action=APPLY,
    answer=ApplicationAnswer,
    refusals=(Missing,),
)
def get_application(call: Call) -> ApplicationAnswer:
    """Where one's application stands."""
    return ApplicationAnswer.of(application(call.ports, actor=call.who))


@mechanic_signup.route(
    "POST",
    "/api/mechanic/application/submit",
    action=APPLY,
    answer=ApplicationAnswer,
    refusals=(EmailUnverified, ApplicationElsewhere, Missing, InvalidField),
)
def submit(call: Call) -> ApplicationAnswer:
    """Hand in what the draft says. Again changes nothing."""
    held(call)
    return ApplicationAnswer.of(hand_in(call.ports, actor=call.who))


class AnswerBody(Body):
    answer: Annotated[str, Meta(max_length=4000)]


@mechanic_signup.route(
    "POST",
    "/api/mechanic/application/answer",
    action=ANSWER.by(Role.MECHANIC),
    body=AnswerBody,
    answer=ApplicationAnswer,
    refusals=(Missing, InvalidField, ApplicationElsewhere),
)
def give_answer(call: Call, *, body: AnswerBody) -> ApplicationAnswer:
    """Answer what staff asked; the application goes on."""
    subject = call.who.mechanic_id
    return ApplicationAnswer.of(
        answer(call.ports, actor=call.who, subject_id=subject, answer=body.answer)
    )


@mechanic_signup.route(
    "POST",
    "/api/mechanic/application/reopen",
    action=APPLY,
    answer=ApplicationAnswer,
    refusals=(Missing, ApplicationElsewhere),
)
def reopen(call: Call) -> ApplicationAnswer:
    """After a rejection: a draft again, with everything that was told."""
    return ApplicationAnswer.of(try_again(call.ports, actor=call.who))
