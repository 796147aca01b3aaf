"""What an ID token may not say, and how Apple and Facebook speak: against a local provider that
checks what it is sent."""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from autodoctor.adapters.oauth.apple import apple_settings
from autodoctor.adapters.oauth.facebook import FacebookProvider, FacebookSettings
from autodoctor.adapters.oauth.openid import OpenIdProvider
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import IdentityRefused, ProviderUnavailable
from integration.oauth.conftest import BACK, MakeProvider
from support.providers import Speaker

VERIFIER = "a verifier of forty-three characters or more"


@pytest.fixture
def claim(speaker: Speaker, make_provider: MakeProvider) -> Callable[[], Claimed]:
    speaker.expect(VERIFIER)
    provider = make_provider(speaker.url)
    return lambda: provider.claim(code="code", nonce="our nonce", verifier=VERIFIER)


def test_what_is_right_is_believed(speaker: Speaker, claim: Callable[[], Claimed]) -> None:
    speaker.id_token()

    assert claim() == Claimed("example", "subject-1", "dana@example.com", True, "")


LIES = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "another audience": {"aud": "another-client"},
    "several audiences without us as its party": {"aud": ["our-client", "x"], "azp": "x"},
    "no audience": {"aud": ""},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": ""},
    "expired": {"exp": int(time.time()) - 120},
    "no end": {"exp": ""},
    "nobody": {"sub": ""},
    "from the future": {"iat": int(time.time()) + 3600},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_says_something_else_is_refused(
    lie: str, speaker: Speaker, claim: Callable[[], Claimed]
) -> None:
    speaker.id_token(**LIES[lie])

    with pytest.raises(IdentityRefused):
        claim()


def test_a_token_signed_by_somebody_else_is_refused(
    speaker: Speaker, claim: Callable[[], Claimed]
) -> None:
    speaker.id_token()
    speaker.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    with pytest.raises(IdentityRefused):
        claim()


def test_a_key_that_was_changed_is_asked_for_again(
    speaker: Speaker, claim: Callable[[], Claimed]
) -> None:
    speaker.id_token()
    claim()
    speaker.key = RSAKey.generate_key(2048, {"kid": "two"})
    speaker.header = {"kid": "two"}

    assert claim().subject == "subject-1"


def test_a_code_without_the_verifier_it_was_asked_with_is_refused(
    speaker: Speaker, make_provider: MakeProvider
) -> None:
    speaker.id_token()
    speaker.expect(VERIFIER)
    provider = make_provider(speaker.url)
    asked = parse_qs(urlsplit(provider.address(state="s", nonce="n", verifier=VERIFIER)).query)

    assert asked["code_challenge"] == [speaker.challenge]
    assert asked["code_challenge_method"] == ["S256"]
    with pytest.raises(IdentityRefused):
        provider.claim(code="code", nonce="our nonce", verifier="another verifier")


def test_an_answer_that_is_none_is_the_providers_fault(
    speaker: Speaker, claim: Callable[[], Claimed]
) -> None:
    speaker.broken = True

    with pytest.raises(ProviderUnavailable):
        claim()


def test_apple_gets_a_secret_signed_for_it_and_comes_back_with_a_form(speaker: Speaker) -> None:
    key = ECKey.generate_key("P-256")
    provider = OpenIdProvider(
        apple_settings(
            client_id="our-client",
            team_id="TEAM",
            key_id="KEY",
            private_key=key.as_pem(private=True).decode(),
            redirect_uri=BACK,
            issuer=speaker.url,
        )
    )
    speaker.id_token(email_verified="true")
    speaker.expect(VERIFIER)

    asked = parse_qs(urlsplit(provider.address(state="s", nonce="n", verifier=VERIFIER)).query)
    claimed = provider.claim(code="code", nonce="our nonce", verifier=VERIFIER)

    assert asked["response_mode"] == ["form_post"]
    assert claimed.email_verified
    secret = jwt.decode(speaker.asked[0]["client_secret"], key, algorithms=["ES256"])
    assert secret.header["kid"] == "KEY"
    assert (secret.claims["iss"], secret.claims["sub"]) == ("TEAM", "our-client")
    assert secret.claims["aud"] == speaker.url
    assert secret.claims["exp"] - secret.claims["iat"] == 300


def facebook(speaker: Speaker) -> FacebookProvider:
    settings = FacebookSettings(
        app_id="app", app_secret="secret", redirect_uri=BACK, site=speaker.url, graph=speaker.url
    )
    return FacebookProvider(settings)


def test_facebook_is_asked_who_it_is_and_its_address_never_counts_as_verified(
    speaker: Speaker,
) -> None:
    speaker.expect(VERIFIER)
    speaker.person = {"id": "42", "name": "Dana Whitfield", "email": "dana@example.com"}
    provider = facebook(speaker)

    address = provider.address(state="s", nonce="n", verifier=VERIFIER)
    claimed = provider.claim(code="code", nonce="n", verifier=VERIFIER)

    assert "/dialog/oauth?" in address
    assert claimed == Claimed("facebook", "42", "dana@example.com", False, "Dana Whitfield")
    proof = hmac.new(b"secret", b"an access token", sha256).hexdigest()
    assert speaker.asked[-1]["appsecret_proof"] == proof


def test_facebook_that_knows_nobody_is_refused(speaker: Speaker) -> None:
    speaker.expect(VERIFIER)
    speaker.person = {"error": {"message": "no", "code": 190}}

    with pytest.raises(IdentityRefused):
        facebook(speaker).claim(code="code", nonce="n", verifier=VERIFIER)
