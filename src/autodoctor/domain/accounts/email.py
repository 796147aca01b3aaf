"""An email address as an identity: compared without case, kept as one spelling."""

import re
from typing import Final, Self

import attrs

from autodoctor.domain.shared.errors import InvalidField

LENGTH_MAX: Final = 254
"""RFC 5321, 4.5.3.1.3, less the angle brackets."""

_NOT_IN_NAME: Final = r"@\s\x00-\x1f\x7f<>,;:\"()\[\]\\"
_SHAPE: Final = re.compile(rf"[^{_NOT_IN_NAME}]+@[^.{_NOT_IN_NAME}]+(\.[^.{_NOT_IN_NAME}]+)+")


@attrs.frozen(order=True)
class EmailAddress:
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Lower-cased and trimmed; InvalidField("email") when it is no address.

        Only the shape is checked: whether it exists is shown by the verification mail.
        """
        address = text.strip().lower()
        if len(address) > LENGTH_MAX or _SHAPE.fullmatch(address) is None:
            raise InvalidField("email", "Enter an email address such as name@example.com.")
        return cls(address)

    def __str__(self) -> str:
        return self.text
