"""A copy of one's data."""

from collections.abc import Iterator

from autodoctor.application.access.accounts import COPY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_in import Present
from autodoctor.application.operations.security import record
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.copies import Section
from autodoctor.ports.operations import Plain


def copy_of(ports: Ports, *, present: Present) -> Iterator[tuple[str, object]]:
    """Name and content of each part, read when it is asked for, each in a transaction of its
    own: nobody who reads slowly keeps one open. It is recorded before."""
    may(present.actor, COPY)
    with ports.transactions(present.actor) as tx:
        record(ports, tx, SecurityKind.DATA_EXPORTED, by=present.actor)
    return _parts(ports, present)


def _parts(ports: Ports, present: Present) -> Iterator[tuple[str, object]]:
    yield "made_at", ports.now()
    yield "account", _account(present)
    for section in Section:
        with ports.transactions(present.actor) as tx:
            rows = tx.copies.section(section, present.account.id)
        yield section.name.lower(), rows


def _account(present: Present) -> Plain:
    names = ("id", "name", "phone", "time_zone", "language", "created_at", "verified_at")
    account = present.account
    told: dict[str, object] = {name: getattr(account, name) for name in names}
    return told | {"email": account.email.text, "roles": sorted(account.roles)}
