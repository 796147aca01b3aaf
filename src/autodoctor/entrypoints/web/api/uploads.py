"""Uploading: a signed link first, then the bytes."""

from datetime import datetime
from typing import IO, Annotated, BinaryIO, cast
from uuid import UUID

import attrs
from flask import request
from msgspec import Meta
from werkzeug.exceptions import LengthRequired

from autodoctor.application.access.room import UPLOAD
from autodoctor.application.room.files import announce, upload
from autodoctor.domain.room.file import UPLOAD_LINK_LASTS, UploadQuotaReached
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.body_limits import UPLOAD_BYTES_MAX
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.files import FileNotAcceptable, FileTooLarge, InspectionBusy, LinkInvalid
from autodoctor.ports.stores import Missing

uploads = Endpoints("Uploads")


class AnnounceBody(Body):
    name: Annotated[str, Meta(max_length=300)]
    media_type: str
    size_bytes: int
    description: Annotated[str, Meta(max_length=500)] = ""


@attrs.frozen(kw_only=True)
class UploadAnswer:
    """Send the bytes to `url`, as they are, before it expires."""

    file_id: UUID
    url: str
    expires_at: datetime


@uploads.route(
    "POST",
    "/api/uploads/sign",
    action=UPLOAD,
    body=AnnounceBody,
    answer=UploadAnswer,
    status=201,
    refusals=(InvalidField, UploadQuotaReached),
)
def sign(call: Call, *, body: AnnounceBody) -> UploadAnswer:
    """Announce a file and get a link to send it to, good for ten minutes."""
    file = announce(
        call.ports,
        actor=call.who,
        name=body.name,
        media_type=body.media_type,
        size_bytes=body.size_bytes,
        description=body.description,
    )
    expires_at = file.created_at + UPLOAD_LINK_LASTS
    token = call.web.links.sign("upload", str(file.id), expires_at=expires_at)
    url = f"/api/uploads/put?token={token}"
    return UploadAnswer(file_id=file.id, url=url, expires_at=expires_at)


class PutQuery(Body):
    token: str


@attrs.frozen(kw_only=True)
class StoredAnswer:
    file_id: UUID
    media_type: str
    size_bytes: int


@uploads.route(
    "POST",
    "/api/uploads/put",
    action=UPLOAD,
    query=PutQuery,
    answer=StoredAnswer,
    refusals=(LinkInvalid, Missing, FileTooLarge, FileNotAcceptable, InspectionBusy),
    keyed=False,
    bytes_max=UPLOAD_BYTES_MAX,
)
def put(call: Call, *, query: PutQuery) -> StoredAnswer:
    """Send a file's bytes to its link. What it really is decides, not what it is called."""
    subject = call.web.links.check("upload", query.token, at=call.ports.now())
    content = cast(BinaryIO, Whole(request.stream, _length()))
    file = upload(call.ports, actor=call.who, file_id=FileId(UUID(subject)), content=content)
    return StoredAnswer(file_id=file.id, media_type=file.media_type, size_bytes=file.size_bytes)


def _length() -> int:
    """Nobody can tell whether all of a file came that does not say how long it is."""
    if request.content_length is None:
        raise LengthRequired("Say how long the file is, with Content-Length.")
    return request.content_length


@attrs.define
class Whole:
    """A body that has to come to its end: FileNotAcceptable when the line breaks before."""

    _stream: IO[bytes]
    _missing: int

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._stream.read(size)
        self._missing -= len(chunk)
        if not chunk and self._missing > 0:
            raise FileNotAcceptable("The file broke off on its way; send it again.")
        return chunk
