"""Errors of the database that name what is wrong and quote nothing of what people entered.

PostgreSQL's details quote whole rows, SQLAlchemy's messages quote parameters, and both end in
logs. What is left is enough to find the fault: the class, the SQLSTATE, the constraint.
"""

from typing import Final

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

DATA_EXCEPTION: Final = "22"
"""The class of SQLSTATEs whose messages quote the value itself."""


def describe(error: BaseException) -> str:
    if not isinstance(error, psycopg.Error) or error.sqlstate is None:
        return str(error)
    quoted = error.sqlstate.startswith(DATA_EXCEPTION)
    words = "" if quoted else error.diag.message_primary or ""
    return " ".join(filter(None, (type(error).__name__, error.sqlstate, words)))


def keep_values_out(engine: Engine) -> None:
    """Of every error that goes through this engine, before anybody sees it."""
    event.listen(engine, "handle_error", _hide)


def _hide(context: ExceptionContext) -> None:
    found = context.original_exception
    brief = describe(found)
    found.args = (brief,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (brief,)
