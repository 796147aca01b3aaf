"""What every command begins with."""

import click
from pydantic import SecretStr

from autodoctor.entrypoints import logs
from autodoctor.entrypoints.settings import Settings, load


def settings() -> Settings:
    chosen = load()
    logs.configure(chosen)
    return chosen


def development_settings() -> Settings:
    chosen = settings()
    if chosen.production:
        raise click.ClickException("This part never runs in production.")
    return chosen


def show_settings() -> None:
    chosen = load()
    for name, field in type(chosen).model_fields.items():
        value = getattr(chosen, name)
        default = value == field.get_default()
        if isinstance(value, SecretStr):
            shown = "(set)" if value.get_secret_value() else "(not set)"
        else:
            shown = str(value) or "(not set)"
        click.echo(f"{name.upper():<24} {shown}{'' if not default else '  [default]'}")
