"""Two installations: one as it is, one whose guards are off, to show that the proofs can fail."""

from collections.abc import Iterator

import pytest

from support.running import Running, open_folder


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from _running(tmp_path_factory, "guarded")


@pytest.fixture(scope="session")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from _running(tmp_path_factory, "unguarded", GUARDS_OFF="row_locks,versions")


def _running(factory: pytest.TempPathFactory, name: str, **environment: str) -> Iterator[Running]:
    running = Running(open_folder(factory, name), DEMO_PEOPLE="false", **environment)
    running.start()
    yield running
    running.stop()
