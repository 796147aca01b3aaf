"""One's own profile as a form."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.domain.accounts.account import Account
from autodoctor.entrypoints.web.pages.forms import FormView, form_view
from autodoctor.entrypoints.web.pages.sign_up_form import LANGUAGES, zone_options
from autodoctor.entrypoints.web.parts import Option

FIELDS: Final = ("full_name", "phone", "time_zone", "language")


@attrs.frozen
class ProfileView:
    email: str
    form: FormView
    zones: tuple[Option, ...]
    languages: tuple[Option, ...] = LANGUAGES


def profile_view(
    account: Account,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> ProfileView:
    """What was typed, or else what is kept."""
    kept = {
        "full_name": account.name,
        "phone": account.phone,
        "time_zone": account.time_zone,
        "language": account.language,
    }
    form = form_view(FIELDS, values or kept, errors)
    return ProfileView(account.email.text, form, zone_options(account.time_zone))
