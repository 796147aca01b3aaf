"""An installation for tests leaves nothing behind, whatever becomes of it."""

import os
import signal
import socket
from pathlib import Path

import pytest

from support.running import Running, installation, left_behind, open_folder
from support.waiting import until

pytestmark = pytest.mark.xdist_group("running")


def supervisor(running: Running) -> int:
    process = running._process
    assert process is not None, "it was started"
    return process.pid


def pids(running: Running) -> set[int]:
    """Of every part, and of its supervisor."""
    files = (running.folder / "run").glob("*.pid")
    return {supervisor(running), *(int(file.read_text()) for file in files)}


def test_a_test_that_fails_leaves_no_process_and_no_folder() -> None:
    seen: list[Path] = []

    def fail() -> None:
        with installation("failing", DEMO_PEOPLE="false") as running:
            seen.append(running.folder)
            assert pids(running) < set(left_behind(running.folder))
            threads = Path(f"/proc/{supervisor(running)}/task")
            assert len(list(threads.iterdir())) == 1, "only then it may fork"
            raise AssertionError("as tests do")

    with pytest.raises(AssertionError, match="as tests do"):
        fail()

    assert left_behind(seen[0]) == []
    assert not seen[0].exists()


def test_a_start_that_fails_leaves_no_process() -> None:
    with open_folder("slow") as folder:
        running = Running(folder)

        with pytest.raises(RuntimeError):
            running.start(seconds=0.5)

        assert left_behind(folder) != [], "it is still starting"
        running.stop()
        assert left_behind(folder) == []


def test_a_killed_supervisor_leaves_no_process() -> None:
    with installation("headless", DEMO_PEOPLE="false") as running:
        os.kill(supervisor(running), signal.SIGKILL)
        assert left_behind(running.folder) != [], "its parts run on"
        folder = running.folder

    assert left_behind(folder) == []


def test_after_a_killed_supervisor_the_next_start_works() -> None:
    with installation("again", DEMO_PEOPLE="false") as running:
        held = socket.create_connection(("127.0.0.1", running.port))
        held.sendall(b"POST /login HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nx")
        os.kill(supervisor(running), signal.SIGKILL)
        running.ask(signal.SIGKILL)

        running.start()

        assert running.healthy()
        held.close()


def test_a_closed_terminal_ends_every_part() -> None:
    with installation("hung-up", DEMO_PEOPLE="false") as running:
        assert running.ask(signal.SIGHUP) == 0

        assert left_behind(running.folder) == []


def test_a_taken_port_is_said_in_one_line() -> None:
    with open_folder("taken") as folder:
        running = Running(folder, DEMO_PEOPLE="false")
        with socket.create_server(("127.0.0.1", running.port)), pytest.raises(RuntimeError):
            running.start()

        said = (folder / "up.log").read_text().splitlines()
        running.stop()

    assert said == [
        "Starting autodoctor …",
        f"Error: Port {running.port} (web) is taken: Address already in use. Set PORT to another "
        "number; the other ports follow from it.",
    ]


def test_control_c_ends_every_part_by_itself() -> None:
    with installation("interrupted", DEMO_PEOPLE="false") as running:
        assert running.ask(signal.SIGINT) == 0

        assert left_behind(running.folder) == []
        assert (running.folder / "up.log").read_text().endswith("Stopped; the data stays.\n")


def test_control_c_ends_it_while_it_starts_too() -> None:
    with open_folder("hurried") as folder:
        running = Running(folder, DEMO_PEOPLE="false")
        with pytest.raises(RuntimeError, match="to be healthy"):
            running.start(seconds=0.1)
        until("its first part", lambda: "✓" in (folder / "up.log").read_text())

        assert running.ask(signal.SIGINT) == 0

        assert left_behind(folder) == []
        running.stop()


def test_a_folder_stays_open_when_another_run_begins(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Each run of pytest closes pytest's own base to others; ours lies elsewhere."""
    with open_folder("open") as folder:
        base = tmp_path_factory.getbasetemp()

        assert not folder.is_relative_to(base.parent)
        assert folder.stat().st_mode & 0o055 == 0o055
