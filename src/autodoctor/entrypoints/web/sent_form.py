"""What a form that failed had in it, so that the error page loses nothing of it."""

from typing import Final

import attrs
from flask import request
from flask_wtf.csrf import validate_csrf

TOKEN: Final = "csrf_token"
SECRET: Final = ("password", "code", "secret", "token", "old")
"""What is in a field's name when its value is not to be shown again."""


@attrs.frozen
class SentField:
    """`label` is made of the field's name: the error page does not know the form."""

    name: str
    label: str
    value: str


@attrs.frozen
class SentForm:
    """`resend_url` is empty where sending the fields again would not be the same: a file is
    missing from them. Where secrets are left out, the form comes back and asks for them."""

    fields: tuple[SentField, ...] = ()
    resend_url: str = ""
    secrets_left_out: bool = False

    @property
    def texts(self) -> tuple[SentField, ...]:
        """What somebody typed, rather than chose: it is shown."""
        return tuple(each for each in self.fields if " " in each.value.strip())


def sent_form() -> SentForm:
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
    url = "" if files else request.full_path.rstrip("?")
    return SentForm(fields, url, secrets_left_out=len(fields) < len(sent))


def _secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)


def _ours() -> bool:
    try:
        validate_csrf(request.form.get(TOKEN, ""))
    except ValueError:
        return False
    return True
