"""Applications, documents, invitations and the audit log in PostgreSQL."""

from datetime import date, datetime
from uuid import UUID

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore, stored
from autodoctor.adapters.postgres.tables.vetting import (
    applications,
    audit,
    documents,
    invitations,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, Invitation
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import DocumentId
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import Document, DocumentKind, DocumentStatus
from autodoctor.ports.audit import Deed


def application_of(row: RowMapping) -> Application:
    kind, status = ApplicationKind(row["kind"]), ApplicationStatus(row["status"])
    return Application(**{**row, "kind": kind, "status": status})


def document_of(row: RowMapping) -> Document:
    kind, status = DocumentKind(row["kind"]), DocumentStatus(row["status"])
    return Document(**{**row, "kind": kind, "status": status})


def invitation_row(invitation: Invitation) -> Row:
    return plain(invitation) | {"email": invitation.email.text}


def invitation_of(row: RowMapping) -> Invitation:
    host, email = Host(row["host"]), EmailAddress(row["email"])
    return Invitation(**{**row, "host": host, "email": email})


class PostgresApplications(RowStore[Application]):
    mapped = Mapped(applications, plain, application_of)

    def of_subject(self, subject_id: UUID, /) -> Application | None:
        return self._one(_APPLICATION, {"subject_id": subject_id})


class PostgresSubmittedDocuments(RowStore[Document]):
    mapped = Mapped(documents, plain, document_of)

    def of_subject(self, subject_id: UUID, /) -> tuple[Document, ...]:
        return self._all(_DOCUMENTS, {"subject_id": subject_id})

    def remove(self, document_id: DocumentId, /) -> None:
        self._connection.execute(delete(documents).where(documents.c.id == document_id))

    def expiring(self, *, on: date) -> tuple[Document, ...]:
        return self._all(_EXPIRING, {"on": on})


class PostgresInvitations(RowStore[Invitation]):
    mapped = Mapped(invitations, invitation_row, invitation_of)

    def by_code(self, code_hash: bytes, /) -> Invitation | None:
        return self._one(_BY_CODE, {"code_hash": code_hash})

    def pending(self, host_id: UUID, email: EmailAddress, /, *, at: datetime) -> Invitation | None:
        return self._one(_PENDING, {"host_id": host_id, "email": email.text, "at": at})

    def of_host(self, host_id: UUID, /) -> tuple[Invitation, ...]:
        return self._all(_OF_HOST, {"host_id": host_id})


_APPLICATION = select(applications).where(applications.c.subject_id == bindparam("subject_id"))
_DOCUMENTS = (
    select(*stored(documents))
    .where(documents.c.subject_id == bindparam("subject_id"))
    .order_by(documents.c.uploaded_at.desc(), documents.c.id)
)
_EXPIRING = (
    select(*stored(documents))
    .where(documents.c.status == DocumentStatus.APPROVED, documents.c.expires_on == bindparam("on"))
    .order_by(documents.c.uploaded_at, documents.c.id)
)
_BY_CODE = select(invitations).where(invitations.c.code_hash == bindparam("code_hash"))
_NEWEST_FIRST = (invitations.c.created_at.desc(), invitations.c.id)
_PENDING = (
    select(invitations)
    .where(
        invitations.c.host_id == bindparam("host_id"),
        invitations.c.email == bindparam("email"),
        invitations.c.accepted_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > bindparam("at"),
    )
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)
_OF_HOST = (
    select(invitations)
    .where(invitations.c.host_id == bindparam("host_id"))
    .order_by(*_NEWEST_FIRST)
)


def deed_of(row: RowMapping) -> Deed:
    values = {name: value for name, value in row.items() if name != "position"}
    return Deed(**{**values, "actor_role": Role(row["actor_role"])})


@attrs.frozen
class PostgresAudit:
    _connection: Connection

    def record(self, deed: Deed, /) -> None:
        self._connection.execute(insert(audit), attrs.asdict(deed, recurse=False))

    def of_subject(self, subject_id: UUID, /, *, most: int) -> tuple[Deed, ...]:
        mine = select(audit).where(audit.c.subject_id == subject_id)
        found = mine.order_by(audit.c.position.desc()).limit(most)
        return tuple(map(deed_of, self._connection.execute(found).mappings()))

    def all(self, *, before: datetime | None = None, most: int) -> tuple[Deed, ...]:
        older = select(audit) if before is None else select(audit).where(audit.c.at < before)
        found = older.order_by(audit.c.position.desc()).limit(most)
        return tuple(map(deed_of, self._connection.execute(found).mappings()))
