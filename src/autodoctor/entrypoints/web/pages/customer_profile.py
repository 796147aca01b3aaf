"""A customer's own profile: who and where they are, and their photo."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import PROFILE
from autodoctor.application.booking.review import free_sessions_left
from autodoctor.application.garage.details import (
    change_customer,
    customer_profile,
    remove_customer_photo,
    set_customer_photo,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.body_limits import PAPER_BYTES_MAX, takes
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.pages.forms import attempt, typed
from autodoctor.entrypoints.web.pages.profile_form import FIELDS, changes_of, profile_view
from autodoctor.entrypoints.web.pages.sent_file import picture_url, take_picture
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge

Page = str | tuple[str, int] | Response

pages = Blueprint("customer_profile", __name__, url_prefix="/customer/profile")


@pages.get("")
@asks(PROFILE.by(Role.CUSTOMER))
def show() -> Page:
    return _page(call())


@pages.post("")
@asks(PROFILE.by(Role.CUSTOMER))
def change() -> Page:
    here, values = call(), typed(FIELDS)
    changed = attempt(
        lambda: change_customer(here.ports, actor=here.who, **changes_of(values)), InvalidField
    )
    if isinstance(changed, InvalidField):
        return _page(here, values, {changed.field: changed.reason}), 422
    flash("Your profile is saved.")
    return redirect("/customer/profile", code=303)


@pages.post("/photo")
@asks(PROFILE.by(Role.CUSTOMER))
@takes(PAPER_BYTES_MAX)
def photo() -> Page:
    here = call()
    done = attempt(lambda: _keep(here), InvalidField, FileTooLarge, FileNotAcceptable)
    if isinstance(done, Refusal):
        return _page(here, photo_error=getattr(done, "reason", "") or done.title), 422
    flash("Your photo is saved.")
    return redirect("/customer/profile", code=303)


@pages.post("/photo/remove")
@asks(PROFILE.by(Role.CUSTOMER))
def no_photo() -> Page:
    remove_customer_photo(call().ports, actor=call().who)
    flash("Your photo is removed.")
    return redirect("/customer/profile", code=303)


def _keep(here: Call) -> None:
    file = take_picture(here, "photo")
    set_customer_photo(here.ports, actor=here.who, file_id=file.id)


def _page(
    here: Call,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    photo_error: str = "",
) -> str:
    found = customer_profile(here.ports, actor=here.who)
    view = profile_view(
        found,
        values,
        errors,
        photo_url=picture_url(here, found.details.photo_id),
        photo_error=photo_error,
        free_left=free_sessions_left(here.ports, actor=here.who),
    )
    return render_template("customer/profile.html", view=view)
