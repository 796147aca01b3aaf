"""A company signs up, with an account for its first owner."""

from typing import Final

from flask import Flask
from flask_limiter import Limiter

from autodoctor.application.access.corporate import APPLY
from autodoctor.application.corporate.applying import (
    apply_again,
    register,
    sign_up_company,
    standing,
)
from autodoctor.application.corporate.company_details import (
    CompanyDetails,
    company_mistakes,
    details_of,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.entrypoints.web.pages.business_signup import (
    Newcomers,
    Values,
    limit_signup,
    signup_pages,
)
from autodoctor.entrypoints.web.pages.company_form import (
    DEFAULTS,
    NAMES,
    company_form,
    details_of_form,
    values_of,
)
from autodoctor.ports.bundle import Ports

NAME: Final = "company_signup"


def _known(ports: Ports, actor: Actor) -> Values | None:
    if actor.organization_id is None:
        return None
    return values_of(details_of(standing(ports, actor=actor).organization))


def _keep(ports: Ports, actor: Actor, details: CompanyDetails) -> object:
    keep = register if actor.organization_id is None else apply_again
    return keep(ports, actor=actor, details=details)


pages = signup_pages(
    NAME,
    Newcomers(
        path="/corporate",
        folder="corporate",
        role=Role.CORPORATE,
        apply=APPLY,
        names=NAMES,
        defaults=DEFAULTS,
        view=company_form,
        details=details_of_form,
        mistakes=company_mistakes,
        sign_up=sign_up_company,
        known=_known,
        keep=_keep,
    ),
)


def limit(app: Flask, limiter: Limiter) -> None:
    limit_signup(app, limiter, NAME)
