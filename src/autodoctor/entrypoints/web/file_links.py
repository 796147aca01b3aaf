"""Links to files: made for one login, good while it lasts and its person may see the file."""

from typing import Final
from uuid import UUID

import attrs

from autodoctor.application.room.faces import face_of_other
from autodoctor.domain.room.file import DOWNLOAD_LINK_LASTS
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.files import LinkInvalid
from autodoctor.ports.stores import Missing

DOWNLOAD: Final = "download"
FACE: Final = "face"


@attrs.frozen
class Asked:
    """A file that a link names. `actor` is for whom it is read: the store shows it to nobody
    else."""

    file_id: FileId
    actor: Actor


def file_link(here: Call, file_id: FileId) -> str:
    """For whoever has just shown that they may see it; good for an hour at most."""
    return _signed(here, DOWNLOAD, f"{file_id} {here.inside.login.id}")


def face_link(here: Call, file_id: FileId, session_id: SessionId) -> str:
    """The photo of the other side of a session; good while one is inside."""
    return _signed(here, FACE, f"{file_id} {here.inside.login.id} {session_id}")


def _signed(here: Call, purpose: str, subject: str) -> str:
    expires_at = here.ports.now() + DOWNLOAD_LINK_LASTS
    token = here.web.links.sign(purpose, subject, expires_at=expires_at)
    return f"/files/{token}" if purpose == DOWNLOAD else f"/files/{token}?of={purpose}"


def asked(here: Call, token: str, purpose: str) -> Asked:
    """Raises LinkInvalid, also for another login than the link was made for; Missing once the
    face is nobody's whom one is with."""
    signed = here.web.links.check(purpose, token, at=here.ports.now())
    file, login, *session = (UUID(each) for each in signed.split(" "))
    if here.actor is None or here.inside.login.id != login:
        raise LinkInvalid()
    if purpose == DOWNLOAD:
        return Asked(FileId(file), here.who)
    (session_id,) = session
    if face_of_other(here.ports, actor=here.who, session_id=SessionId(session_id)) != file:
        raise Missing("file")
    return Asked(FileId(file), SYSTEM)
