"""`autodoctor admin …`."""

import attrs
import click

from autodoctor.domain.accounts.account import Account, check_name, check_password
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.start import settings


def create_admin(*, email: str, name: str, password: str) -> None:
    ports = Installation(settings(), connections=1).ports
    try:
        address = EmailAddress.parse(email)
        shown = check_name(name)
        secret = check_password(password, common=ports.passwords.common, email=address)
    except InvalidField as error:
        raise click.ClickException(f"{error.field}: {error.reason}") from error
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        known = tx.accounts.by_email(address)
        if known is None:
            account = Account(
                id=AccountId(ports.ids.new()),
                email=address,
                name=shown,
                password_hash=ports.passwords.hash(secret),
                roles=frozenset({Role.ADMIN}),
                created_at=at,
                verified_at=at,
            )
            tx.accounts.add(account)
        else:
            tx.accounts.save(attrs.evolve(known, roles=known.roles | {Role.ADMIN}))
    click.echo(f"{address} is an admin." + ("" if known is None else " Their password stays."))
