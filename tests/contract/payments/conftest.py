"""Each test runs against the provider in memory, and against Stripe's SDK at the sandbox."""

from collections.abc import Iterator

import pytest

from autodoctor.adapters.embedded.stripe_sandbox.child import SandboxChild

from .provider import API_KEY, SECRET, AtSandbox, InMemory, Provider


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxChild]:
    child = SandboxChild(
        data_dir=tmp_path_factory.mktemp("sandbox"),
        webhook_url="http://127.0.0.1:9/nobody-listens",
        webhook_secret=SECRET,
        api_key=API_KEY,
    )
    with child:
        child.command("hold")
        yield child


@pytest.fixture(params=["memory", "stripe"])
def provider(request: pytest.FixtureRequest) -> Provider:
    if request.param == "memory":
        return InMemory()
    return AtSandbox(request.getfixturevalue("sandbox"))
