"""Applications, documents, invitations and the audit log in memory."""

from datetime import date, datetime
from uuid import UUID

import attrs

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Invitation, InvitationStatus
from autodoctor.domain.shared.ids import DocumentId
from autodoctor.domain.vetting.application import Application
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.ports.audit import Deed


class MemoryApplications(MemoryStore[Application]):
    kind = "application"
    unique = (lambda each: each.subject_id,)

    def of_subject(self, subject_id: UUID, /) -> Application | None:
        return next((row for row in self._rows.values() if row.subject_id == subject_id), None)


class MemorySubmittedDocuments(MemoryStore[Document]):
    kind = "document"
    unique = (lambda each: each.file_id,)

    def of_subject(self, subject_id: UUID, /) -> tuple[Document, ...]:
        mine = [row for row in self._rows.values() if row.subject_id == subject_id]
        return tuple(sorted(sorted(mine, key=_id), key=lambda row: row.uploaded_at, reverse=True))

    def remove(self, document_id: DocumentId, /) -> None:
        self._rows.pop(document_id, None)

    def expiring(self, *, on: date) -> tuple[Document, ...]:
        approved = (r for r in self._rows.values() if r.status is DocumentStatus.APPROVED)
        found = (row for row in approved if row.expires_on == on)
        return tuple(sorted(found, key=lambda row: (row.uploaded_at, row.id)))


class MemoryInvitations(MemoryStore[Invitation]):
    kind = "invitation"
    unique = (lambda each: each.code_hash,)

    def by_code(self, code_hash: bytes, /) -> Invitation | None:
        return next((row for row in self._rows.values() if row.code_hash == code_hash), None)

    def pending(self, host_id: UUID, email: EmailAddress, /, *, at: datetime) -> Invitation | None:
        for each in self.of_host(host_id):
            if each.email == email and each.status(at=at) is InvitationStatus.PENDING:
                return each
        return None

    def of_host(self, host_id: UUID, /) -> tuple[Invitation, ...]:
        mine = [row for row in self._rows.values() if row.host_id == host_id]
        return tuple(sorted(sorted(mine, key=_id), key=lambda row: row.created_at, reverse=True))


def _id(thing: Document | Invitation) -> UUID:
    return thing.id


@attrs.frozen
class MemoryAudit:
    _tables: Tables

    def record(self, deed: Deed, /) -> None:
        self._tables.audit[deed.id] = deed

    def of_subject(self, subject_id: UUID, /, *, most: int) -> tuple[Deed, ...]:
        mine = [deed for deed in self._newest_first() if deed.subject_id == subject_id]
        return tuple(mine[:most])

    def all(self, *, before: datetime | None = None, most: int) -> tuple[Deed, ...]:
        older = [deed for deed in self._newest_first() if before is None or deed.at < before]
        return tuple(older[:most])

    def _newest_first(self) -> list[Deed]:
        return list(reversed(self._tables.audit.values()))
