"""Resolves pyproject's dependencies into lock files with hashes, naming no registry.

uv resolves, and is locked itself: it is what `make` installs first.
"""

import subprocess
import sys
from pathlib import Path

LOCKS = {
    "requirements.lock": ("server", "embedded"),
    "requirements-dev.lock": ("server", "embedded", "testing", "dev"),
    "requirements-node.lock": ("node",),
    "requirements-uv.lock": ("uv",),
}


def resolve(name: str, extras: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
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
