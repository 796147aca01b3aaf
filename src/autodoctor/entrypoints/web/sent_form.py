"""What a form that failed had in it, so that the error page loses nothing of it."""

from http import HTTPStatus
from typing import Final

import attrs
from flask import request
from flask_wtf.csrf import validate_csrf

TOKEN: Final = "csrf_token"
SECRETS: Final = frozenset({"code", "old"})
SECRET_ENDINGS: Final = ("password", "secret", "token")
"""Names of fields whose values are not to be shown again, and how such names end."""


PASSING: Final = frozenset(
    {
        HTTPStatus.CONFLICT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""What may have another outcome when it is sent again."""


@attrs.frozen
class SentField:
    """`label` is made of the field's name: the error page does not know the form."""

    name: str
    label: str
    value: str


@attrs.frozen
class SentForm:
    """`resend_url` is empty where sending the fields again makes no sense: a file is missing from
    them, or the answer would be the same. Where secrets are left out, the form comes back and asks
    for them."""

    fields: tuple[SentField, ...] = ()
    resend_url: str = ""
    secrets_left_out: bool = False

    @property
    def texts(self) -> tuple[SentField, ...]:
        """What somebody typed, rather than chose: it is shown."""
        return tuple(each for each in self.fields if " " in each.value.strip())


def sent_form(status: HTTPStatus) -> SentForm:
    """Of this request; empty unless it was sent from a page of ours."""
    if request.method != "POST" or not request.form or not _ours():
        return SentForm()
    sent = [each for each in request.form.items(multi=True) if each[0] != TOKEN]
    fields = tuple(
        SentField(name, name.replace("_", " ").capitalize(), value)
        for name, value in sent
        if not _secret(name)
    )
    files = any(each.filename for each in request.files.values())
    passes = status in PASSING and not files
    url = request.full_path.rstrip("?") if passes else ""
    return SentForm(fields, url, secrets_left_out=len(fields) < len(sent))


def _secret(name: str) -> bool:
    return name in SECRETS or name.endswith(SECRET_ENDINGS)


def _ours() -> bool:
    try:
        validate_csrf(request.form.get(TOKEN, ""))
    except ValueError:
        return False
    return True
