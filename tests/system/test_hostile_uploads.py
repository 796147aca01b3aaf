"""Every hostile file through every door: refused and nowhere, or redrawn, or handed out inert."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import attrs
import httpx
import pytest

from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.timer import Timer
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.ports.bundle import Ports
from autodoctor.ports.files import Accepted
from autodoctor.testing.ports import memory_town
from support import plain
from support.hostile.attack import Attack
from support.hostile.corpus import photo
from support.hostile.doors import (
    chat_door,
    document_door,
    logo_door,
    photo_door,
    session_door,
)
from support.hostile.judging import Stored, complaints
from support.people import Person, as_person, booked, customer, mechanic
from support.running import Running
from support.web import web_in
from support.workshops import workshop_owner

pytestmark = pytest.mark.xdist_group("system")

NAMED = {
    *("document: exe as pdf", "document: zip bomb as pdf", "document: pdf with a script"),
    *("photo: html as jpg", "photo: jpeg with gps", "photo: png with php in its text"),
    *("session: svg with a foreign body as webp", "session: mp4 with html behind it"),
    *("session: pixel bomb", "session: png with xmp", "session: eicar as pdf"),
    *("logo: html as jpg", "logo: png with xmp", "chat: exe as pdf", "chat: pixel bomb"),
}
"""What gets through when nobody looks at what files are."""


@attrs.frozen
class Place:
    """Somebody who booked, somebody who works, where they meet, and a workshop's owner."""

    driver: Person
    wrench: Person
    session_id: str
    owner: Person


def place(ports: Ports) -> Place:
    driver, wrench = customer(ports), mechanic(ports)
    intake = booked(ports, driver, plan="free")
    session_id = check_out(ports, actor=driver.actor, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    accept(ports, actor=wrench.actor, request_id=request.id)
    stay_in_the_room(ports, session_id, driver, wrench)
    return Place(driver, wrench, str(session_id), workshop_owner(ports))


def stay_in_the_room(ports: Ports, session_id: SessionId, *both: Person) -> None:
    """For a day, without open pages: a session takes files only while it is live."""
    with ports.transactions(SYSTEM) as tx:
        session = tx.sessions.get(session_id, lock=True)
        tx.sessions.save(attrs.evolve(session, timer=Timer(allowed=timedelta(days=1))))
    for who in both:
        join(ports, actor=who.actor, session_id=session_id)
    with ports.transactions(SYSTEM) as tx:
        for party in Party:
            tx.presence.touch(session_id, party, at=ports.now() + timedelta(days=1))


Connect = Callable[[Person | None], httpx.Client]


def judged(
    ports: Ports, connect: Connect, attacks: Mapping[str, Iterable[Attack]], stored: Stored
) -> dict[str, str]:
    """What goes wrong with those at each door. Mechanics send them, whom no plan limits, and each
    no more than a day's quota."""
    places = [place(ports) for _ in range(5)]
    first = places[0]
    with (
        ExitStack() as stack,
        connect(first.driver) as driver,
        connect(first.owner) as owner,
        connect(None) as reader,
    ):
        *sending, talker, applicant = [stack.enter_context(connect(each.wrench)) for each in places]
        rooms = [(client, at.session_id) for client, at in zip(sending, places, strict=False)]
        doors = (
            *(session_door(*rooms), chat_door(talker, places[3].session_id)),
            *(photo_door(driver), logo_door(owner, str(first.owner.actor.workshop_id))),
            document_door(applicant),
        )
        sent = [(door, attack) for door in doors for attack in attacks[door.name]]
        return complaints(sent, reader, stored)


@pytest.fixture
def driver(running: Running) -> Iterator[httpx.Client]:
    with as_person(running.url, customer(running.here.ports)) as client:
        yield client


def everything() -> tuple[Mapping[str, Iterable[Attack]], tuple[Attack, ...]]:
    """What goes to which door, and all there is; made here and not when tests are collected,
    which each process does: the bombs alone take a second."""
    from support.hostile.everything import AT_THE_DOORS, ATTACKS

    return AT_THE_DOORS, ATTACKS


def test_every_door_stands_against_every_file(running: Running) -> None:
    at_the_doors, attacks = everything()

    def connect(who: Person | None) -> httpx.Client:
        return as_person(running.url, who) if who else plain.client(base_url=running.url)

    def stored() -> frozenset[str]:
        return lying_in(running.folder / "files")

    assert len({attack.label for attack in attacks}) == len(attacks) >= 60
    assert judged(running.here.ports, connect, at_the_doors, stored) == {}


def lying_in(folder: Path) -> frozenset[str]:
    return frozenset(str(each) for each in folder.rglob("*") if each.is_file())


class Trusting:
    """An inspector that believes what it is told."""

    def accept(self, content: BinaryIO, /, *, announced: str, size_bytes_max: int) -> Accepted:
        del size_bytes_max
        kept = BytesIO(content.read())
        return Accepted(media_type=announced, content=kept, size_bytes=len(kept.getbuffer()))


def test_the_table_would_tell_if_nobody_looked_at_files() -> None:
    """The same table with the inspector taken away, and with it on the same doors."""
    at_the_doors, attacks = everything()
    named = {
        door: [each for each in attacks if f"{door}: {each.label}" in NAMED]
        for door in at_the_doors
    }

    assert set(in_memory(named, inspector=Trusting())) == NAMED
    assert in_memory(named) == {}


def in_memory(attacks: Mapping[str, Iterable[Attack]], **ports: object) -> dict[str, str]:
    town = memory_town(**ports)
    app = web_in(town, links=SignedLinks("k" * 32))

    def connect(who: Person | None) -> httpx.Client:
        cookies = {COOKIE: who.token} if who else {}
        line = httpx.WSGITransport(app=app)
        return httpx.Client(transport=line, base_url="http://localhost", cookies=cookies)

    def stored() -> frozenset[str]:
        return frozenset(town.ports.storage.media_types)  # type: ignore[attr-defined]

    return judged(town.ports, connect, attacks, stored)


GOOD = photo()


def put(running: Running, driver: httpx.Client, head: str, body: bytes) -> bytes:
    """The first line of the answer to a request written by hand; empty when there is none."""
    told = {"name": "a.jpg", "media_type": "image/jpeg", "size_bytes": len(GOOD)}
    url = driver.post("/api/uploads/sign", json=told).json()["url"]
    host, port = running.url.removeprefix("http://").split(":")
    cookie = f"Cookie: {COOKIE}={driver.cookies[COOKIE]}"
    with socket.create_connection((host, int(port)), timeout=10) as line:
        asked = f"POST {url} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n{head}\r\n\r\n"
        line.sendall(asked.encode() + body)
        line.shutdown(socket.SHUT_WR)
        return line.recv(65_536).split(b"\r\n")[0]


LIES = {
    "more than comes": (f"Content-Length: {len(GOOD) + 5000}", GOOD),
    "less than comes": (f"Content-Length: {len(GOOD) - 300}", GOOD),
    "below nothing": ("Content-Length: -1", GOOD),
    "nothing": ("Content-Length: 0", GOOD),
    "twice": (f"Content-Length: 5\r\nContent-Length: {len(GOOD)}", GOOD),
    "beyond everything": ("Content-Length: 999999999999", GOOD),
    "a piece that never ends": ("Transfer-Encoding: chunked", b"FFFFFFFF\r\n" + GOOD),
    "pieces and a length": ("Transfer-Encoding: chunked\r\nContent-Length: 5", b"zz\r\n" + GOOD),
    "not at all": ("X-Nothing: 1", GOOD),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_length_that_lies_leaves_nothing_behind(
    running: Running, driver: httpx.Client, lie: str
) -> None:
    head, body = LIES[lie]
    before = lying_in(running.folder / "files")

    line = put(running, driver, head, body)

    assert not line or line.split()[1] in (b"400", b"411", b"413", b"422"), line
    assert lying_in(running.folder / "files") == before


def test_what_a_request_calls_itself_decides_nothing(
    running: Running, driver: httpx.Client
) -> None:
    """The kind is the announced one, if the content is of it."""
    told = {"name": "a.html", "media_type": "image/jpeg", "size_bytes": len(GOOD)}
    url = driver.post("/api/uploads/sign", json=told).json()["url"]

    kept = driver.post(url, content=GOOD, headers={"Content-Type": "text/html; charset=utf-7"})

    assert kept.status_code == 200
    assert kept.json()["media_type"] == "image/jpeg"
    assert driver.post(url, content=b"<html>").json()["size_bytes"] == kept.json()["size_bytes"]


def test_nothing_of_the_storage_is_reached_without_a_link(driver: httpx.Client) -> None:
    for path in (
        "/files/",
        "/files/uploads",
        "/uploads/",
        "/static/../files",
        "/files/..%2f..%2fetc",
    ):
        assert driver.get(path).status_code == 404
