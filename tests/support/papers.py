"""A document that somebody has handed in: a picture of 640 by 400."""

import io
from datetime import date
from uuid import uuid4

from PIL import Image

from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import DocumentId, FileId
from autodoctor.domain.vetting.document import Document, DocumentKind
from autodoctor.ports.bundle import Ports
from support.people import Person


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (640, 400), "#2a6f77").save(kept, "PNG")
    return kept.getvalue()


def a_paper(ports: Ports, who: Person, kind: DocumentKind, *, name: str = "") -> None:
    content, file_id = picture(), FileId(uuid4())
    file = File(
        id=file_id,
        owner_id=who.id,
        name=name or f"{kind}.png",
        media_type="image/png",
        kind="image",
        size_bytes=len(content),
        storage_key=f"uploads/{file_id}.png",
        created_at=ports.now(),
    )
    size = ports.storage.write(file.storage_key, iter([content]), media_type="image/png")
    stored = file.store(media_type="image/png", size_bytes=size, at=ports.now())
    used = stored.use_for(FilePurpose.DOCUMENT)
    document = Document(
        id=DocumentId(uuid4()),
        subject_id=who.id,
        file_id=file_id,
        kind=kind,
        uploaded_at=ports.now(),
        number="ON-4471",
        expires_on=date(2031, 5, 17),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.files.add(file)
        tx.files.save(used)
        tx.submitted_documents.add(document)
