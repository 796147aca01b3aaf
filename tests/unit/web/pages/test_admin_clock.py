from datetime import timedelta
from pathlib import Path

import pytest

from autodoctor.application.operations.due import lapse_leases, run_timers
from autodoctor.application.sessions.room import join
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.entrypoints.web.pages.admin_clock import moved_text, offset_in, set_offset
from autodoctor.testing.ports import Town, an_admin, memory_town
from support.towns import matched, now
from support.web import logged_in, web_in


@pytest.fixture
def town() -> Town:
    return memory_town()


def test_a_clock_nobody_moved_is_the_machines(tmp_path: Path) -> None:
    assert offset_in(tmp_path / "clock") == timedelta(0)


def test_an_offset_is_kept_for_every_process_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "clock"

    set_offset(file, timedelta(minutes=15))

    assert offset_in(file) == timedelta(minutes=15)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("offset", "told"),
    [
        (timedelta(0), "As this machine's clock"),
        (timedelta(seconds=90), "1 min 30 s ahead of this machine's clock"),
        (timedelta(hours=26), "26 h ahead of this machine's clock"),
    ],
)
def test_the_offset_is_told_in_words(offset: timedelta, told: str) -> None:
    assert moved_text(offset) == told


def test_whoever_is_in_a_room_stays_when_the_clock_is_moved(town: Town, tmp_path: Path) -> None:
    pair, file = matched(town), tmp_path / "clock"
    join(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    app = web_in(town, alone=True, clock_file=str(file))
    app.config["WTF_CSRF_ENABLED"] = False
    staff = logged_in(app, town, an_admin(town.ports))

    staff.post("/dev/clock", data={"by": "600"})
    town.clock.advance(offset_in(file))
    lapse_leases(town.ports)
    run_timers(town.ports)

    assert offset_in(file) == timedelta(minutes=10)
    assert now(town, pair.session).status is SessionStatus.CANCELLED, "the mechanic has waited"
