"""`autodoctor demo`: plays the story and prints what became of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
import httpx

from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import development_settings
from autodoctor.entrypoints.demo.story import Outcome, Story, StoryBroken

START_SECONDS = 90.0


def play(url: str) -> None:
    here = Installation(development_settings())
    site = url or here.settings.public_address
    with _running(site, start=not url):
        began = time.monotonic()

        def say(line: str) -> None:
            click.echo(f"  {time.monotonic() - began:6.1f} s  {line}")

        try:
            outcome = Story(site, here.embedded.sandbox_url, say).play()
        except (StoryBroken, httpx.HTTPError) as error:
            raise click.ClickException(str(error)) from error
        _print(outcome)


@contextmanager
def _running(site: str, *, start: bool) -> Iterator[None]:
    """The system that answers there; otherwise one of our own for as long as it takes."""
    if not start or _healthy(site):
        yield
        return
    click.echo("Nothing runs yet: starting …")
    command = [sys.executable, "-m", "autodoctor.entrypoints.cli", "up"]
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _healthy(site):
            if process.poll() is not None or time.monotonic() > deadline:
                raise click.ClickException("The system does not start; try `autodoctor up`.")
            time.sleep(0.2)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _healthy(site: str) -> bool:
    try:
        return httpx.get(f"{site}/api/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _print(outcome: Outcome) -> None:
    click.echo(f"\nTimeline of session {outcome.session_id}\n")
    for event in outcome.timeline:
        at = datetime.fromisoformat(event["at"]).strftime("%H:%M:%S")
        click.echo(f"  {at}  {event['event']:<18} by {event['actor_role']:<9} {_told(event)}")
    earned = outcome.earnings
    click.echo("\nMoney\n")
    for label, name in (
        ("Customer paid", "gross"),
        ("Platform", "platform"),
        ("Workshop", "workshop"),
        ("Mechanic, transferred", "net"),
    ):
        click.echo(f"  {label:<24} {_dollars(earned[name]):>10}")
    shares = [earned[name]["minor"] for name in ("platform", "workshop", "net")]
    rest = earned["gross"]["minor"] - sum(shares)
    click.echo(f"  {'Unaccounted for':<24} {rest / 100:>9.2f}\n")


def _dollars(money: dict[str, Any]) -> str:
    return f"${money['minor'] / 100:.2f}"


def _told(event: dict[str, Any]) -> str:
    shown = ("party", "minutes", "plan", "cause", "missing")
    return ", ".join(f"{name} {event['data'][name]}" for name in shown if name in event["data"])
