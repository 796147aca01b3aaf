"""Applications, documents and invitations that may be kept."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, Invitation, invite
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.ids import ApplicationId, DocumentId, FileId, InvitationId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.domain.vetting.document import Document, DocumentKind
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account

DAY = timedelta(days=1)


def new_application(kept: Transactions, **changes: Any) -> Application:
    given: dict[str, Any] = {
        "id": ApplicationId(uuid4()),
        "kind": ApplicationKind.MECHANIC,
        "subject_id": uuid4(),
        "applicant_id": an_account(kept).account_id,
        "created_at": AT,
    }
    return Application(**{**given, **changes})


def a_file(kept: Transactions, owner: Actor) -> FileId:
    file = File(
        id=FileId(uuid4()),
        owner_id=owner.account_id,
        name="papers.pdf",
        media_type="application/pdf",
        kind="document",
        size_bytes=10,
        storage_key=f"uploads/{uuid4()}.pdf",
        created_at=AT,
        stored_at=AT,
        purpose=FilePurpose.DOCUMENT,
    )
    with kept(SYSTEM) as tx:
        tx.files.add(file)
    return file.id


def new_document(kept: Transactions, **changes: Any) -> Document:
    given: dict[str, Any] = {
        "id": DocumentId(uuid4()),
        "subject_id": uuid4(),
        "kind": DocumentKind.INSURANCE,
        "uploaded_at": AT,
    }
    if "file_id" not in changes:
        given["file_id"] = a_file(kept, an_account(kept))
    return Document(**{**given, **changes})


def new_invitation(kept: Transactions, **changes: Any) -> Invitation:
    given: dict[str, Any] = {
        "invitation_id": InvitationId(uuid4()),
        "host": Host.WORKSHOP,
        "host_id": uuid4(),
        "email": EmailAddress(f"{uuid4().hex}@test.example"),
        "place": "mechanic",
        "code_hash": sha256(uuid4().bytes).digest(),
        "by": an_account(kept).account_id,
        "at": AT,
    }
    return invite(**{**given, **changes})[0]
