"""What a company tells of itself, and its tier."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.corporate import EDIT, PROFILE
from autodoctor.application.corporate.company_details import company_mistakes, details_of
from autodoctor.application.corporate.profile import change_profile, profile
from autodoctor.domain.corporate.organization import Organization
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.entrypoints.web.formats import price_text
from autodoctor.entrypoints.web.pages.company_form import (
    PROFILE_NAMES,
    TIER_NAMES,
    CompanyFormView,
    company_form,
    details_of_form,
    values_of,
)
from autodoctor.entrypoints.web.pages.forms import FormView, form_view, typed
from autodoctor.entrypoints.web.pages.team_lines import manages
from autodoctor.entrypoints.web.parts import Fact

Page = str | tuple[str, int] | Response

PATH: Final = "/corporate/profile"

pages = Blueprint("company_profile", __name__, url_prefix=PATH)


@attrs.frozen(kw_only=True)
class CompanyProfileView:
    name: str
    tier: tuple[Fact, ...]
    details: CompanyFormView
    may_edit: bool


@pages.get("")
@asks(PROFILE)
def show() -> Page:
    here = call()
    company = _own(here)
    return _shown(here, company, form_view(PROFILE_NAMES, values_of(details_of(company))))


def _own(here: Call) -> Organization:
    """The page is for those who are let in: others see where they stand."""
    company = profile(here.ports, actor=here.who)
    company.check_open()
    return company


def _shown(here: Call, company: Organization, form: FormView) -> str:
    view = CompanyProfileView(
        name=company.name,
        tier=tier_facts(company),
        details=company_form(form),
        may_edit=manages(here.who),
    )
    return render_template("corporate/profile.html", view=view)


def tier_facts(company: Organization) -> tuple[Fact, ...]:
    price = company.monthly_price
    return (
        Fact("Tier", TIER_NAMES[company.tier]),
        Fact("Seats for employees", str(company.seats)),
        Fact(
            "Price of a month",
            "Being agreed" if price is None else f"{price_text(price)}, before tax",
        ),
    )


@pages.post("")
@asks(EDIT)
def keep() -> Page:
    here, values = call(), typed(PROFILE_NAMES)
    company, told = _own(here), details_of_form(values)
    errors = company_mistakes(told)
    if errors:
        return _shown(here, company, form_view(PROFILE_NAMES, values, errors)), 422
    change_profile(here.ports, actor=here.who, details=told)
    flash("Your profile is kept.")
    return redirect(PATH, code=303)
