"""What every command begins with."""

from typing import Final
from urllib.parse import urlsplit

import click

from autodoctor.entrypoints import logs
from autodoctor.entrypoints.settings import SHOWN, Settings, load


def settings() -> Settings:
    chosen = load()
    logs.configure(chosen)
    return chosen


def development_settings() -> Settings:
    chosen = settings()
    if chosen.production:
        raise click.ClickException("This part never runs in production.")
    return chosen


URLS: Final = ("public_url", "realtime_url", "stripe_api_url", "storage_url")


def _shown(name: str, chosen: Settings) -> str:
    """A value only where no secret can be in it; of a URL what is neither login nor query."""
    text = chosen.text_of(name)
    if name in URLS:
        parts = urlsplit(text)
        place = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")
        return place.geturl()
    if name == "guards_off":
        return ",".join(sorted(chosen.guards_off)) or "(not set)"
    if name == "oidc_providers":
        return ", ".join(each.slug for each in chosen.oidc_providers) or "(not set)"
    return text if name in SHOWN or name == "mail_from" else "(set)"


def show_settings() -> None:
    chosen = load()
    for name, field in type(chosen).model_fields.items():
        value = getattr(chosen, name)
        default = value == field.get_default()
        shown = _shown(name, chosen) if chosen.text_of(name) else "(not set)"
        click.echo(f"{name.upper():<24} {shown}{'' if not default else '  [default]'}")
