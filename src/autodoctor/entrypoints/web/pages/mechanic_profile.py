"""A mechanic's own profile: what customers read, the photo, and what is still missing."""

from collections.abc import Mapping
from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.mechanics import OWN_PROFILE
from autodoctor.application.mechanics.profile import (
    Profile,
    change_profile,
    own_profile,
    profile_mistakes,
    set_photo,
)
from autodoctor.domain.mechanics.draft import Answers
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import PAPER_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import FormView, attempt, form_view, typed
from autodoctor.entrypoints.web.pages.mechanic_choices import Choices, choices
from autodoctor.entrypoints.web.pages.mechanic_missing import missing_links
from autodoctor.entrypoints.web.pages.sent_file import picture_url, take_picture
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Link, Person
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response
TEXTS: Final = ("full_name", "phone", "city", "time_zone", "language", "years_of_experience", "bio")
LISTS: Final = ("specializations", "keywords", "brands", "languages")

pages = Blueprint("mechanic_profile", __name__, url_prefix="/mechanic/profile")


@attrs.frozen(kw_only=True)
class ProfileView:
    """`public_url` is empty until customers can see it."""

    form: FormView
    lists: Mapping[str, tuple[str, ...]]
    choices: Choices
    email: str
    person: Person
    photo_error: str
    completion: str
    completion_text: str
    missing: tuple[Link, ...]
    public_url: str


@pages.get("")
@asks(OWN_PROFILE)
def show() -> Page:
    here = call()
    found = own_profile(here.ports, actor=here.who)
    return _page(here, found, found.answers)


def _page(
    here: Call,
    found: Profile,
    answers: Answers,
    errors: Mapping[str, str] | None = None,
    *,
    photo_error: str = "",
) -> str:
    mechanic, completion = found.mechanic, found.completion
    photo = picture_url(here, found.told.photo_id)
    view = ProfileView(
        form=form_view((*TEXTS, *LISTS), {name: getattr(answers, name) for name in TEXTS}, errors),
        lists={name: getattr(answers, name) for name in LISTS},
        choices=choices(answers.time_zone),
        email=found.account.email.text,
        person=Person(mechanic.name, initials(mechanic.name), photo),
        photo_error=photo_error,
        completion=str(completion.percent),
        completion_text=f"{completion.percent} of 100",
        missing=missing_links(completion),
        public_url=f"/mechanics/{mechanic.id}" if mechanic.approved else "",
    )
    return render_template("mechanic/profile.html", view=view)


@pages.post("")
@asks(OWN_PROFILE)
def change() -> Page:
    here = call()
    found = own_profile(here.ports, actor=here.who)
    answers = attrs.evolve(
        found.answers,
        **typed(TEXTS),  # type: ignore[arg-type]
        **{name: tuple(request.form.getlist(name)) for name in LISTS},  # type: ignore[arg-type]
    )
    if errors := profile_mistakes(answers):
        return _page(here, found, answers, errors), 422
    change_profile(here.ports, actor=here.who, answers=answers)
    flash("Your profile is saved.")
    return redirect("/mechanic/profile", code=303)


@pages.post("/photo")
@asks(OWN_PROFILE)
@takes(PAPER_BYTES_MAX)
def photo() -> Page:
    here = call()
    done = attempt(lambda: _keep(here), InvalidField, FileTooLarge, FileNotAcceptable)
    if isinstance(done, Refusal):
        found = own_profile(here.ports, actor=here.who)
        reason = getattr(done, "reason", "") or done.title
        return _page(here, found, found.answers, photo_error=reason), 422
    flash("Your photo is saved.")
    return redirect("/mechanic/profile", code=303)


def _keep(here: Call) -> None:
    set_photo(here.ports, actor=here.who, file_id=take_picture(here, "photo").id)
