"""OpenID Connect: discovery, the code flow, and what an ID token has to say.

Checked: the signature against the issuer's keys, issuer, audience and authorised party, expiry
and time of issue, our nonce, and that the access token is the one it was issued with.
"""

import time
from collections.abc import Callable
from typing import Any, Final

import attrs
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from autodoctor.adapters.oauth.calling import Answer, ask, authorization
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import IdentityRefused, ProviderUnavailable

SCOPE: Final = "openid email profile"
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
LEEWAY_SECONDS: Final = 60
KEPT_SECONDS: Final = 3600.0


@attrs.frozen(kw_only=True)
class OpenIdSettings:
    """`secret` is called for each exchange: Apple's is a token signed anew. `form_post` says
    that the provider comes back with a form instead of a link."""

    slug: str
    label: str
    issuer: str
    client_id: str
    secret: Callable[[], str] = attrs.field(repr=False)
    redirect_uri: str
    scope: str = SCOPE
    form_post: bool = False


class OpenIdProvider:
    def __init__(self, settings: OpenIdSettings) -> None:
        self.settings = settings
        self._kept: dict[str, tuple[float, Answer]] = {}

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        mode = {"response_mode": "form_post"} if self.settings.form_post else {}
        return authorization(
            str(self._document["authorization_endpoint"]),
            client_id=self.settings.client_id,
            redirect_uri=self.settings.redirect_uri,
            scope=self.settings.scope,
            state=state,
            verifier=verifier,
            nonce=nonce,
            **mode,
        )

    def claim(self, *, code: str, nonce: str, verifier: str) -> Claimed:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.settings.redirect_uri,
            "code_verifier": verifier,
            "client_id": self.settings.client_id,
            "client_secret": self.settings.secret(),
        }
        endpoint = str(self._document["token_endpoint"])
        tokens = ask(self.settings.slug, lambda http: http.post(endpoint, data=form))
        claims = self._checked(tokens, nonce)
        verified = claims.get("email_verified")
        return Claimed(
            provider=self.settings.slug,
            subject=str(claims["sub"]),
            email=str(claims.get("email", "")),
            email_verified=verified is True or verified == "true",
            name=str(claims.get("name", "")),
        )

    def _checked(self, tokens: Answer, nonce: str) -> CodeIDToken:
        try:
            token = self._signed(str(tokens.get("id_token", "")))
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": self.settings.issuer},
                    "aud": {"essential": True, "value": self.settings.client_id},
                },
                params={
                    "nonce": nonce,
                    "client_id": self.settings.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(time.time()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise IdentityRefused(type(error).__name__) from error
        return claims

    def _signed(self, text: str) -> jwt.Token:
        """A key that is not known yet may be new: the keys are asked for once more."""
        try:
            return jwt.decode(text, self._keys(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            self._kept.pop("jwks", None)
            return jwt.decode(text, self._keys(), algorithms=ALGORITHMS)

    def _keys(self) -> KeySet:
        keys: Any = self._get("jwks", str(self._document["jwks_uri"]))
        return KeySet.import_key_set(keys)

    @property
    def _document(self) -> Answer:
        issuer = self.settings.issuer
        url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        document = self._get("document", url)
        needed = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
        if document.get("issuer") != issuer or not needed <= document.keys():
            raise ProviderUnavailable(self.settings.slug)
        return document

    def _get(self, name: str, url: str) -> Answer:
        at = time.monotonic()
        kept = self._kept.get(name)
        if kept is None or at - kept[0] > KEPT_SECONDS:
            kept = (at, ask(self.settings.slug, lambda http: http.get(url)))
            self._kept[name] = kept
        return kept[1]
