"""The development clock moves every part, the payment sandbox too."""

import time

import pytest

from support import plain
from support.running import Running

pytestmark = pytest.mark.xdist_group("system")


def test_the_sandbox_follows_the_clock(running: Running) -> None:
    here = running.here.embedded
    before = here.clock_offset().total_seconds()
    here.clock_file.write_text(str(before + 3600), encoding="ascii")
    try:
        accounts = f"{here.sandbox_url}/v1/accounts"
        made = plain.post(accounts, auth=(here.stripe_key, ""), data={"type": "express"})
    finally:
        here.clock_file.write_text(str(before), encoding="ascii")

    assert made.json()["created"] - time.time() == pytest.approx(before + 3600, abs=60)
