"""One installation for everything that looks at it from outside."""

from collections.abc import Iterator

import pytest

from support.running import Running, installation


@pytest.fixture(scope="package")
def running() -> Iterator[Running]:
    secret = "cron-secret-of-the-tests"
    with installation("system", CRON_SECRET=secret, DEVELOPMENT_CLOCK="true") as running:
        yield running
