"""What a company says of one of its people, as it stands in its lists."""

from collections.abc import Callable
from typing import Final

import attrs

from autodoctor.domain.corporate.department import check_sessions_max
from autodoctor.domain.corporate.employee import EmployeeRole, check_number
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.texts import check_line


@attrs.frozen(kw_only=True)
class Details:
    """`department` is its name, empty for none; `monthly_limit` counts sessions, None is no
    limit."""

    name: str = ""
    department: str = ""
    number: str = ""
    role: EmployeeRole = EmployeeRole.DRIVER
    monthly_limit: int | None = None


def check_role(text: str) -> EmployeeRole:
    """Also with blanks for underscores, in any case. Raises InvalidField."""
    spelt = "_".join(text.lower().replace("_", " ").split())
    if spelt not in set(EmployeeRole):
        known = ", ".join(role.value.replace("_", " ") for role in EmployeeRole)
        raise InvalidField("role", f"One of {known}.")
    return EmployeeRole(spelt)


def check_limit(text: str) -> int | None:
    """A whole number of sessions in a month; empty is no limit. Raises InvalidField."""
    digits = text.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_MAX):
        raise InvalidField("monthly_limit", "A whole number of sessions, or nothing.")
    return check_sessions_max(int(digits))


DIGITS_MAX: Final = 9

CHECKS: Final[dict[str, Callable[[str], object]]] = {
    "name": lambda text: check_line("name", text),
    "number": check_number,
    "role": check_role,
    "monthly limit": check_limit,
}
"""What makes a typed text a value, by the column it stands in."""
