"""Accounts to pay out to."""

from uuid import uuid4

import pytest

from autodoctor.domain.shared.ids import (
    AccountId,
)
from autodoctor.ports.payment_refusals import (
    No,
    PaymentRefused,
)
from autodoctor.ports.payout_accounts import Missing

from .provider import Provider, an_account, refusal_of


def test_a_new_account_is_not_ready_and_says_what_is_missing(provider: Provider) -> None:
    account = an_account(provider, ready=False)

    state = provider.accounts.state(account)

    assert not state.ready
    assert Missing.BANK_ACCOUNT in state.missing


def test_an_onboarded_account_is_ready_and_misses_nothing(provider: Provider) -> None:
    state = provider.accounts.state(an_account(provider))

    assert state.ready
    assert state.missing == ()


def test_creating_an_account_again_creates_no_second_one(provider: Provider) -> None:
    account_id = AccountId(uuid4())

    first = provider.accounts.create(account_id=account_id, email="m@example.ca", country="CA")
    second = provider.accounts.create(account_id=account_id, email="m@example.ca", country="CA")

    assert second == first


def test_an_onboarding_link_leads_to_the_provider(provider: Provider) -> None:
    url = provider.accounts.onboarding_link(
        provider_account=an_account(provider, ready=False),
        return_url="https://autodoctor.example/return",
        refresh_url="https://autodoctor.example/refresh",
    )

    assert url.startswith("http")


def test_an_unknown_account_is_refused(provider: Provider) -> None:
    with pytest.raises(PaymentRefused) as raised:
        provider.accounts.state("acct_unknown")

    assert refusal_of(raised) is No.UNKNOWN_OBJECT
