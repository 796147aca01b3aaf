"""What an entry of the security log may say."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    Subject,
    of_account,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, ApiKeyId
from support.scenery import AT


@pytest.mark.parametrize(
    "typed", ["casey@example.com", 'a "quoted" word', "Zoë", "x" * 121, "a\nb"]
)
def test_a_detail_is_made_of_our_own_words(typed: str) -> None:
    with pytest.raises(AssertionError):
        SecurityEvent(kind=SecurityKind.LOGIN_FAILED, at=AT, detail=typed)


@given(local=st.text(min_size=1, max_size=20))
def test_no_email_address_fits_into_a_detail(local: str) -> None:
    with pytest.raises(AssertionError):
        SecurityEvent(kind=SecurityKind.LOGIN_FAILED, at=AT, detail=f"{local}@example.com")


def test_who_acts_with_a_key_is_its_maker_and_the_key() -> None:
    maker, key = AccountId(uuid4()), ApiKeyId(uuid4())

    event = SecurityEvent(kind=SecurityKind.ACCESS_DENIED, at=AT).by(
        Actor(maker, Role.CORPORATE, key_id=key)
    )

    assert (event.actor_id, event.actor_role, event.key_id) == (maker, Role.CORPORATE, key)


def test_an_account_that_nobody_has_is_unknown() -> None:
    known = AccountId(uuid4())

    assert of_account(None) == Subject("unknown account")
    assert of_account(known) == Subject("account", known)
