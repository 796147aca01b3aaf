"""What health says of a part that is there and does not work."""

import socket
from types import SimpleNamespace
from typing import Any

from autodoctor.entrypoints.web import probes


def test_a_queue_that_accepts_and_says_nothing_is_not_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        url = f"redis://127.0.0.1:{hung.getsockname()[1]}"
        here: Any = SimpleNamespace(redis_url=url)

        assert not probes._queue(here)
        assert probes._listens(url), "which looking for a listener would not tell"
