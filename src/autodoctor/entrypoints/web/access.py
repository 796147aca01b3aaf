"""Which action each route stands for: asked before anything else of it runs.

Every route says it, in its declaration (`api/declare.py`) or with `asks`; an application with
one that does not is not built. Use cases ask again, about the very thing, and have the last
word.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, request

from autodoctor.application.access.may import Action, Proof, may
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.call import Call, call
from autodoctor.ports.stores import Missing

View = TypeVar("View", bound=Callable[..., Any])

STATIC: Final = "static"
"""Flask's own route for files that everybody may read."""


class RouteUndeclared(TypeError):
    """Every route says which action it stands for."""


def asks(action: Action) -> Callable[[View], View]:
    """Declares a page; stands below its route."""

    def declare(view: View) -> View:
        view.__dict__["action"] = action
        return view

    return declare


def actions(app: Flask) -> dict[str, Action]:
    """The action of every endpoint but files. Raises RouteUndeclared."""
    found = {name: vars(view).get("action") for name, view in app.view_functions.items()}
    silent = sorted(name for name, action in found.items() if not action and name != STATIC)
    if silent:
        raise RouteUndeclared(", ".join(silent))
    return {name: action for name, action in found.items() if action}


def install(app: Flask) -> None:
    """After the last route: whoever may not do what a route stands for gets no further."""
    known = actions(app)

    @app.before_request
    def ask() -> None:
        action = known.get(request.endpoint or "")
        if action is not None and action.proof is Proof.LOGIN:
            may(call().who, action)
        if action is not None and action.proof is Proof.HALF_LOGIN:
            may(call().entering.actor, action)
        if action is not None and action.proof is Proof.DEBUG:
            _check_debugger(call())


def _check_debugger(who: Call) -> None:
    """To everybody else there is nothing there, whatever they send."""
    actor = who.actor
    if not who.web.config.debug_routes or actor is None or actor.role is not Role.ADMIN:
        raise Missing("route")
