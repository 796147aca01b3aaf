import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.errors import InvalidField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada@Example.COM\n", "ada@example.com"),
        ("ada.byron+cars@mail.example.co.uk", "ada.byron+cars@mail.example.co.uk"),
        ("o'neil@example.ie", "o'neil@example.ie"),
        ("zoé@exemple.fr", "zoé@exemple.fr"),
        ("x" * 242 + "@example.com", "x" * 242 + "@example.com"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    address = EmailAddress.parse(typed)

    assert address.text == str(address) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@.com",
        "ada@example.",
        "ada@exa mple.com",
        "ada@@example.com",
        "ada@example..com",
        "a b@example.com",
        "<ada@example.com>",
        "ada@example.com, eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada@exam\x00ple.com",
        "ada\x00@example.com",
        "ada@<b>example.com",
        'ada@"example".com',
        "ada;eve@example.com",
        "x" * 243 + "@example.com",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        EmailAddress.parse(typed)

    reason = "Enter an email address such as name@example.com."
    assert refused.value.facts == {"field": "email", "reason": reason}


@given(name=st.from_regex(r"[a-z0-9.+_-]{1,30}", fullmatch=True), domain=domains())
def test_two_spellings_of_one_address_are_one(name: str, domain: str) -> None:
    address = EmailAddress.parse(f"{name}@{domain}")

    assert EmailAddress.parse(f" {name.upper()}@{domain.upper()} ") == address
    assert EmailAddress.parse(address.text) == address
