"""What is Apple's own in Apple's OpenID Connect: the client's secret is a token that we sign
with our key (ES256), and it comes back with a form."""

import time
from collections.abc import Callable
from typing import Final

from joserfc import jwt
from joserfc.jwk import ECKey

from autodoctor.adapters.oauth.openid import OpenIdSettings

ISSUER: Final = "https://appleid.apple.com"
SECRET_SECONDS: Final = 300


def apple_settings(
    *,
    client_id: str,
    team_id: str,
    key_id: str,
    private_key: str,
    redirect_uri: str,
    issuer: str = ISSUER,
) -> OpenIdSettings:
    """`private_key` is the PEM that Apple gives out as a .p8 file."""
    return OpenIdSettings(
        slug="apple",
        label="Apple",
        issuer=issuer,
        client_id=client_id,
        secret=signed_secret(
            client_id=client_id,
            team_id=team_id,
            key_id=key_id,
            private_key=private_key,
            audience=issuer,
        ),
        redirect_uri=redirect_uri,
        scope="openid email name",
        form_post=True,
    )


def signed_secret(
    *, client_id: str, team_id: str, key_id: str, private_key: str, audience: str
) -> Callable[[], str]:
    key = ECKey.import_key(private_key)

    def secret() -> str:
        at = int(time.time())
        claims = {
            "iss": team_id,
            "iat": at,
            "exp": at + SECRET_SECONDS,
            "aud": audience,
            "sub": client_id,
        }
        return jwt.encode({"alg": "ES256", "kid": key_id}, claims, key)

    return secret
