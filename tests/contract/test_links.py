"""Signed links: who holds one may do that one thing until it expires."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.ports.files import LinkInvalid

NOW = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
END = NOW + timedelta(minutes=10)
LINKS = SignedLinks("a secret of this installation")


def test_a_link_gives_its_subject_back() -> None:
    token = LINKS.sign("upload", "file 7, größe", expires_at=END)

    assert LINKS.check("upload", token, at=NOW) == "file 7, größe"


@given(st.text(), st.text(), st.integers(min_value=1, max_value=10**9))
def test_every_subject_comes_back_until_the_end_and_not_from_then_on(
    purpose: str, subject: str, microseconds: int
) -> None:
    end = NOW + timedelta(microseconds=microseconds)
    token = LINKS.sign(purpose, subject, expires_at=end)

    assert LINKS.check(purpose, token, at=end - timedelta(microseconds=1)) == subject
    with pytest.raises(LinkInvalid):
        LINKS.check(purpose, token, at=end)


def test_the_end_is_an_instant_in_any_zone() -> None:
    toronto = timezone(timedelta(hours=-4))

    token = LINKS.sign("upload", "x", expires_at=END.astimezone(toronto))

    assert LINKS.check("upload", token, at=NOW) == "x"
    with pytest.raises(LinkInvalid):
        LINKS.check("upload", token, at=END.astimezone(toronto))


def test_a_link_for_one_purpose_is_none_for_another() -> None:
    token = LINKS.sign("upload", "x", expires_at=END)

    with pytest.raises(LinkInvalid):
        LINKS.check("download", token, at=NOW)


def test_a_link_of_another_installation_is_invalid() -> None:
    token = SignedLinks("another secret").sign("upload", "x", expires_at=END)

    with pytest.raises(LinkInvalid):
        LINKS.check("upload", token, at=NOW)


def test_no_character_of_a_link_can_be_changed() -> None:
    token = LINKS.sign("upload", "x", expires_at=END)
    but_the_spare_bits_at_the_end = range(len(token) - 1)

    for place in but_the_spare_bits_at_the_end:
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(LinkInvalid):
            LINKS.check("upload", changed, at=NOW)


@pytest.mark.parametrize("token", ["", ".", "x", "a.b", "a.b.c", "ü.ü", "\ud800", "💥" * 9])
def test_nonsense_is_an_invalid_link(token: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.check("upload", token, at=NOW)


@pytest.mark.parametrize("content", [["x"], "x", ["x", "never"], [7, 10**18], {"x": 1}, None])
def test_a_signature_over_something_else_is_an_invalid_link(content: object) -> None:
    foreign = URLSafeSerializer("a secret of this installation", salt="autodoctor.link.upload")
    token = foreign.dumps(content)

    with pytest.raises(LinkInvalid):
        LINKS.check("upload", str(token), at=NOW)


def test_without_a_secret_there_are_no_links() -> None:
    with pytest.raises(ValueError, match="secret"):
        SignedLinks("")


def test_a_link_of_before_the_key_was_changed_is_good_until_its_end() -> None:
    before = SignedLinks("an old secret")
    token = before.sign("download", "file 7", expires_at=END)

    after = SignedLinks("a new secret", "another old one", "an old secret")

    assert after.check("download", token, at=NOW) == "file 7"
    with pytest.raises(LinkInvalid):
        SignedLinks("a new secret").check("download", token, at=NOW)
    with pytest.raises(LinkInvalid):
        before.check("download", after.sign("download", "file 7", expires_at=END), at=NOW)
