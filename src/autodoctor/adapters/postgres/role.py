"""Whether the role we connect as is held back by row-level security."""

import re
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

_ROLE: Final = text(
    """
    SELECT rolsuper OR rolbypassrls AS passes_by, (
        SELECT min(relname) FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
          AND pg_has_role(current_user, relowner, 'USAGE')
    ) AS owns
    FROM pg_roles WHERE rolname = current_user
    """
)


class RoleUnsafe(RuntimeError):
    """Row-level security would not hold this role back, or nobody can tell."""


_LOGIN_REFUSED: Final = ("28P01", "28000")


def _why(error: OperationalError) -> str:
    """While connecting, libpq says what the server has said, and no code."""
    code, text = getattr(error.orig, "sqlstate", None), str(error.orig)
    if code in _LOGIN_REFUSED or "authentication failed" in text:
        return "PostgreSQL refuses this user and password"
    if code == "3D000" or re.search(r'database ".*" does not exist', text):
        return "PostgreSQL has no such database"
    return "PostgreSQL does not answer"


def check_role(engine: Engine) -> None:
    """Raises RoleUnsafe."""
    try:
        with engine.connect() as connection:
            role = connection.execute(_ROLE).one()
    except OperationalError as error:
        raise RoleUnsafe(f"DATABASE_URL: {_why(error)}") from error
    if role.passes_by:
        raise RoleUnsafe("DATABASE_URL: this role is a superuser or bypasses row-level security")
    if role.owns is not None:
        raise RoleUnsafe(
            f"DATABASE_URL: this role owns tables ({role.owns}), which turns row-level security "
            "off; put the owner into DATABASE_OWNER_URL and another role here"
        )
