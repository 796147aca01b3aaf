"""PostgreSQL refuses to run as root: a system user of its own runs it there."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

NAME = "autodoctor-postgres"


class NotPassable(RuntimeError):
    """A folder above the data cannot be entered by the user that runs PostgreSQL."""


def run_as() -> str | None:
    """The user to run as; None when we are not root and run it ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        subprocess.run(
            [_useradd(), "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            check=True,
            capture_output=True,
        )
    return NAME


def _useradd() -> str:
    found = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise RuntimeError(
            "PostgreSQL cannot run as root and 'useradd' is missing here: run as another user, "
            "or point DATABASE_URL at a PostgreSQL of yours."
        )
    return found


def hand_over(folder: Path, user: str) -> None:
    """Give `folder` and all in it to `user`; NotPassable names a parent it cannot enter."""
    entry = pwd.getpwnam(user)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
    check_passable(folder, user)


def check_passable(path: Path, user: str) -> None:
    for parent in path.resolve().parents:
        if not parent.stat().st_mode & 0o001:
            raise NotPassable(
                f"PostgreSQL runs as the user {user} here and cannot enter {parent}. Allow it "
                f"(chmod o+x {parent}), or set DATA_DIR to a folder that everybody can reach; "
                "the project itself has to lie in such a place as well."
            )
