"""Reading the mails that were caught."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Final

import attrs

from autodoctor.domain.shared.errors import NotFound

SHOWN_MAX: Final = 200
RECIPIENTS_KEPT: Final = 100_000
_ID: Final = re.compile(r"[0-9a-f]{32}")
_LINK: Final = re.compile(r"https?://[^\s<>\"'()\[\]]+")


@attrs.frozen
class MailNotCaught(NotFound):
    """No such mail was caught."""

    id: str


@attrs.frozen(kw_only=True)
class Attachment:
    name: str
    media_type: str
    content: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class CaughtMail:
    """`links` are those of the text, then those of the HTML, each once."""

    id: str
    sender: str
    recipient: str
    subject: str
    at: datetime
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    links: tuple[str, ...]


class Mailbox:
    """A folder of caught mails, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self, *, to: str = "", most: int = SHOWN_MAX) -> tuple[CaughtMail, ...]:
        """Newest first; with `to` those for an address that holds it."""
        wanted = to.strip().casefold()
        theirs = (path for path in self._paths() if not wanted or wanted in _recipient(path))
        return tuple(_read(path) for path in islice(theirs, most))

    def one(self, mail_id: str) -> CaughtMail:
        """Raises MailNotCaught."""
        path = self._folder / f"{mail_id}.eml"
        if not _ID.fullmatch(mail_id) or not path.is_file():
            raise MailNotCaught(mail_id)
        return _read(path)

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        with os.scandir(self._folder) as entries:
            caught = [(each.stat().st_mtime_ns, each.path) for each in entries if _is_mail(each)]
        return [Path(path) for _at, path in sorted(caught, reverse=True)]


def _is_mail(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".eml")


@lru_cache(maxsize=RECIPIENTS_KEPT)
def _recipient(path: Path) -> str:
    """Folded for comparing. Of thousands of mails a search looks at this line alone."""
    with path.open("rb") as mail:
        return str(BytesHeaderParser(policy=default).parse(mail).get("To", "")).casefold()


@lru_cache(maxsize=2 * SHOWN_MAX)
def _read(path: Path) -> CaughtMail:
    """A caught mail never changes, and reading it takes longer than showing it."""
    message = BytesParser(EmailMessage, policy=default).parsebytes(path.read_bytes())
    text, html = _body(message, "plain"), _body(message, "html")
    return CaughtMail(
        id=path.stem,
        sender=str(message.get("From", "")),
        recipient=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        at=_at(message, path),
        text=text,
        html=html,
        attachments=tuple(_attachments(message)),
        links=links(text, html),
    )


def _at(message: EmailMessage, path: Path) -> datetime:
    """As the mail says, or when it was caught."""
    try:
        return parsedate_to_datetime(str(message["Date"])).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _body(message: EmailMessage, kind: str) -> str:
    """With plain line ends: on the way they are CR and LF."""
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(message.iter_attachments(), 1):
        content = part.get_payload(decode=True)
        yield Attachment(
            name=part.get_filename() or f"attachment-{number}",
            media_type=part.get_content_type(),
            content=content if isinstance(content, bytes) else b"",
        )


def links(text: str, html: str) -> tuple[str, ...]:
    in_text = (found.rstrip(".,;:!?") for found in _LINK.findall(text))
    collected = _Links()
    collected.feed(html)
    return tuple(dict.fromkeys((*in_text, *collected.found)))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "a" and _LINK.fullmatch(target):
            self.found.append(target)
