"""Calls to other providers: short, counted in bytes, and their faults in our words."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from autodoctor.adapters import trust
from autodoctor.ports.identity import IdentityRefused, ProviderUnavailable

TIMEOUT_SECONDS: Final = 8.0

Answer = Mapping[str, Any]
Query = Mapping[str, str]


def ask(slug: str, call: Callable[[httpx.Client], httpx.Response]) -> Answer:
    """The JSON object that comes back. A refusal of the provider is IdentityRefused; no
    answer, or one that is none, is ProviderUnavailable. Redirects are not followed."""
    try:
        with httpx.Client(
            verify=trust.for_http(), timeout=TIMEOUT_SECONDS, headers={"Accept": "application/json"}
        ) as http:
            answer = call(http)
            said = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderUnavailable(slug) from error
    if answer.status_code >= 500 or not isinstance(said, dict):
        raise ProviderUnavailable(slug)
    if answer.status_code >= 400 or "error" in said:
        error_code = said.get("error")
        raise IdentityRefused(error_code if isinstance(error_code, str) else "refused")
    return said


def authorization(
    endpoint: str,
    *,
    client_id: str,
    redirect_uri: str,
    scope: str,
    state: str,
    verifier: str,
    **further: str,
) -> str:
    """Where a browser goes to, with PKCE's challenge."""
    address: str = prepare_grant_uri(
        endpoint,
        client_id,
        "code",
        redirect_uri=redirect_uri,
        scope=scope,
        state=state,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
        **further,
    )
    return address
