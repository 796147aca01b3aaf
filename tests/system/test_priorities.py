"""Who goes first when there is not enough processor for everybody."""

import os
from pathlib import Path

import pytest

from autodoctor.entrypoints.worker.main import BEHIND
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")


def test_the_worker_is_behind_web_in_its_own_group_and_as_a_group(running: Running) -> None:
    web, worker = running.pid("web"), running.pid("worker")

    assert priority(worker) - priority(web) == BEHIND
    if Path("/proc/self/autogroup").exists():
        assert group_priority(worker) - group_priority(web) == BEHIND


def priority(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def group_priority(pid: int) -> int:
    """man 7 sched: "/autogroup-25 nice 0"."""
    return int(Path(f"/proc/{pid}/autogroup").read_text().rsplit(" ", 1)[1])
