"""`autodoctor money …`."""

import click
import msgspec

from autodoctor.application.payments.verifying import verify_money
from autodoctor.domain.revenue.money_check import MoneyCheck
from autodoctor.domain.shared.errors import Refusal
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import settings


def verify(*, as_json: bool) -> None:
    here = Installation(settings(), connections=2)
    try:
        report(here, as_json=as_json)
    finally:
        here.close()


def report(here: Installation, *, as_json: bool) -> None:
    """Exit code 1 with differences, or when the provider cannot be asked."""
    try:
        check = verify_money(here.ports)
    except Refusal as refusal:
        raise click.ClickException(refusal.title) from refusal
    click.echo(msgspec.json.encode(check).decode() if as_json else told(check))
    if check.differences:
        raise SystemExit(1)


def told(check: MoneyCheck) -> str:
    lines = [f"{each.kind}: {each.subject}: {each.text}" for each in check.differences]
    under_way = f", {check.under_way} of them under way" if check.under_way else ""
    found = {0: "No differences", 1: "1 difference"}.get(len(lines), f"{len(lines)} differences")
    return "\n".join([*lines, f"{found}. {check.checked} payments compared{under_way}."])
