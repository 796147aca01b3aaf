"""Real providers: one that is not ours in a process of its own, and one that lies on demand."""

from collections.abc import Callable, Iterator

import pytest

from autodoctor.adapters.oauth.openid import OpenIdProvider, OpenIdSettings
from support.providers import Speaker, free_port, provider_process, speaking

BACK = "https://autodoctor.example/auth/example/callback"


def provider_at(issuer: str, **changes: object) -> OpenIdProvider:
    fields: dict[str, object] = {
        "slug": "example",
        "label": "Example",
        "issuer": issuer,
        "client_id": "our-client",
        "secret": lambda: "our secret",
        "redirect_uri": BACK,
    }
    return OpenIdProvider(OpenIdSettings(**(fields | changes)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider_process(free_port(), "--require-nonce", "true") as url:
        yield url


@pytest.fixture(scope="module")
def stale_issuer() -> Iterator[str]:
    """Its tokens have expired when they are given out."""
    with provider_process(free_port(), "--token-max-age", "-600") as url:
        yield url


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    with speaking() as speaker:
        yield speaker


MakeProvider = Callable[..., OpenIdProvider]


@pytest.fixture
def make_provider() -> MakeProvider:
    return provider_at
