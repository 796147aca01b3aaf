"""Every process knows the time zones of the package, however old the system's are."""

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

ASK = """
from datetime import datetime
from zoneinfo import ZoneInfo
import autodoctor.entrypoints.{module}
print(datetime(2026, 7, 1, tzinfo=ZoneInfo("America/Vancouver")).utcoffset())
"""


@pytest.mark.parametrize("module", ["cli.main", "own_parts", "web.server.serve", "worker.main"])
def test_an_outdated_system_does_not_move_the_clock(tmp_path: Path, module: str) -> None:
    outdated = tmp_path / "America" / "Vancouver"
    outdated.parent.mkdir()
    outdated.write_bytes(resources.files("tzdata").joinpath("zoneinfo", "UTC").read_bytes())

    done = subprocess.run(
        [sys.executable, "-c", ASK.format(module=module)],
        env=os.environ | {"PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "-1 day, 17:00:00"
