"""One command for each thing an operator does. Imports stand inside: a command loads only what
it needs, so that a process starts fast."""

from pathlib import Path

import click

from autodoctor import __version__
from autodoctor.entrypoints import own_parts


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autodoctor")
def main() -> None:
    """autodoctor: people with a car problem talk to certified mechanics.

    Settings are environment variables; `autodoctor config check` lists them.
    """


@main.command()
def up() -> None:
    """Run everything on this machine under one supervisor."""
    from autodoctor.entrypoints.cli.up import up as run

    run()


@main.command()
def web() -> None:
    """Serve pages and API."""
    own_parts.web()


@main.command()
def realtime() -> None:
    """Serve the streams (/events)."""
    own_parts.realtime()


@main.command()
def worker() -> None:
    """Run deliveries, timers and mail."""
    own_parts.worker()


@main.command("stripe-sandbox")
def stripe_sandbox() -> None:
    """Run the local stand-in for Stripe. Development only."""
    own_parts.stripe_sandbox()


@main.command("mail-catcher")
def mail_catcher() -> None:
    """Catch mail instead of delivering it. Development only."""
    own_parts.mail_catcher()


@main.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the schema to its newest version."""
    from autodoctor.entrypoints.cli.database import upgrade as run

    run()


@db.command()
def check() -> None:
    """Compare the database with the tables in the code; exit 1 when they differ.

    Also says how many second factors still need a key of OLD_SECRET_KEYS.
    """
    from autodoctor.entrypoints.cli.database import check as run

    run()


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def backup(file: Path) -> None:
    """Write the database and the files of people into FILE, a tar archive."""
    from autodoctor.entrypoints.cli.backup import back_up

    back_up(file)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose everything that the database holds now.")
def restore(file: Path, replace: bool) -> None:
    """Put back what `backup` wrote into FILE, and compare the books with the payment provider.

    Everything else must be stopped. Exit 1 when the books differ.
    """
    from autodoctor.entrypoints.cli.backup import restore as run

    run(file, replace=replace)


@main.group()
def money() -> None:
    """The books."""


@money.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Say what was found as JSON.")
def money_verify(as_json: bool) -> None:
    """Compare sessions, ledger and the payment provider; exit 1 when they differ."""
    from autodoctor.entrypoints.cli.money import verify

    verify(as_json=as_json)


@main.group()
def config() -> None:
    """Settings."""


@config.command("check")
def config_check() -> None:
    """List every setting and whether it is set; exit 1 when one is wrong."""
    from autodoctor.entrypoints.cli.start import show_settings

    show_settings()


@main.group()
def admin() -> None:
    """Admins."""


@admin.command("create")
@click.option("--email", prompt=True)
@click.option("--name", prompt=True)
@click.password_option(envvar="ADMIN_PASSWORD", show_envvar=True)
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
def admin_create(email: str, name: str, password: str, as_json: bool) -> None:
    """Create an admin, or give an account that role; once for each address."""
    from autodoctor.entrypoints.cli.people import create_admin

    create_admin(email=email, name=name, password=password, as_json=as_json)


@main.command()
@click.option("--url", default="", help="A running system; without it one is started.")
def demo(url: str) -> None:
    """Play a paid consultation over HTTP, from sign-up to payout."""
    from autodoctor.entrypoints.cli.demo import play

    play(url)
