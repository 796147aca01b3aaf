"""`autodoctor up`: everything on one machine. It begins with little: what the parts are made of
is read while the database starts."""

import click

from autodoctor.adapters.embedded.postgres import PostgresDidNotStart
from autodoctor.adapters.embedded.system_user import NotPassable
from autodoctor.entrypoints.cli.start import settings
from autodoctor.entrypoints.demo.people import PASSWORD, PEOPLE
from autodoctor.entrypoints.embedded import Embedded
from autodoctor.entrypoints.own_parts import read_ahead
from autodoctor.entrypoints.settings import Settings
from autodoctor.entrypoints.supervisor.service import ServiceFailed
from autodoctor.entrypoints.supervisor.supervisor import Supervisor


def up() -> None:
    chosen = settings()
    click.echo("Starting autodoctor …")
    try:
        Supervisor(Embedded(chosen), say=click.echo).run(
            meanwhile=read_ahead,
            prepare=lambda: _prepare(chosen),
            welcome=lambda: _welcome(chosen),
        )
    except (ServiceFailed, NotPassable, PostgresDidNotStart) as error:
        raise click.ClickException(str(error)) from error
    click.echo("Stopped; the data stays.")


def _prepare(chosen: Settings) -> None:
    from autodoctor.entrypoints.cli.preparing import prepare

    prepare(chosen)


def _welcome(chosen: Settings) -> None:
    site = chosen.public_address
    lines = ["", f"  autodoctor is ready      {site}"]
    if not chosen.production:
        sandbox = f"http://localhost:{chosen.ports.stripe_sandbox}"
        lines += [
            f"  caught mail              {site}/dev/mailbox",
            f"  Stripe sandbox           {sandbox}   (card 4242 4242 4242 4242)",
            f"  API                      {site}/api/docs",
        ]
    if chosen.demo_people and not chosen.production:
        lines += ["", f"  Demo people, all with the password {PASSWORD}"]
        lines += [
            f"    {person.title:<22} {person.email:<34} {site}{person.login}" for person in PEOPLE
        ]
    click.echo("\n".join([*lines, "", "  Ctrl-C stops everything; the data stays.", ""]))
