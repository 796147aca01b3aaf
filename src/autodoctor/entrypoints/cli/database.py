"""`autodoctor db …`."""

import click
from sqlalchemy.engine import make_url

from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.zones import differing_zones
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import settings


def bring_up_to_date(here: Installation) -> None:
    owner = engine(here.owner_url, connections=1)
    try:
        schema.upgrade(owner, app_role=make_url(here.database_url).username or "")
    finally:
        owner.dispose()


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
    here.close()
    if found:
        raise click.ClickException(found)
    click.echo("The database and the code agree.")
    if zones:
        click.echo(
            f"PostgreSQL's time zones are of another age than ours; {len(zones)} differ: "
            f"{', '.join(zones)}. What autodoctor shows is not affected, queries of your own are: "
            "update the server's tzdata."
        )
