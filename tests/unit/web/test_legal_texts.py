"""What people agree to has a version, and no word of it changes without a new one.

A test that fails here says: the text in force is another than the one people agreed to. Raise its
version (the day of the change), and write the new fingerprint beside it; leave the old line.
"""

import re
from hashlib import sha256
from html import unescape

import pytest

from autodoctor.domain.accounts.consent import REQUIRED, VERSIONS, ConsentKind
from autodoctor.domain.booking import waiver
from autodoctor.testing.ports import memory_town
from support.web import web_in

PAGES = {ConsentKind.TERMS: "/terms", ConsentKind.PRIVACY: "/privacy"}
FINGERPRINTS = {
    ("adult", "2026-01"): "16bd1fbdb60b7a70",
    ("marketing", "2026-01"): "83fd23ce570b60af",
    ("marketplace", "2026-01"): "d213a5cb324a35f7",
    ("privacy", "2026-11-30"): "a341bb8694f851fb",
    ("terms", "2026-11-30"): "a7ee4c2c6bb08a45",
    ("waiver", "2026-01"): "3da261ac922a92cb",
}
"""SHA-256 of the words, by text and version. Of "2026-01", terms and privacy were changed without
a new version, so there is no one text of it."""


def words_of(html: str) -> str:
    """What is read, without how it is set."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def page(kind: ConsentKind) -> str:
    visitor = web_in(memory_town()).test_client()
    html = visitor.get(PAGES[kind]).text
    found = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert found is not None
    assert f"Version {VERSIONS[kind]}" in found[0]
    return words_of(found[0].replace(VERSIONS[kind], ""))


def label(kind: ConsentKind) -> str:
    visitor = web_in(memory_town()).test_client()
    found = re.search(
        rf"<input[^>]*name=\"{kind.value}\".*?</label>", visitor.get("/signup").text, re.DOTALL
    )
    assert found is not None
    return words_of(found[0])


def fingerprint(name: str) -> str:
    if name == "waiver":
        text = " ".join(waiver.TEXT)
    else:
        kind = ConsentKind(name)
        text = page(kind) if kind in PAGES else label(kind)
    assert text
    return sha256(text.encode()).hexdigest()[:16]


def version(name: str) -> str:
    return waiver.VERSION if name == "waiver" else VERSIONS[ConsentKind(name)]


@pytest.mark.parametrize("name", [*ConsentKind, "waiver"])
def test_a_text_changes_with_its_version_only(name: str) -> None:
    assert FINGERPRINTS[name, version(name)] == fingerprint(name)


def test_everything_that_is_agreed_to_has_a_fingerprint() -> None:
    assert {name for name, _ in FINGERPRINTS} == {*ConsentKind, "waiver"}
    assert set(REQUIRED) < set(ConsentKind)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>One  payment</p>", "<p class='x'>One payment</p>", True),
        ("<p>One payment</p>", "<p>Two payments</p>", False),
        ("<p>18 or older</p>", "<p>16 or older</p>", False),
    ],
)
def test_words_count_and_not_how_they_are_set(one: str, other: str, same: bool) -> None:
    assert (words_of(one) == words_of(other)) is same
