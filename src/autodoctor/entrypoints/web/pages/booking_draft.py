"""A booking while it is being written: it travels in the address of each step.

So a reload, the back button and a second tab all find what was typed, with nothing kept here
and no script needed. The seal keeps it readable only to whom it belongs, and only whole.
"""

from typing import Final

import msgspec
from itsdangerous import BadData, URLSafeSerializer

from autodoctor.domain.shared.ids import AccountId

ANYONE: Final = "any"
VEHICLE: Final = ("vin", "year", "make", "model", "odometer_km", "plate", "city", "province")
CONCERN: Final = ("category", "concern")


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything as it was typed. `mechanic` is `any`, `mechanic:<id>`, `first:<workshop>` or
    `only:<workshop>`; `saved` is the id of a saved vehicle; `files` are ids and names of what
    was uploaded; `private` is an employee who books for themselves alone."""

    plan: str
    saved: str = ""
    vin: str = ""
    year: str = ""
    make: str = ""
    model: str = ""
    odometer_km: str = ""
    plate: str = ""
    city: str = ""
    province: str = ""
    no_vehicle: bool = False
    mechanic: str = ANYONE
    specialist: bool = False
    category: str = ""
    concern: str = ""
    urgent: bool = False
    files: tuple[tuple[str, str], ...] = ()
    private: bool = False

    def values(self, names: tuple[str, ...]) -> dict[str, str]:
        return {name: getattr(self, name) for name in names}


class Seal:
    """Closes drafts for one account and opens them again; the keys are the installation's, of
    which the last one closes."""

    def __init__(self, secrets: list[str], account_id: AccountId) -> None:
        self._serializer = URLSafeSerializer(secrets, salt=f"autodoctor.booking.{account_id}")

    def close(self, draft: Draft) -> str:
        closed = self._serializer.dumps(msgspec.to_builtins(draft))
        return closed if isinstance(closed, str) else closed.decode("ascii")

    def open(self, token: str) -> Draft | None:
        """None for what is broken, somebody else's, or of another version of this program."""
        if not token.isascii():
            return None
        try:
            return msgspec.convert(self._serializer.loads(token), Draft)
        except (BadData, msgspec.ValidationError):
            return None
