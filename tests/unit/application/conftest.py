"""A town of each test's own, with everything kept in memory."""

import pytest

from autodoctor.testing.ports import Town, memory_town


@pytest.fixture
def town() -> Town:
    return memory_town()
