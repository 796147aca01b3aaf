"""Resolves pyproject's dependencies into lock files with hashes, naming no registry.

The locks are universal: they hold for every Python from OLDEST on and for every platform, and keep
the markers that say where a package is needed (async-timeout, for one, only before 3.11.3).
uv resolves, and is locked itself: it is what `make` installs first.
"""

import subprocess
import sys
from pathlib import Path

OLDEST = "3.11.0"
LOCKS = {
    "requirements.lock": ("server", "embedded"),
    "requirements-dev.lock": ("server", "embedded", "testing", "dev"),
    "requirements-node.lock": ("node",),
    "requirements-uv.lock": ("uv",),
}


def resolve(name: str, extras: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
    command += ["--universal", "--python-version", OLDEST]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--output-file", name, "pyproject.toml"]
    for extra in extras:
        command += ["--extra", extra]
    if name == "requirements-dev.lock":
        command += ["--constraint", "requirements.lock"]
    subprocess.run(command, check=True)
    lines = Path(name).read_text().splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("--")]
    Path(name).write_text("\n".join(kept) + "\n")


for lock, chosen in LOCKS.items():
    resolve(lock, chosen)
    sys.stdout.write(f"{lock}: resolved\n")
