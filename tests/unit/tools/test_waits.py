"""A test that waits a fixed time is named with its line."""

import pytest

from tools.waits import TAKES_TIME, WAITING, complaints


@pytest.mark.parametrize(
    "line",
    [
        "time.sleep(1)",
        "await asyncio.sleep(0)",
        "page.wait_for_timeout(500)",
        "pool.submit(time.sleep, 1)",
        "from time import sleep",
        "from support.waiting import let_pass",
    ],
)
def test_a_fixed_time_is_found(line: str) -> None:
    source = f"async def test():\n    {line}\n"

    (told,) = complaints("tests/unit/test_it.py", source)

    assert told.startswith("tests/unit/test_it.py:2: ")


@pytest.mark.parametrize("line", ["until('it', ask)", "# time.sleep(1)", "'time.sleep(1)'"])
def test_waiting_for_something_is_fine(line: str) -> None:
    assert complaints("tests/unit/test_it.py", f"{line}\n") == []


def test_only_those_listed_let_time_pass_and_none_of_them_sleeps() -> None:
    listed = next(iter(TAKES_TIME))

    assert complaints(listed, "from support.waiting import let_pass\n") == []
    assert complaints(listed, "time.sleep(1)\n") != []
    assert complaints(WAITING, "time.sleep(1)\n") == []
