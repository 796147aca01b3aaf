"""One sandbox for all tests that leave it as they found it; each has its own objects."""

from collections.abc import Iterator

import pytest

from .town import Listener, Town, new_sandbox


@pytest.fixture(scope="session")
def one_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data_dir = tmp_path_factory.mktemp("sandbox")
    with Listener() as listener, new_sandbox(data_dir, listener) as sandbox:
        town = Town(sandbox, listener)
        yield town
        town.close()


@pytest.fixture
def town(one_town: Town) -> Iterator[Town]:
    """Everything is delivered before the test begins, and switches are as at the start."""
    one_town.sandbox.command("forget_plans")
    one_town.sandbox.command("fault", mode="error", calls=0)
    one_town.listener.received.clear()
    yield one_town
    one_town.listener.answers.clear()
    one_town.sandbox.command("release")
    _settle(one_town)


def _settle(town: Town) -> None:
    """Waits for one last event, which comes after all the others."""
    account = town.stripe.accounts.create({"type": "express"})
    town.sandbox.command("forget_plans")
    town.sandbox.command("account", account=account.id, ready=True)
    town.listener.wait_for("account.updated")
