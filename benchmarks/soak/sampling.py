"""What an installation holds: memory and descriptors of each part, and connections."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import redis

from benchmarks.running import Running

Sample = dict[str, float]


def sample(running: Running) -> Sample:
    """By what it is of: megabytes that a part has for itself (shared pages are divided among those
    who share them), open descriptors, connections. Two things of PostgreSQL are left out, which
    fill up to a bound of theirs for hours: `shared_buffers`, and the open files of tables
    (`max_files_per_process`)."""
    found: defaultdict[str, float] = defaultdict(float)
    for part, processes in _parts(running.here.settings.data):
        for process in processes:
            with suppress(FileNotFoundError, ProcessLookupError):
                found[f"memory {part}"] += _megabytes(process)
                found[f"descriptors {part}"] += _descriptors(process)
    found["connections PostgreSQL"] = _postgres(running)
    found["connections Valkey"] = _valkey(running)
    return dict(found)


def _parts(data: Path) -> Iterator[tuple[str, list[Path]]]:
    """Each part with all that it has started, and what these have started."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
            children[int(after_name[1])].append(int(process.name))
    for pid_file in sorted((data / "run").glob("*.pid")):
        family = [int(pid_file.read_text())]
        for pid in family:
            family += children[pid]
        yield pid_file.stem, [Path(f"/proc/{pid}") for pid in family]


def _megabytes(process: Path) -> float:
    lines = (process / "smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {
        name: int(value.split()[0]) for name, _, value in (x.partition(":") for x in lines)
    }
    return (kilobytes["Pss"] - kilobytes["Pss_Shmem"]) / 1024


def _descriptors(process: Path) -> int:
    """Of all that it holds open, apart from files of tables."""
    tables = f"{(process / 'cwd').readlink()}/base/"
    count = 0
    for descriptor in (process / "fd").iterdir():
        with suppress(FileNotFoundError):
            count += not str(descriptor.readlink()).startswith(tables)
    return count


def _postgres(running: Running) -> int:
    with psycopg.connect(running.here.owner_url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity").fetchone()
    assert row is not None
    return int(row[0])


def _valkey(running: Running) -> int:
    client = redis.Redis.from_url(running.here.redis_url)
    try:
        return len(client.client_list())
    finally:
        client.close()
