"""`autodoctor db …`."""

import click
from sqlalchemy.engine import make_url

from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.zones import differing_zones
from autodoctor.application.accounts.resealing import Sealed, count_sealed
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import settings


def bring_up_to_date(here: Installation) -> None:
    owner = engine(here.owner_url, connections=1)
    try:
        schema.upgrade(owner, app_role=make_url(here.database_url).username or "")
    finally:
        owner.dispose()


def _tell_sealed(sealed: Sealed) -> None:
    click.echo(f"Secrets of second factors that need an old key: {sealed.old or 'none'}.")
    if sealed.unreadable:
        click.echo(
            f"Secrets of second factors that cannot be read: {sealed.unreadable}. Put the key "
            "they were sealed with into OLD_SECRET_KEYS and start the worker again."
        )


def upgrade() -> None:
    here = Installation(settings())
    bring_up_to_date(here)
    click.echo("The schema is up to date.")


def check() -> None:
    here = Installation(settings())
    owner = engine(here.owner_url, connections=1)
    found = schema.differences(owner)
    zones = differing_zones(owner, now=here.ports.now())
    owner.dispose()
    if found:
        here.close()
        raise click.ClickException(found)
    click.echo("The database and the code agree.")
    _tell_sealed(count_sealed(here.ports))
    here.close()
    if zones:
        click.echo(
            f"PostgreSQL's time zones are of another age than ours; {len(zones)} differ: "
            f"{', '.join(zones)}. What autodoctor shows is not affected, queries of your own are: "
            "update the server's tzdata."
        )
