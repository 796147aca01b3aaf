"""`autodoctor backup` and `autodoctor restore`: what was there is there again, and the books are
compared with a payment provider that went on."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import attrs
import psycopg
import pytest
from PIL import Image
from psycopg import sql

from autodoctor.adapters.embedded.postgres import DATABASE, SUPERUSER
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.room.chat import mark_read
from autodoctor.application.room.files import announce, upload
from autodoctor.application.room.report import amend_report, save_notes
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, SessionId
from autodoctor.entrypoints.cli.archive import BackupUnusable, manifest_of, opened
from support.people import Person, as_person, booked, customer
from support.prepared import fill
from support.running import Running, open_folder

pytestmark = pytest.mark.xdist_group("backup")

GUARDED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'"
ALSO = ("accounts", "checkouts", "entries", "postings", "sessions", "waivers")
"""What nothing adds to while nobody does anything."""

Counts = dict[str, int]


@attrs.frozen
class Place:
    """An installation that was backed up while it ran, and is stopped now. `counts` are its rows,
    and `paid` the session of somebody who had paid."""

    running: Running
    backup: Path
    who: Person
    paid: SessionId
    counts: Counts
    stored: int


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with open_folder("backup") as folder:
        fill(folder)
        running = Running(folder)
        try:
            running.start()
            yield _backed_up(running, folder / "autodoctor.tar")
        finally:
            running.stop()


def _backed_up(running: Running, backup: Path) -> Place:
    code, said = command(running, "demo", "--url", running.url)
    assert code == 0, said
    write_all(running)
    who = customer(running.here.ports)
    paid = pay(running, who)
    send_file(running, who)
    counts = rows(running)
    code, said = command(running, "backup", str(backup))
    assert code == 0, said
    running.stop()
    return Place(running, backup, who, paid, counts, stored(running))


def write_all(running: Running) -> None:
    """What the demo's two people have not written: something in each table that hides rows."""
    ports = running.here.ports
    (row,) = running.sql("SELECT id, customer_id, mechanic_id FROM sessions")
    customer = Actor(AccountId(row["customer_id"]), Role.CUSTOMER)
    mechanic = Actor(AccountId(row["mechanic_id"]), Role.MECHANIC)
    key = SessionId(row["id"])
    amend_report(ports, actor=mechanic, session_id=key, text="It was the left one.")
    save_notes(ports, actor=mechanic, session_id=key, text="Asked about the left one.")
    mark_read(ports, actor=customer, session_id=key, position=1)


def pay(running: Running, who: Person) -> SessionId:
    ports = running.here.ports
    page = check_out(ports, actor=who.actor, intake_id=booked(ports, who).id)
    provider_id = page.payment_url.rsplit("/", 1)[-1]
    running.sandbox("pay", checkout=provider_id)
    paid = resolve(ports, provider_id=provider_id)
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.of_checkout(paid.id)
    assert session is not None, "they had no other"
    return session.id


def send_file(running: Running, who: Person) -> None:
    content = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
    ports, size = running.here.ports, len(content.getvalue())
    file = announce(
        ports,
        actor=who.actor,
        name="wheel.jpg",
        media_type="image/jpeg",
        size_bytes=size,
        description="",
    )
    content.seek(0)
    upload(ports, actor=who.actor, file_id=file.id, content=content)


def stored(running: Running) -> int:
    return sum(each.is_file() for each in (running.folder / "files").rglob("*"))


def lying(running: Running) -> dict[Path, bytes]:
    return {
        path: path.read_bytes() for path in (running.folder / "files").rglob("*") if path.is_file()
    }


def rows(running: Running) -> Counts:
    """Counted by somebody from whom nothing is hidden."""
    server = running.here.embedded.postgres
    with psycopg.connect(server.url(SUPERUSER, DATABASE)) as connection:
        names = [*ALSO, *(name for (name,) in connection.execute(GUARDED))]
        counts = {name: _count(connection, name) for name in names}
    assert all(counts.values()), "what is empty proves nothing"
    return counts


def _count(connection: psycopg.Connection[tuple[int]], name: str) -> int:
    statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
    (count,) = connection.execute(statement).fetchall()
    return count[0]


def command(running: Running, *arguments: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "autodoctor.entrypoints.cli", *arguments],
        env=running.environment | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def lose_everything(running: Running) -> None:
    shutil.rmtree(running.folder / "postgres")
    shutil.rmtree(running.folder / "files")


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside(place: Place) -> None:
    assert place.backup.stat().st_mode & 0o777 == 0o600
    assert not list(place.running.folder.glob(".*backup*"))


def test_what_was_lost_is_there_again_and_what_was_paid_since_is_named(place: Place) -> None:
    running = place.running
    lose_everything(running)

    code, said = command(running, "restore", str(place.backup))

    assert code == 0, said
    assert "No differences. 2 payments compared" in said
    running.start()
    assert rows(running) == place.counts
    with as_person(running.url, place.who) as client:
        assert client.get(f"/api/sessions/{place.paid}").json()["status"] == "waiting"
    assert stored(running) == place.stored

    pay(running, customer(running.here.ports))
    send_file(running, customer(running.here.ports))
    code, said = command(running, "restore", "--replace", str(place.backup))
    assert code == 1
    assert "The database is in use" in said
    running.stop()
    assert stored(running) == place.stored + 1
    code, said = command(running, "restore", "--replace", str(place.backup))
    assert code == 1
    assert "charge_unknown" in said
    assert "1 difference. 2 payments compared." in said
    assert "and that were deleted: 1." in said
    assert stored(running) == place.stored


def test_a_backup_with_a_damaged_file_changes_nothing(place: Place, tmp_path: Path) -> None:
    running, damaged = place.running, tmp_path / "damaged.tar"
    picture = next((running.folder / "files").rglob("*.jp*g")).read_bytes()
    whole = place.backup.read_bytes()
    assert whole.count(picture) == 1
    damaged.write_bytes(whole.replace(picture, picture[:-1] + bytes([picture[-1] ^ 1])))
    before = lying(running)

    code, said = command(running, "restore", "--replace", str(damaged))

    assert code == 1
    assert "is damaged" in said
    assert lying(running) == before
    running.start()
    assert rows(running) == place.counts
    running.stop()


def test_a_database_that_holds_something_is_not_overwritten_unasked(place: Place) -> None:
    code, said = command(place.running, "restore", str(place.backup))

    assert code == 1
    assert "The database is not empty" in said


def test_sealed_secrets_need_the_key_they_were_sealed_with(place: Place) -> None:
    other = {"SECRET_KEY": "another-secret-key-of-32-letters-and-more"}
    code, said = command(place.running, "restore", "--replace", str(place.backup), **other)

    assert code == 1
    assert "OLD_SECRET_KEYS" in said


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9])
def test_a_backup_that_is_not_whole_is_refused(place: Place, tmp_path: Path, part: float) -> None:
    whole = place.backup.read_bytes()
    cut = tmp_path / "part.tar"
    cut.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(BackupUnusable), opened(cut) as backup:
        manifest_of(backup)
