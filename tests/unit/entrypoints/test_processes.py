"""A fork begins as a program of its own would. Each case runs in an interpreter of one thread, as
the supervisor is."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.waiting import until

BEGINNING = """
import os, signal, subprocess, sys, time
from pathlib import Path
from autodoctor.entrypoints.supervisor.processes import Surroundings, fork

log = Path(sys.argv[1])
found = Surroundings(
    name="a-part", log=log, environment={"SAID": "hello"}, stop_signal=signal.SIGTERM
)
signal.signal(signal.SIGTERM, lambda *_: print("the supervisor's handler", flush=True))
"""


def play(log: Path, case: str) -> list[str]:
    """What the case has printed; the part's own words are in the log."""
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + case, str(log)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.split()


def test_it_finds_its_surroundings_and_nothing_of_its_parents(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    case = """
kept = os.fdopen(os.dup2(os.open(os.devnull, os.O_RDONLY), 77))

def part():
    print(dict(os.environ), os.getcwd(), os.getsid(0) == os.getpid())
    print(os.path.exists(f"/proc/self/fd/{kept.fileno()}"))

child = fork(part, found)
print(child.wait(10), os.path.exists(f"/proc/self/fd/{kept.fileno()}"))
"""

    assert play(log, case) == ["0", "True"]
    assert log.read_text().splitlines() == ["{'SAID': 'hello'} / True", "False"]


@pytest.mark.parametrize(
    ("part", "code", "words"),
    [
        ("lambda: None", "0", ""),
        ("lambda: sys.exit(7)", "7", ""),
        ("lambda: sys.exit('no such setting')", "1", "no such setting\n"),
        ("lambda: sys.exit()", "0", ""),
        ("lambda: 1 / 0", "1", "ZeroDivisionError"),
        ("lambda: os.kill(os.getpid(), signal.SIGKILL)", "-9", ""),
    ],
)
def test_how_it_ends_is_told(part: str, code: str, words: str, tmp_path: Path) -> None:
    log = tmp_path / "part.log"

    assert play(log, f"print(fork({part}, found).wait(10))") == [code]
    assert words in log.read_text()


def test_it_stops_by_its_own_handlers_from_the_first_moment(tmp_path: Path) -> None:
    case = """
child = fork(lambda: time.sleep(30), found)
os.killpg(child.pid, signal.SIGTERM)
print(child.wait(10))
"""

    assert play(tmp_path / "part.log", case) == ["-15"]
    assert (tmp_path / "part.log").read_text() == ""


def test_waiting_for_it_has_an_end(tmp_path: Path) -> None:
    case = """
child = fork(lambda: time.sleep(30), found)
try:
    child.wait(0.05)
except subprocess.TimeoutExpired as error:
    print(error.cmd, child.poll())
os.kill(child.pid, signal.SIGKILL)
print(child.wait(10), child.wait(10))
"""

    assert play(tmp_path / "part.log", case) == ["a-part", "None", "-9", "-9"]


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    case = """
child = fork(lambda: time.sleep(30), found)
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + case, str(tmp_path / "part.log")],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )

    until("the child to be gone", lambda: _gone(int(done.stdout)))


def _gone(pid: int) -> bool:
    """Whoever takes in orphans may leave its remains for a while."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
