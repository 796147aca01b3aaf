"""Real providers: one that is not ours in a process of its own, and one that lies on demand."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from autodoctor.adapters.oauth.openid import OpenIdProvider, OpenIdSettings
from support.providers import Speaker, free_port, speaking

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


def _started(*arguments: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, "the provider has not started"
        try:
            if httpx.get(f"{url}/jwks", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the provider does not answer")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    yield from _started("--require-nonce", "true")


@pytest.fixture(scope="module")
def stale_issuer() -> Iterator[str]:
    """Its tokens have expired when they are given out."""
    yield from _started("--token-max-age", "-600")


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    with speaking() as speaker:
        yield speaker


MakeProvider = Callable[..., OpenIdProvider]


@pytest.fixture
def make_provider() -> MakeProvider:
    return provider_at
