"""Two installations: one as it is, one whose guards are off, to show that the proofs can fail."""

from collections.abc import Iterator

import pytest

from support.running import Running, installation


@pytest.fixture(scope="package")
def guarded() -> Iterator[Running]:
    with installation("guarded", DEMO_PEOPLE="false") as running:
        yield running


@pytest.fixture(scope="package")
def unguarded() -> Iterator[Running]:
    off = "row_locks,versions"
    with installation("unguarded", DEMO_PEOPLE="false", GUARDS_OFF=off) as running:
        yield running
