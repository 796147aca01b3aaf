"""The doors through which files come in, as somebody outside uses them."""

import re
from collections.abc import Callable
from itertools import count
from typing import Final

import attrs
import httpx

from support.hostile.attack import Attack, Fate

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
PAPERS: Final = PICTURES | {"application/pdf"}
FILMS: Final = frozenset({"video/mp4", "video/quicktime"})
ROOM_TAKES: Final = 55
"""Files that one mechanic announces: a day's quota holds them, and a session those of them that are
kept."""
REFUSALS: Final = frozenset({413, 422})


@attrs.frozen
class Sent:
    """`url` leads to what was kept; empty when it was refused. `by` is the one whose login it was
    made for; without one it is for everybody."""

    status: int
    url: str = ""
    by: httpx.Client | None = None


@attrs.frozen
class Door:
    """`takes` are the kinds that may come in here at all; `announced` when the name comes as
    JSON, in which no text may hold a NUL."""

    name: str
    takes: frozenset[str]
    send: Callable[[Attack], Sent]
    announced: bool = False

    def fate(self, attack: Attack) -> Fate:
        if attack.media_type not in self.takes or (self.announced and "\0" in attack.name):
            return Fate.REFUSED
        return attack.fate


def session_door(*rooms: tuple[httpx.Client, str]) -> Door:
    """Announced, sent to the signed link, and added to the session: to the next of the `rooms`
    after so many."""
    sent = count()

    def send(attack: Attack) -> Sent:
        client, session_id = rooms[next(sent) // ROOM_TAKES]
        told = {
            "name": attack.name,
            "media_type": attack.media_type,
            "size_bytes": max(len(attack.content), 1),
        }
        signed = client.post("/api/uploads/sign", json=told)
        if signed.status_code != 201:
            return Sent(signed.status_code)
        put = client.post(signed.json()["url"], content=attack.content)
        if put.status_code != 200:
            return Sent(put.status_code)
        given = {"file_id": put.json()["file_id"]}
        added = client.post(f"/api/sessions/{session_id}/files", json=given)
        return Sent(added.status_code, added.json()["url"], client)

    return Door("session", PAPERS | FILMS, send, announced=True)


def photo_door(client: httpx.Client) -> Door:
    """The form of a customer's profile."""
    token = token_of(client, "/customer/profile")

    def send(attack: Attack) -> Sent:
        answer = form(client, "/customer/profile/photo", "photo", attack, {"csrf_token": token})
        if answer.status_code != 303:
            return Sent(answer.status_code)
        (url,) = re.findall(r'<img src="(/files/[^"]+)"', client.get("/customer/profile").text)
        return Sent(200, url, client)

    return Door("photo", PICTURES, send)


def document_door(client: httpx.Client) -> Door:
    """The form of a mechanic's documents."""
    token, seen = token_of(client, "/mechanic/documents"), set[str]()

    def send(attack: Attack) -> Sent:
        fields = {"csrf_token": token, "kind": "other", "number": "", "expires_on": ""}
        answer = form(client, "/mechanic/documents", "file", attack, fields)
        if answer.status_code != 303:
            return Sent(answer.status_code)
        page = client.get("/mechanic/documents").text
        (place,) = set(re.findall(r'href="(/mechanic/documents/[^"/]+/file)"', page)) - seen
        seen.add(place)
        return Sent(200, client.get(place).headers["Location"], client)

    return Door("document", PAPERS, send)


def logo_door(client: httpx.Client, workshop_id: str) -> Door:
    """The form of a workshop's profile; everybody sees what came through."""
    token = token_of(client, "/workshop/profile")

    def send(attack: Attack) -> Sent:
        answer = form(client, "/workshop/profile/logo", "logo", attack, {"csrf_token": token})
        if answer.status_code != 303:
            return Sent(answer.status_code)
        return Sent(200, f"/workshops/{workshop_id}/logo")

    return Door("logo", PICTURES, send)


def chat_door(client: httpx.Client, session_id: str) -> Door:
    """The form of a room without scripts, which leads back, or says what was refused."""
    room = f"/chat/{session_id}"
    token, seen = token_of(client, room), set[str]()

    def send(attack: Attack) -> Sent:
        answer = form(client, room, "attachment", attack, {"csrf_token": token, "text": ""})
        if answer.status_code != 303:
            return Sent(answer.status_code)
        page = client.get(room).text
        ids = set(re.findall(r'data-file="([^"]+)"', page))
        (file_id,) = ids - seen
        seen.add(file_id)
        (place,) = set(re.findall(rf'href="([^"]+)" data-file="{file_id}"', page))
        return Sent(200, client.get(place).headers["Location"], client)

    return Door("chat", PAPERS | FILMS, send)


def form(
    client: httpx.Client, path: str, field: str, attack: Attack, fields: dict[str, str]
) -> httpx.Response:
    sent = {field: (attack.name, attack.content, attack.media_type)}
    return client.post(path, data=fields, files=sent)


def token_of(client: httpx.Client, path: str) -> str:
    page = client.get(path)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found is not None, page.text[:300]
    return found[1]
