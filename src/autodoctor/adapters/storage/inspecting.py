"""Looks at one file in a process of its own, whose time and memory are limited.

python -m autodoctor.adapters.storage.inspecting KIND RESULT_FD CPU_SECONDS MEMORY_BYTES

The file comes on standard input. On standard output goes a verdict as JSON: `{"reason": …}` for a
file that is refused, `{"changed": true}` when RESULT_FD holds what is to be kept in its place.
"""

import json
import os
import resource
import sys
from shutil import copyfileobj
from typing import Final

WRITTEN_BYTES_MAX: Final = 256 * 1024 * 1024
OPEN_FILES_MAX: Final = 64
BEHIND: Final = 10
"""Added to the priority number: whoever clicks does not wait for what others upload."""


def limit(*, cpu_seconds: int, memory_bytes: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES_MAX),
        (resource.RLIMIT_NOFILE, OPEN_FILES_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.nice(BEHIND)


def verdict(announced: str, result_fd: int) -> dict[str, object]:
    # Not before the limits are set: what is imported reads files, too.
    from autodoctor.adapters.storage.inspect import inspected
    from autodoctor.ports.files import FileNotAcceptable

    copy = os.fdopen(sys.stdin.fileno(), "rb", closefd=False)
    try:
        kept = inspected(copy, announced)
    except FileNotAcceptable as refusal:
        return {"reason": refusal.reason}
    if kept is copy:
        return {"changed": False}
    kept.seek(0)
    with kept, os.fdopen(result_fd, "wb") as result:
        copyfileobj(kept, result)
    return {"changed": True}


def main() -> None:
    announced, result_fd, cpu_seconds, memory_bytes = sys.argv[1:]
    limit(cpu_seconds=int(cpu_seconds), memory_bytes=int(memory_bytes))
    sys.stdout.write(json.dumps(verdict(announced, int(result_fd))))


if __name__ == "__main__":
    main()
