"""What a page does is done again when others were in its way: see `Transactions.again`."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import Flask

from autodoctor.entrypoints.web.call import web

View = Callable[..., Any]


def install(app: Flask) -> None:
    """After the last route. Endpoints of the API see to it by themselves, inside of what keeps
    their answers for a repeated request."""
    for name, view in app.view_functions.items():
        if not name.startswith("api_"):
            app.view_functions[name] = _retried(view)


def _retried(view: View) -> View:
    @wraps(view)
    def repeated(**path: Any) -> Any:
        return web().ports.transactions.again(partial(view, **path))

    return repeated
