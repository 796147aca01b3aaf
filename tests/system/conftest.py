"""One installation for everything that looks at it from outside."""

from collections.abc import Iterator

import pytest

from support.running import Running, open_folder


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    here = Running(
        open_folder(tmp_path_factory, "system"),
        CRON_SECRET="cron-secret-of-the-tests",
        DEVELOPMENT_CLOCK="true",
    )
    here.start()
    yield here
    here.stop()
