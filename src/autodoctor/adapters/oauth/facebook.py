"""Facebook: OAuth 2 without OpenID Connect; who it is says the Graph API.

Facebook does not promise that an address is its person's, so it never counts as verified: it
opens an account only once its owner has shown it by a code, and joins one only when that
account's owner, signed in, links it.
"""

import hmac
from hashlib import sha256
from typing import Final

import attrs

from autodoctor.adapters.oauth.calling import ask, authorization
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import IdentityRefused

VERSION: Final = "v21.0"


@attrs.frozen(kw_only=True)
class FacebookSettings:
    app_id: str
    app_secret: str = attrs.field(repr=False)
    redirect_uri: str
    site: str = "https://www.facebook.com"
    graph: str = "https://graph.facebook.com"
    slug: str = "facebook"
    label: str = "Facebook"


class FacebookProvider:
    def __init__(self, settings: FacebookSettings) -> None:
        self.settings = settings

    def address(self, *, state: str, nonce: str, verifier: str) -> str:  # noqa: ARG002 - a nonce is for ID tokens
        return authorization(
            f"{self.settings.site}/{VERSION}/dialog/oauth",
            client_id=self.settings.app_id,
            redirect_uri=self.settings.redirect_uri,
            scope="email,public_profile",
            state=state,
            verifier=verifier,
        )

    def claim(self, *, code: str, nonce: str, verifier: str) -> Claimed:  # noqa: ARG002 - a nonce is for ID tokens
        form = {
            "client_id": self.settings.app_id,
            "client_secret": self.settings.app_secret,
            "redirect_uri": self.settings.redirect_uri,
            "code": code,
            "code_verifier": verifier,
        }
        url = f"{self.settings.graph}/{VERSION}/oauth/access_token"
        token = ask(self.settings.slug, lambda http: http.post(url, data=form)).get("access_token")
        if not isinstance(token, str):
            raise IdentityRefused("no access token")
        return self._person(token)

    def _person(self, token: str) -> Claimed:
        """`appsecret_proof` shows that the token was not carried off from somewhere else."""
        secret = self.settings.app_secret.encode()
        query = {
            "fields": "id,name,email",
            "access_token": token,
            "appsecret_proof": hmac.new(secret, token.encode(), sha256).hexdigest(),
        }
        url = f"{self.settings.graph}/{VERSION}/me"
        said = ask(self.settings.slug, lambda http: http.get(url, params=query))
        if not said.get("id"):
            raise IdentityRefused("nobody")
        return Claimed(
            provider=self.settings.slug,
            subject=str(said["id"]),
            email=str(said.get("email", "")),
            email_verified=False,
            name=str(said.get("name", "")),
        )
