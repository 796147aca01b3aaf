"""Whether the role we connect as is held back by row-level security."""

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


def check_role(engine: Engine) -> None:
    """Raises RoleUnsafe."""
    try:
        with engine.connect() as connection:
            role = connection.execute(_ROLE).one()
    except OperationalError as error:
        raise RoleUnsafe("DATABASE_URL: PostgreSQL does not answer") from error
    if role.passes_by:
        raise RoleUnsafe("DATABASE_URL: this role is a superuser or bypasses row-level security")
    if role.owns is not None:
        raise RoleUnsafe(
            f"DATABASE_URL: this role owns tables ({role.owns}), which turns row-level security "
            "off; put the owner into DATABASE_OWNER_URL and another role here"
        )
