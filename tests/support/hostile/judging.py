"""What became of a hostile file, compared with what should have."""

from collections.abc import Callable, Iterable
from typing import Final

import httpx
from werkzeug.http import parse_options_header

from support.hostile.attack import EXTENSIONS, Attack, Fate
from support.hostile.doors import REFUSALS, Door, Sent

TURNING: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f"
)
DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)

Stored = Callable[[], frozenset[str]]


def complaints(
    attacks: Iterable[tuple[Door, Attack]], reader: httpx.Client, stored: Stored
) -> dict[str, str]:
    """Those that went wrong, by door and label. `reader` is somebody with nothing but the link,
    who reads what is for everybody and nothing else; `stored` names what lies in the storage."""
    wrong: dict[str, str] = {}
    for door, attack in attacks:
        before = stored()
        sent = door.send(attack)
        if found := _wrong(door, attack, sent, reader, len(stored() - before)):
            wrong[f"{door.name}: {attack.label}"] = found
    return wrong


def _wrong(door: Door, attack: Attack, sent: Sent, reader: httpx.Client, more: int) -> str:
    fate = door.fate(attack)
    if fate is Fate.REFUSED:
        if sent.status not in REFUSALS:
            return f"answered {sent.status}"
        return f"{more} things were stored" if more else ""
    if not sent.url:
        return f"answered {sent.status}"
    if more != 1:
        return f"{more} things were stored"
    if sent.by is not None and reader.get(sent.url).status_code != 404:
        return "read by a stranger"
    by = sent.by or reader
    return "; ".join(_served(attack, fate, by.get(sent.url), by.get(sent.url + "0")))


def _served(
    attack: Attack, fate: Fate, answer: httpx.Response, forged: httpx.Response
) -> Iterable[str]:
    headers = answer.headers
    if answer.status_code != 200 or forged.status_code != 404:
        yield f"read with {answer.status_code}, forged with {forged.status_code}"
    if headers.get("Content-Type") != attack.media_type:
        yield f"served as {headers.get('Content-Type')}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "sniffed"
    if headers.get("Content-Security-Policy") != "default-src 'none'; sandbox":
        yield "not in a sandbox"
    yield from _disposition(attack, headers.get("Content-Disposition", ""))
    if fate is Fate.KEPT and answer.content != attack.content:
        yield "changed"
    if fate is Fate.REDRAWN:
        yield from (f"holds {mark!r}" for mark in attack.marks if mark in answer.content)


def _disposition(attack: Attack, text: str) -> Iterable[str]:
    """Whatever it is, it is only ever saved; its name leads nowhere."""
    how, given = parse_options_header(text)
    name = given.get("filename", "")
    if how != "attachment":
        yield f"handed out as {how}"
    if not name.lower().endswith(f".{EXTENSIONS[attack.media_type]}"):
        yield f"ends otherwise: {name!r}"
    if set(name) & ({"/", "\\", "\0", "\r", "\n"} | TURNING) or name.startswith("."):
        yield f"named {name!r}"
    if name.split(".")[0].lower() in DEVICES:
        yield f"named as a device: {name!r}"
    if len(name) > 130:
        yield f"a name of {len(name)} characters"
