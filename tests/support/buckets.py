"""A server that speaks S3's protocol, in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from support import plain
from support.waiting import until

START_SECONDS = 120.0
BUCKET = "autodoctor-files"


@contextmanager
def bucket() -> Iterator[str]:
    """A STORAGE_URL of an empty bucket on it. Whoever asks needs credentials, of any kind."""
    port = _free_port()
    endpoint = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        command,
        env=os.environ | {"MOTO_CALL_RESET_API": "false"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(endpoint, process)
            plain.put(f"{endpoint}/{BUCKET}").raise_for_status()
            yield f"s3://{BUCKET}/live?endpoint={endpoint}&region=us-east-1"
        finally:
            process.terminate()


def _wait(endpoint: str, process: subprocess.Popen[bytes]) -> None:
    def started() -> bool:
        assert process.poll() is None, "it ended by itself"
        return _answers(endpoint)

    until("the bucket's server", started, seconds=START_SECONDS)


def _answers(endpoint: str) -> bool:
    try:
        return plain.get(f"{endpoint}/moto-api/", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
