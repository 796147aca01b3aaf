"""A town of each test's own, with everything kept in memory."""

import pytest
import structlog

from autodoctor.testing.ports import Town, memory_town

# Painting a traceback takes longer than what failed.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
)


@pytest.fixture
def town() -> Town:
    return memory_town()
