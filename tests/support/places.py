"""Where the processes of one run of tests find what they share."""

import tempfile
from pathlib import Path
from typing import Final

PREPARED: Final = "AUTODOCTOR_TESTS_PREPARED"
"""In the environment: the workers of pytest-xdist have it from who starts them."""


def make_place() -> Path:
    """Open to the user who runs PostgreSQL."""
    place = Path(tempfile.mkdtemp(prefix="autodoctor-prepared-"))
    place.chmod(0o755)
    return place
