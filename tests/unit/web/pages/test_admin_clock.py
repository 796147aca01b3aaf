from datetime import timedelta
from pathlib import Path

import pytest

from autodoctor.entrypoints.web.pages.admin_clock import moved_text, offset_in, set_offset


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
