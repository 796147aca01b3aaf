"""Every mail there is, read where it arrives: both its parts, its words, its links in a browser
that knows nobody."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import autodoctor.application
from autodoctor.adapters.embedded.mail_catcher.mailbox import CaughtMail, Mailbox
from autodoctor.domain.shared.ids import SessionId
from support import plain
from support.mails import MAILS, Stage
from support.running import Running
from support.talking import waiting
from support.waiting import until

pytestmark = pytest.mark.xdist_group("system")

CASES = [(name, number) for name, plays in MAILS.items() for number in range(len(plays))]
SECONDS = 300.0
SWITCHED = re.compile(
    r"notifications/(tell\._(alert|completed)|accepted|called_off\.(tell_expired|_called_off)"
    r"|refunds\._ended|released|reports|lost_sessions)"
)
"""What people may switch off, and so says where."""
UNRESOLVED = re.compile(
    r"\{[a-z_.]*\}|%\(?[a-z]|\bNone\b|<[a-z_.]+ object|\bUUID\(|Money\(|\[\]|\(\)"
)


def writers() -> set[str]:
    """The functions that write a letter, as the source has them."""
    root = Path(next(iter(autodoctor.application.__path__)))
    found = set()
    for path in root.rglob("*.py"):
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.FunctionDef) and any(map(_writes, ast.walk(each))):
                place = path.relative_to(root).with_suffix("").as_posix()
                found.add(f"{place}.{each.name}")
    return found - {"notifications/send._by_mail"}  # it puts a Telling into a letter


def _writes(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Letter", "Telling")


def test_every_letter_of_the_source_is_played() -> None:
    assert writers() == set(MAILS)


@pytest.fixture(scope="module")
def mails(running: Running) -> dict[tuple[str, int], CaughtMail]:
    """All of them, as they arrived."""
    session_id, _ = waiting(running)
    stage = Stage(running.here.ports, SessionId(session_id))
    to = {
        (name, number): play(stage)
        for name, plays in MAILS.items()
        for number, play in enumerate(plays)
    }
    box, arrived = mailbox(running), dict[str, CaughtMail]()

    def missing() -> list[tuple[str, int]]:
        arrived.update({mail.recipient: mail for mail in box.newest(most=1000)})
        return [case for case, address in to.items() if address not in arrived]

    with suppress(AssertionError):
        until("all mails", lambda: not missing(), seconds=SECONDS)
    assert missing() == []
    return {case: arrived[address] for case, address in to.items()}


def mailbox(running: Running) -> Mailbox:
    return Mailbox(running.here.embedded.mailbox)


@pytest.fixture
def mail(mails: dict[tuple[str, int], CaughtMail], case: tuple[str, int]) -> CaughtMail:
    return mails[case]


@pytest.fixture
def stranger(running: Running) -> Iterator[httpx.Client]:
    with plain.client(follow_redirects=True) as client:
        yield client


class Words(HTMLParser):
    """What an HTML part says, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._head = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._head = self._head and tag != "body"
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        if not self._head:
            self.said += data.split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_a_mail_says_the_same_in_both_parts_and_leads_where_it_says(
    case: tuple[str, int], mail: CaughtMail, running: Running, stranger: httpx.Client
) -> None:
    html = Words(mail.html)
    links = set(re.findall(r"https?://\S+", mail.text))
    plain = re.sub(r":\nhttps?://\S+", "", mail.text).split()

    assert mail.subject.strip()
    assert plain == html.said
    assert links == set(html.links)
    assert UNRESOLVED.findall(f"{mail.subject} {mail.text}".replace("{one}", "")) == []
    for link in links:
        assert link.startswith(f"{running.here.settings.public_address}/"), link
        page = stranger.get(link)
        assert page.status_code == 200, link
        assert "<h1" in page.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_what_can_be_switched_off_says_where_and_nothing_else_does(
    case: tuple[str, int], mail: CaughtMail, running: Running, stranger: httpx.Client
) -> None:
    raw = (running.here.embedded.mailbox / f"{mail.id}.eml").read_bytes()

    told = message_from_bytes(raw)["List-Unsubscribe"]

    assert (told is not None) == bool(SWITCHED.match(case[0]))
    if told is not None:
        page = stranger.get(told.strip("<>"))
        assert urlsplit(str(page.url)).path == "/login"
        assert page.status_code == 200


def test_the_reader_would_tell_of_a_word_that_is_missing() -> None:
    assert Words("<body><p>one <b>two</b></p>").said == ["one", "two"]
    assert UNRESOLVED.findall("Hello {name}, None of <x.y object at 1>") == [
        "{name}",
        "None",
        "<x.y object",
    ]
