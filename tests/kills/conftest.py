"""An installation of its own: its parts are killed."""

from collections.abc import Iterator

import pytest

from support.running import Running, open_folder


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(open_folder(tmp_path_factory, "mortal"), DEMO_PEOPLE="false")
    running.start()
    yield running
    running.stop()
