"""An installation of its own: its parts are killed."""

from collections.abc import Iterator

import pytest

from support.running import Running, installation


@pytest.fixture(scope="module")
def mortal() -> Iterator[Running]:
    with installation("mortal", DEMO_PEOPLE="false") as running:
        yield running
