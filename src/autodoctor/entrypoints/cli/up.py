"""`autodoctor up`: everything on one machine."""

import click

from autodoctor.adapters.embedded.postgres import PostgresDidNotStart
from autodoctor.adapters.embedded.system_user import NotPassable
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.database import bring_up_to_date
from autodoctor.entrypoints.cli.start import settings
from autodoctor.entrypoints.demo.people import PASSWORD, PEOPLE
from autodoctor.entrypoints.demo.sandbox import make_ready
from autodoctor.entrypoints.demo.seed import seed_demo, seed_plans
from autodoctor.entrypoints.supervisor.service import ServiceFailed
from autodoctor.entrypoints.supervisor.supervisor import Supervisor


def up() -> None:
    here = Installation(settings())
    click.echo("Starting autodoctor …")
    try:
        Supervisor(here, say=click.echo).run(
            prepare=lambda: _prepare(here), welcome=lambda: _welcome(here)
        )
    except (ServiceFailed, NotPassable, PostgresDidNotStart) as error:
        raise click.ClickException(str(error)) from error
    click.echo("Stopped; the data stays.")


def _prepare(here: Installation) -> None:
    if not here.settings.database_url.get_secret_value():
        here.embedded.postgres.make_database()
    bring_up_to_date(here)
    seed_plans(here.ports)
    if here.settings.demo_people and not here.settings.production:
        seed_demo(here.ports, lambda account: make_ready(here, account))


def _welcome(here: Installation) -> None:
    site = here.settings.public_address
    lines = ["", f"  autodoctor is ready      {site}"]
    if not here.settings.production:
        sandbox = f"http://localhost:{here.settings.ports.stripe_sandbox}"
        lines += [
            f"  caught mail              {site}/dev/mailbox",
            f"  Stripe sandbox           {sandbox}   (card 4242 4242 4242 4242)",
            f"  API                      {site}/api/docs",
        ]
    if here.settings.demo_people and not here.settings.production:
        lines += ["", f"  Demo people, all with the password {PASSWORD}"]
        lines += [
            f"    {person.title:<22} {person.email:<34} {site}{person.login}" for person in PEOPLE
        ]
    click.echo("\n".join([*lines, "", "  Ctrl-C stops everything; the data stays.", ""]))
