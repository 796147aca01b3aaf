"""A customer's own profile as a form."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
from babel import Locale

from autodoctor.application.garage.details import CustomerProfile
from autodoctor.domain.garage.details import Home
from autodoctor.domain.shared.countries import COUNTRIES
from autodoctor.entrypoints.web.pages.forms import FormView, form_view
from autodoctor.entrypoints.web.pages.sign_up_form import LANGUAGES, zone_options
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Option, Person

PERSON: Final = ("full_name", "phone", "time_zone", "language")
HOME: Final = ("street", "city", "province", "postal_code", "country")
FIELDS: Final = (*PERSON, *HOME)


def _countries() -> tuple[Option, ...]:
    """Canada first, then by name."""
    names = Locale("en").territories
    named = sorted((names[code], code) for code in COUNTRIES)
    named.sort(key=lambda each: each[1] != "CA")
    return tuple(Option(code, name) for name, code in named)


COUNTRY_OPTIONS: Final = _countries()


@attrs.frozen(kw_only=True)
class ProfileView:
    """`free` says what became of the free session."""

    email: str
    form: FormView
    person: Person
    photo_error: str
    free: str
    zones: tuple[Option, ...]
    languages: tuple[Option, ...] = LANGUAGES
    countries: tuple[Option, ...] = COUNTRY_OPTIONS


def profile_view(
    found: CustomerProfile,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    photo_url: str = "",
    photo_error: str = "",
    free_left: int = 0,
) -> ProfileView:
    """What was typed, or else what is kept."""
    account, home = found.account, found.details.home
    kept = {name: getattr(account, name) for name in PERSON[1:]}
    kept |= {"full_name": account.name} | {name: getattr(home, name) for name in HOME}
    return ProfileView(
        email=account.email.text,
        form=form_view(FIELDS, values or kept, errors),
        person=Person(account.name, initials(account.name), photo_url),
        photo_error=photo_error,
        free="Yours: five minutes by chat" if free_left else "Used",
        zones=zone_options(account.time_zone),
    )


def changes_of(values: Mapping[str, str]) -> dict[str, Any]:
    """As `change_customer` takes them."""
    home = Home(**{name: values[name] for name in HOME})
    return {name: values[name] for name in PERSON} | {"home": home}
