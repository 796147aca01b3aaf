"""Caught mails in a folder: one .eml file for each Message-ID."""

import os
from email.parser import BytesHeaderParser
from email.policy import compat32
from hashlib import sha256
from pathlib import Path
from uuid import uuid4


def keep(folder: Path, content: bytes) -> str:
    """Its id. A copy of a mail that is there already changes nothing; a file appears whole."""
    name = mail_id(content)
    folder.mkdir(parents=True, exist_ok=True)
    incoming = folder / f".{uuid4().hex}"
    incoming.write_bytes(content)
    try:
        os.link(incoming, folder / f"{name}.eml")
    except FileExistsError:
        return name
    finally:
        incoming.unlink()
    return name


def mail_id(content: bytes) -> str:
    """32 hex digits of the Message-ID; of the whole mail when it has none."""
    given = BytesHeaderParser(policy=compat32).parsebytes(content)["Message-ID"]
    identity = str(given).strip().encode("utf-8", "replace") if given else content
    return sha256(identity).hexdigest()[:32]
