"""The small parts: forms, cards and signatures."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.adapters.embedded.stripe_sandbox import forms
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault
from autodoctor.adapters.embedded.stripe_sandbox.objects import cards
from autodoctor.adapters.embedded.stripe_sandbox.settings import SandboxSettings
from autodoctor.adapters.embedded.stripe_sandbox.signing import signature

NAMES = st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"]), min_size=1)
TREES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=8,
)
DIGITS = st.text("0123456789", min_size=11, max_size=18)


def outcome_of(act: Callable[[], Any]) -> Any:
    """What it returns, or the refusal it raises; anything else is a fault of ours."""
    try:
        return act()
    except (StripeFault, cards.CardFormFaults) as refusal:
        return refusal


def flattened(tree: object, name: str) -> list[tuple[str, str]]:
    if isinstance(tree, str):
        return [(name, tree)]
    assert isinstance(tree, dict)
    return [pair for key, value in tree.items() for pair in flattened(value, f"{name}[{key}]")]


@given(st.dictionaries(NAMES, TREES, max_size=3))
def test_a_nested_form_is_read_as_it_was_written(form: dict[str, object]) -> None:
    pairs = [pair for name, tree in form.items() for pair in flattened(tree, name)]

    assert forms.nested(pairs) == form


def test_items_without_a_number_are_counted() -> None:
    assert forms.parse(b"expand[]=a&expand[]=b") == {"expand": {"0": "a", "1": "b"}}


@given(st.binary(max_size=60))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    outcome = outcome_of(lambda: forms.parse(body))

    assert isinstance(outcome, dict) or outcome.status == 400


def test_names_nested_too_deeply_are_refused() -> None:
    with pytest.raises(StripeFault):
        forms.parse(b"a" + b"[a]" * 10 + b"=1")


def with_check_digit(digits: str) -> str:
    return next(digits + str(last) for last in range(10) if cards.luhn(digits + str(last)))


@given(DIGITS, st.data())
def test_a_card_number_with_one_digit_changed_is_wrong(digits: str, data: st.DataObject) -> None:
    number = with_check_digit(digits)
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))

    changed = number[:place] + other + number[place + 1 :]

    assert cards.luhn(number)
    assert not cards.luhn(changed)


@given(st.text(max_size=20), st.text(max_size=7), st.text(max_size=5), st.text(max_size=5))
def test_any_card_form_is_read_or_its_fields_are_named(
    number: str, expiry: str, cvc: str, name: str
) -> None:
    outcome = outcome_of(
        lambda: cards.read(number=number, expiry=expiry, cvc=cvc, name=name, year=2026, month=11)
    )

    if not isinstance(outcome, cards.Card):
        assert outcome.by_field
        assert outcome.by_field.keys() <= {"number", "expiry", "cvc", "name"}


@pytest.mark.parametrize("number", list(cards.TEST_CARDS))
def test_every_test_card_is_a_well_formed_number(number: str) -> None:
    assert cards.luhn(number)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 2**33))
def test_a_body_is_signed_as_the_sdk_signs(body: str, at: int) -> None:
    ours = signature(payload=body.encode(), secret="whsec_1", at=at)

    theirs = stripe.WebhookSignature.generate_signature_header(body, "whsec_1", timestamp=at)

    assert ours == theirs


@pytest.mark.parametrize("url", ["", "app.example/webhooks", "ftp://app.example", "http://"])
def test_webhooks_go_to_an_address_on_the_web(tmp_path: object, url: str) -> None:
    with pytest.raises(ValueError, match="webhook_url"):
        SandboxSettings(
            data_dir=tmp_path,
            public_url="http://127.0.0.1:1",
            webhook_url=url,
            webhook_secret="whsec_1",
            api_key="sk_test_1",
        )
