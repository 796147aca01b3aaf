"""OpenID Connect against a provider that is not ours."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from autodoctor.adapters.oauth.openid import OpenIdProvider
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import IdentityRefused, ProviderUnavailable
from integration.oauth.conftest import BACK, MakeProvider
from support import plain

VERIFIER = "a verifier of forty-three characters or more"


def log_in(
    provider: OpenIdProvider, issuer: str, *, nonce: str = "our nonce", **claims: object
) -> str:
    """The code that somebody comes back with."""
    sub = uuid4().hex
    plain.put(f"{issuer}/users/{sub}", json=claims).raise_for_status()
    address = provider.address(state="our state", nonce=nonce, verifier=VERIFIER)
    answer = plain.post(address, data={"sub": sub})
    came = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.headers["Location"].startswith(BACK)
    assert came["state"] == ["our state"]
    return came["code"][0]


def claim(provider: OpenIdProvider, code: str, *, nonce: str = "our nonce") -> Claimed:
    return provider.claim(code=code, nonce=nonce, verifier=VERIFIER)


def test_who_comes_back_is_who_the_provider_says(issuer: str, make_provider: MakeProvider) -> None:
    provider = make_provider(issuer)
    told = {"email": "dana@example.com", "email_verified": True, "name": "Dana Whitfield"}

    claimed = claim(provider, log_in(provider, issuer, **told))

    assert (claimed.provider, claimed.email, claimed.email_verified, claimed.name) == (
        "example",
        "dana@example.com",
        True,
        "Dana Whitfield",
    )


@pytest.mark.parametrize("said", [False, None, "yes", 1])
def test_an_address_counts_as_verified_only_when_that_is_said(
    issuer: str, make_provider: MakeProvider, said: object
) -> None:
    provider = make_provider(issuer)
    told = {"email": "dana@example.com"} | ({} if said is None else {"email_verified": said})

    assert not claim(provider, log_in(provider, issuer, **told)).email_verified


def test_a_code_works_once(issuer: str, make_provider: MakeProvider) -> None:
    provider = make_provider(issuer)
    code = log_in(provider, issuer)
    claim(provider, code)

    with pytest.raises(IdentityRefused):
        claim(provider, code)


def test_a_made_up_code_works_never(issuer: str, make_provider: MakeProvider) -> None:
    with pytest.raises(IdentityRefused):
        claim(make_provider(issuer), "made up")


def test_a_code_of_another_login_is_refused_by_its_nonce(
    issuer: str, make_provider: MakeProvider
) -> None:
    provider = make_provider(issuer)
    code = log_in(provider, issuer, nonce="a nonce of somebody else")

    with pytest.raises(IdentityRefused):
        claim(provider, code)


def test_a_code_for_another_client_is_refused(issuer: str, make_provider: MakeProvider) -> None:
    theirs = make_provider(issuer, client_id="their-client")
    code = log_in(theirs, issuer)

    with pytest.raises(IdentityRefused):
        claim(make_provider(issuer), code)


def test_an_expired_token_is_refused(stale_issuer: str, make_provider: MakeProvider) -> None:
    provider = make_provider(stale_issuer)

    with pytest.raises(IdentityRefused):
        claim(provider, log_in(provider, stale_issuer))


def test_a_document_of_another_issuer_is_not_believed(
    issuer: str, make_provider: MakeProvider
) -> None:
    elsewhere = make_provider(issuer.replace("localhost", "127.0.0.1"))
    elsewhere.address(state="s", nonce="n", verifier=VERIFIER)
    with pytest.raises(ProviderUnavailable):
        make_provider(f"{issuer}/").address(state="s", nonce="n", verifier=VERIFIER)


def test_a_provider_that_is_away_is_said_to_be(make_provider: MakeProvider) -> None:
    with pytest.raises(ProviderUnavailable):
        make_provider("http://127.0.0.1:9").address(state="s", nonce="n", verifier=VERIFIER)
