"""What can be done about one person, as forms; what cannot be undone asks to type its word."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.accounts.people import Person
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import Role

ROLES: Final = tuple(role for role in Role if role is not Role.SYSTEM)


@attrs.frozen(kw_only=True)
class Deed:
    """`fields` are asked for in their order; with a `word` it has to be typed as well."""

    title: str
    text: str
    fields: tuple[str, ...]
    label: str
    word: str = ""
    said: str = "Done."


@attrs.frozen(kw_only=True)
class FieldView:
    """`kind` is line, text, number or roles; `chosen` are the roles ticked."""

    id: str
    name: str
    label: str
    kind: str
    value: str
    error: str
    hint: str
    required: bool
    chosen: tuple[tuple[str, str, bool], ...] = ()


@attrs.frozen(kw_only=True)
class DeedView:
    """`open` unfolds the one that went wrong."""

    name: str
    url: str
    title: str
    text: str
    fields: tuple[FieldView, ...]
    label: str
    dangerous: bool
    open: bool


DEEDS: Final = {
    "note": Deed(
        title="Note something",
        text="For staff alone. It stays.",
        fields=("text",),
        label="Note it",
        said="Noted.",
    ),
    "write": Deed(
        title="Write to them",
        text="By mail, and the subject behind their bell.",
        fields=("subject", "message"),
        label="Send",
        said="It is on its way to them.",
    ),
    "reset-password": Deed(
        title="Mail a link for a new password",
        text="It works once, for an hour. The old password goes on until then.",
        fields=("reason",),
        label="Mail the link",
        said="The link is on its way to them.",
    ),
    "verify-email": Deed(
        title="Take the address as confirmed",
        text="As if they had opened the link.",
        fields=("reason",),
        label="Confirm it",
        said="The address is confirmed.",
    ),
    "free-session": Deed(
        title="Grant a free session",
        text="Exactly one more.",
        fields=("reason",),
        label="Grant it",
        said="They have one more free session.",
    ),
    "rating": Deed(
        title="Correct the rating",
        text="Moves the average; what customers gave stays as they gave it.",
        fields=("rating", "reason"),
        label="Correct it",
        word="correct",
        said="The average is corrected.",
    ),
    "roles": Deed(
        title="Give and take roles",
        text="All their logins end.",
        fields=("roles", "reason"),
        label="Change roles",
        word="roles",
        said="The roles are changed.",
    ),
    "reinstate": Deed(
        title="Let them in again",
        text="They are mailed.",
        fields=("reason",),
        label="Let them in",
        said="They can log in again.",
    ),
    "suspend": Deed(
        title="Suspend",
        text="They are out within seconds, and mailed the reason. Without days it lasts until "
        "somebody ends it.",
        fields=("days", "reason"),
        label="Suspend",
        word="suspend",
        said="They are suspended.",
    ),
    "ban": Deed(
        title="Ban",
        text="For good. They are out within seconds, and mailed the reason.",
        fields=("reason",),
        label="Ban",
        word="ban",
        said="They are banned.",
    ),
}
LABELS: Final = {
    "text": ("Note", "text", ""),
    "subject": ("Subject", "line", ""),
    "message": ("Message", "text", "They read it as you write it."),
    "reason": ("Reason", "line", ""),
    "days": ("Days", "number", ""),
    "rating": ("Average", "line", "1.0 to 5.0."),
    "roles": ("Roles", "roles", ""),
}
OPTIONAL: Final = frozenset({"days"})


def possible(person: Person, standing: Standing) -> tuple[str, ...]:
    """What makes sense now, by name; staff can note something about who has left, no more."""
    if standing is Standing.CLOSED:
        return ("note",)
    rated = person.mechanic is not None and person.mechanic.reputation.count > 0
    left_out = {
        "verify-email": person.account.verified,
        "free-session": Role.CUSTOMER not in person.account.roles,
        "rating": not rated,
        "reinstate": standing is Standing.ACTIVE,
        "suspend": standing is not Standing.ACTIVE,
        "ban": standing is Standing.BANNED,
    }
    return tuple(name for name in DEEDS if not left_out.get(name, False))


def deed_views(
    person: Person,
    standing: Standing,
    *,
    tried: str,
    values: Mapping[str, str],
    errors: Mapping[str, str],
) -> tuple[DeedView, ...]:
    """`tried` is the one that was refused, with what was typed and what is wrong with it."""
    views = []
    for name in possible(person, standing):
        mine = name == tried
        given, wrong = (values, errors) if mine else ({}, {})
        views.append(_view(name, person, given, wrong, open_=mine))
    return tuple(views)


def _view(
    name: str,
    person: Person,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    open_: bool,
) -> DeedView:
    deed = DEEDS[name]
    names = (*deed.fields, "confirm") if deed.word else deed.fields
    return DeedView(
        name=name,
        url=f"/admin/users/{person.account.id}/{name}",
        title=deed.title,
        text=deed.text,
        fields=tuple(_field(name, each, person, values, errors) for each in names),
        label=deed.label,
        dangerous=bool(deed.word),
        open=open_,
    )


def _field(
    deed: str,
    name: str,
    person: Person,
    values: Mapping[str, str],
    errors: Mapping[str, str],
) -> FieldView:
    typing = (f"Type “{DEEDS[deed].word}” to confirm", "line", "")
    label, kind, hint = LABELS.get(name, typing)
    worn = person.account.roles
    return FieldView(
        id=f"{deed}-{name}",
        name=name,
        label=label,
        kind=kind,
        value=values.get(name, ""),
        error=errors.get(name, ""),
        hint=hint,
        required=name not in OPTIONAL,
        chosen=tuple((role.value, role.value.capitalize(), role in worn) for role in ROLES)
        if name == "roles"
        else (),
    )
