"""What holds for every run of the tests."""

import gc
import json
import os
import shutil
import zoneinfo
from pathlib import Path
from typing import Final

import coverage
import pytest
from hypothesis import settings

from support.places import PREPARED, make_place

zoneinfo.reset_tzpath(())
"""As in every process of ours, whichever test is the first."""

gc.disable()
"""Until all tests are found: nothing of it is garbage."""

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
"""How long an example takes says more of what else the machine does than of the example."""


def pytest_configure(config: pytest.Config) -> None:
    """Whoever starts the workers makes the place that all of them share, and takes it away."""
    if PREPARED not in os.environ:
        os.environ[PREPARED] = str(make_place())
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(PREPARED)))


HAS_SECOND_TRY: Final = frozenset({"browser", "races", "kills"})

_failed: dict[str, bool] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """For `tools/run_tests.py`: what failed, without the group that pytest-xdist puts behind it,
    and whether it is tried once more."""
    if report.failed:
        grouped = "xdist_group" in report.keywords
        nodeid = report.nodeid.rpartition("@")[0] if grouped else report.nodeid
        _failed[nodeid] = bool(HAS_SECOND_TRY & set(report.keywords))


def _keep_coverage() -> None:
    """Of `make coverage`: pytest-xdist ends a worker that takes ten seconds for its last words, and
    on a busy machine what it has counted takes longer to write."""
    counting = coverage.Coverage.current()
    if counting is not None:
        counting.save()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Only the process that starts the workers hears of all tests."""
    _keep_coverage()
    told = os.environ.get("FAILURES_FILE")
    if told and not hasattr(session.config, "workerinput"):
        Path(told).write_text(json.dumps(_failed))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one group share an installation and change it: spread over two workers they start
    it twice and, where one prepares what the next looks at, tell of faults that are none.
    pytest-xdist writes the group into the id, and with pytest 9.2 it no longer gets there
    (github.com/pytest-dev/pytest-xdist/issues/1386)."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}"):
            raise pytest.UsageError(f"{item.nodeid} is not kept together with its group.")


def pytest_collection_finish() -> None:
    """Eight thousand tests and all they are made of stay until the end: whoever looks for garbage
    need not look there each time."""
    gc.collect()
    gc.freeze()
    gc.enable()
