"""A page's live stream, as it is heard from outside."""

import threading
import time

import httpx

from support import plain
from support.people import Person
from support.running import Running
from support.waiting import until


class Stream:
    """Listens until it is closed from the other side."""

    def __init__(self, running: Running, who: Person) -> None:
        self.heard: list[str] = []
        self.closed_at: float | None = None
        self._url = f"http://127.0.0.1:{running.port + 1}/events"
        self._headers = who.headers
        self._response: httpx.Response | None = None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        until("the stream", lambda: "event: hello" in self.heard)

    def _listen(self) -> None:
        try:
            with plain.stream("GET", self._url, headers=self._headers, timeout=30) as response:
                self._response = response
                for line in response.iter_lines():
                    self.heard.append(line)
        except (httpx.HTTPError, httpx.StreamError):
            self.heard.append("broken")
        self.closed_at = time.monotonic()

    def closes_within(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()
