"""A workshop signs up: its business, and an account for its first owner."""

from typing import Final

from flask import Flask
from flask_limiter import Limiter

from autodoctor.application.access.workshops import APPLY
from autodoctor.application.workshops.applying import (
    apply_again,
    register,
    sign_up_workshop,
    standing,
)
from autodoctor.application.workshops.details import Details, details_mistakes, details_of
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.entrypoints.web.pages.business_signup import (
    Newcomers,
    Values,
    limit_signup,
    signup_pages,
)
from autodoctor.entrypoints.web.pages.workshop_form import (
    DEFAULTS,
    NAMES,
    details_of_form,
    details_view,
    values_of,
)
from autodoctor.ports.bundle import Ports

NAME: Final = "workshop_signup"


def _known(ports: Ports, actor: Actor) -> Values | None:
    if actor.workshop_id is None:
        return None
    return values_of(details_of(standing(ports, actor=actor).workshop))


def _keep(ports: Ports, actor: Actor, details: Details) -> object:
    keep = register if actor.workshop_id is None else apply_again
    return keep(ports, actor=actor, details=details)


pages = signup_pages(
    NAME,
    Newcomers(
        path="/workshop",
        folder="workshop",
        role=Role.WORKSHOP,
        apply=APPLY,
        names=NAMES,
        defaults=DEFAULTS,
        view=details_view,
        details=details_of_form,
        mistakes=details_mistakes,
        sign_up=sign_up_workshop,
        known=_known,
        keep=_keep,
    ),
)


def limit(app: Flask, limiter: Limiter) -> None:
    limit_signup(app, limiter, NAME)
