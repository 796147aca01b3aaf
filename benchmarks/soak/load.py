"""What people do to a site all day: consultations, pages, wrong passwords, streams, and requests
that are never finished."""

import socket
import threading
from collections import Counter
from collections.abc import Callable

import httpx

from autodoctor.entrypoints.demo.story import Story
from benchmarks.running import Running

PAGES = ("/", "/services-pricing", "/login", "/mechanics", "/api/plans", "/nowhere")
STREAMS = 20
UNFINISHED = b"POST /api/customer/login HTTP/1.1\r\nHost: soak\r\nContent-Length: 1000\r\n\r\n{"


class Load:
    """Threads that go on until they are stopped. `done` counts rounds, `failed` says why not."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._url = f"http://127.0.0.1:{running.port}"
        self._ending = threading.Event()
        self.done: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        rounds = (self._consultation, self._pages, self._pages, self._streams, self._unfinished)
        self._threads = [threading.Thread(target=self._repeat, args=(each,)) for each in rounds]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, each: Callable[[], None]) -> None:
        name = each.__name__.strip("_")
        while not self._ending.is_set():
            try:
                each()
            except (httpx.HTTPError, OSError, RuntimeError) as error:
                self.failed[f"{name}: {type(error).__name__}: {error}"[:120]] += 1
                self._ending.wait(1)
            else:
                self.done[name] += 1

    def _consultation(self) -> None:
        """From sign-up to payout, as `autodoctor demo` plays it."""
        Story(self._url, self._running.here.embedded.sandbox_url, lambda _: None).play()

    def _pages(self) -> None:
        """As a browser that comes, looks around, and forgets its password."""
        with httpx.Client(base_url=self._url, timeout=30) as client:
            for path in PAGES:
                if client.get(path).status_code >= 500:
                    raise RuntimeError(path)
            wrong = {"email": "nobody@soak.example", "password": "not the password"}
            client.post("/api/customer/login", json=wrong)

    def _streams(self) -> None:
        """Opened, held and dropped without a word."""
        with httpx.Client(base_url=self._url, timeout=30) as client:
            login = {"email": "customer@demo.autodoctor.example", "password": "demo-drive-2026"}
            client.post("/api/customer/login", json=login).raise_for_status()
            cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        head = f"GET /events HTTP/1.1\r\nHost: soak\r\nCookie: {cookie}\r\n\r\n".encode()
        address = ("127.0.0.1", self._running.here.settings.ports.realtime)
        self._hold(address, [head] * STREAMS)

    def _unfinished(self) -> None:
        self._hold(("127.0.0.1", self._running.port), [UNFINISHED] * STREAMS)

    def _hold(self, address: tuple[str, int], words: list[bytes], *, seconds: float = 5.0) -> None:
        opened = [socket.create_connection(address, timeout=30) for _ in words]
        try:
            for connection, said in zip(opened, words, strict=True):
                connection.sendall(said)
            self._ending.wait(seconds)
        finally:
            for connection in opened:
                connection.close()
