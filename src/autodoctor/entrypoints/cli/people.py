"""`autodoctor admin …`."""

import json
import sys

import click

from autodoctor.application.accounts.appointing import Appointed, appoint
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import settings
from autodoctor.ports.bundle import Ports

REFUSED = 1


def create_admin(*, email: str, name: str, password: str, as_json: bool) -> None:
    """Exits with 1 when it is refused."""
    ports = Installation(settings(), connections=1).ports
    said, code = make_admin(ports, email=email, name=name, password=password, as_json=as_json)
    click.echo(said, err=bool(code) and not as_json)
    sys.exit(code)


def make_admin(
    ports: Ports, *, email: str, name: str, password: str, as_json: bool
) -> tuple[str, int]:
    """What is said, and the exit code."""
    try:
        done = appoint(ports, email=email, name=name, password=password)
    except Refusal as refusal:
        return _refused(refusal, as_json=as_json), REFUSED
    return _done(done, as_json=as_json), 0


def _done(done: Appointed, *, as_json: bool) -> str:
    account = done.account
    if as_json:
        told = {"id": str(account.id), "email": account.email.text, "opened": done.opened}
        return json.dumps(told)
    return f"{account.email} is an admin." + ("" if done.opened else " Their password stays.")


def _refused(refusal: Refusal, *, as_json: bool) -> str:
    field = refusal.field if isinstance(refusal, InvalidField) else ""
    why = refusal.reason if isinstance(refusal, InvalidField) else refusal.title
    if as_json:
        return json.dumps({"error": refusal.slug, "field": field, "reason": why})
    return f"Error: {field}: {why}" if field else f"Error: {why}"
