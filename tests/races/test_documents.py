"""Ten of staff approve a document and ten reject it at once: one of them decides."""

from collections import Counter
from functools import partial
from uuid import uuid4

import httpx
import pytest

from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import DocumentId, FileId
from autodoctor.domain.vetting.document import Document, DocumentKind
from support.contest import at_once
from support.people import as_person, mechanic, person
from support.running import Running

pytestmark = [pytest.mark.races, pytest.mark.xdist_group("races")]

CONTENDERS = 20
ROUNDS = 10
VERDICTS = ({"approved": True}, {"approved": False, "reason": "Blurred."})


def pending(running: Running) -> Document:
    ports = running.here.ports
    owner, at = mechanic(ports).actor, ports.now()
    file = File(
        id=FileId(uuid4()),
        owner_id=owner.account_id,
        name="papers.pdf",
        media_type="application/pdf",
        kind="document",
        size_bytes=10,
        storage_key=f"uploads/{uuid4()}.pdf",
        created_at=at,
        stored_at=at,
        purpose=FilePurpose.DOCUMENT,
    )
    document = Document(
        id=DocumentId(uuid4()),
        subject_id=owner.mechanic_id,
        file_id=file.id,
        kind=DocumentKind.OTHER,
        uploaded_at=at,
    )
    with ports.transactions(SYSTEM) as tx:
        tx.files.add(file)
        tx.submitted_documents.add(document)
    return document


def review(client: httpx.Client, document: Document, verdict: dict[str, object]) -> int:
    path = f"/api/admin/mechanic-documents/{document.id}/review"
    return client.post(path, json=verdict).status_code


def contest(running: Running) -> tuple[Document, Counter[int]]:
    document = pending(running)
    staff = [person(running.here.ports, Role.ADMIN) for _ in range(CONTENDERS)]
    clients = [as_person(running.url, each) for each in staff]
    deeds = [
        partial(review, client, document, VERDICTS[number % 2])
        for number, client in enumerate(clients)
    ]
    answers = at_once(deeds)
    for client in clients:
        client.close()
    return document, Counter(answers)


def deeds_of(running: Running, document: Document) -> list[str]:
    with running.here.ports.transactions(SYSTEM) as tx:
        return [deed.action for deed in tx.audit.of_subject(document.subject_id, most=99)]


def test_one_verdict_stands_and_is_written_down_once(guarded: Running) -> None:
    for _ in range(ROUNDS):
        document, answers = contest(guarded)

        assert answers == Counter({200: CONTENDERS // 2, 409: CONTENDERS // 2})
        assert len(deeds_of(guarded, document)) == 1


def test_without_locks_and_versions_several_decide(unguarded: Running) -> None:
    decided = max(len(deeds_of(unguarded, contest(unguarded)[0])) for _ in range(ROUNDS))

    assert decided > 1
