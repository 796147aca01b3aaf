"""What is said, shown and written in PostgreSQL, under row-level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import attrs
from sqlalchemy import (
    Connection,
    RowMapping,
    bindparam,
    case,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from autodoctor.adapters.postgres.rows import Row, constraint
from autodoctor.adapters.postgres.tables.room import (
    LIVE_ONLY,
    amendments,
    files,
    messages,
    notes,
    ratings,
    read_marks,
    reports,
    upload_days,
)
from autodoctor.adapters.postgres.tables.sessions import RATED_INDEPENDENTLY
from autodoctor.domain.mechanics.reputation import AlreadyRated
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File, FilePurpose, UploadDay
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Amendment, Notes, Rating, Report, ReportWritten
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.independence import OwnRating
from autodoctor.domain.sessions.speech import ShortMessagesOnly
from autodoctor.domain.shared.ids import AccountId, CustomerId, FileId, IntakeId, SessionId
from autodoctor.ports.stores import Missing


def message_of(row: RowMapping) -> Message:
    canned = None if row["canned"] is None else Canned(row["canned"])
    text = row["text"] if canned is None else canned.text
    written = {"text": text, "canned": canned, "file_ids": tuple(row["file_ids"])}
    return Message(**{**row, **written})


def message_row(message: Message) -> Row:
    values: Row = attrs.asdict(message, recurse=False)
    del values["position"]
    text = "" if message.canned else message.text
    return values | {"text": text, "file_ids": list(message.file_ids)}


@contextmanager
def _while_live(session_id: SessionId | None) -> Iterator[None]:
    """Around what PostgreSQL takes into a session only while it is live."""
    try:
        yield
    except IntegrityError as error:
        if constraint(error) == LIVE_ONLY and session_id is not None:
            raise ShortMessagesOnly(session_id) from error
        raise


@attrs.frozen
class PostgresMessages:
    _connection: Connection

    def add(self, message: Message, /) -> Message:
        statement = upsert(messages).on_conflict_do_nothing().returning(messages)
        with _while_live(message.session_id):
            added = self._connection.execute(statement, message_row(message)).mappings().first()
        if added is not None:
            return message_of(added)
        known = self.sent(message.session_id, message.author_id, message.client_id)
        assert known is not None, "nothing else is unique that two messages could share"
        return known

    def sent(
        self, session_id: SessionId, author_id: AccountId, client_id: UUID, /
    ) -> Message | None:
        values = {"session_id": session_id, "author_id": author_id, "client_id": client_id}
        found = self._connection.execute(_KNOWN, values).mappings().first()
        return None if found is None else message_of(found)

    def since(self, session_id: SessionId, position: int, /, *, most: int) -> tuple[Message, ...]:
        values = {"session_id": session_id, "after": position, "most": most}
        return tuple(map(message_of, self._connection.execute(_SINCE, values).mappings()))

    def has_own_words(self, session_id: SessionId, party: Party, /) -> bool:
        values = {"session_id": session_id, "party": party}
        return bool(self._connection.execute(_OWN_WORDS, values).scalar())

    def mark_read(self, session_id: SessionId, party: Party, position: int, /) -> bool:
        row = {"session_id": session_id, "party": party, "position": position}
        statement = upsert(read_marks).on_conflict_do_update(
            index_elements=["session_id", "party"],
            set_={"position": position},
            where=read_marks.c.position < position,
        )
        return self._connection.execute(statement, row).rowcount == 1

    def read_marks(self, session_id: SessionId, /) -> dict[Party, int]:
        mine = select(read_marks).where(read_marks.c.session_id == session_id)
        rows = self._connection.execute(mine).mappings()
        return {Party(row["party"]): row["position"] for row in rows}


_KNOWN = select(messages).where(
    messages.c.session_id == bindparam("session_id"),
    messages.c.author_id == bindparam("author_id"),
    messages.c.client_id == bindparam("client_id"),
)
_OWN_WORDS = select(
    exists().where(
        messages.c.session_id == bindparam("session_id"),
        messages.c.party == bindparam("party"),
        messages.c.canned.is_(None),
    )
)
_SINCE = (
    select(messages)
    .where(
        messages.c.session_id == bindparam("session_id"),
        messages.c.position > bindparam("after"),
    )
    .order_by(messages.c.position)
    .limit(bindparam("most", type_=None))
)


def file_of(row: RowMapping) -> File:
    purpose = row["purpose"]
    return File(**{**row, "purpose": None if purpose is None else FilePurpose(purpose)})


@attrs.frozen
class PostgresFiles:
    _connection: Connection

    def add(self, file: File, /) -> None:
        with _while_live(file.session_id):
            self._connection.execute(insert(files), attrs.asdict(file))

    def get(self, file_id: FileId, /, *, lock: bool = False) -> File:
        statement = _LOCKED_FILE if lock else _FILE
        found = self._connection.execute(statement, {"key": file_id}).mappings().first()
        if found is None:
            raise Missing("file")
        return file_of(found)

    def save(self, file: File, /) -> None:
        row = attrs.asdict(file)
        statement = update(files).where(files.c.id == row.pop("id")).values(row)
        with _while_live(file.session_id):
            saved = self._connection.execute(statement).rowcount
        if saved == 0:
            raise Missing("file")

    def count_upload(self, owner_id: AccountId, /, *, day: date, size_bytes: int) -> UploadDay:
        values = {"owner_id": owner_id, "day": day, "size_bytes": size_bytes}
        row = self._connection.execute(_COUNT_UPLOAD, values).one()
        return UploadDay(row.files, row.size_bytes)

    def remove(self, file_id: FileId, /) -> None:
        self._connection.execute(delete(files).where(files.c.id == file_id))

    def of_session(self, session_id: SessionId, /) -> tuple[File, ...]:
        return self._stored(files.c.session_id == session_id)

    def of_intake(self, intake_id: IntakeId, /) -> tuple[File, ...]:
        return self._stored(files.c.intake_id == intake_id)

    def _stored(self, which: Any) -> tuple[File, ...]:
        statement = select(files).where(which, files.c.stored_at.is_not(None))
        rows = self._connection.execute(statement.order_by(files.c.created_at, files.c.id))
        return tuple(map(file_of, rows.mappings()))


_FILE = select(files).where(files.c.id == bindparam("key"))
_COUNTED = upsert(upload_days).values(files=1)
_COUNT_UPLOAD = _COUNTED.on_conflict_do_update(
    index_elements=["owner_id"],
    set_={
        "day": _COUNTED.excluded.day,
        "files": case(
            (upload_days.c.day == _COUNTED.excluded.day, upload_days.c.files + 1), else_=1
        ),
        "size_bytes": _COUNTED.excluded.size_bytes
        + case((upload_days.c.day == _COUNTED.excluded.day, upload_days.c.size_bytes), else_=0),
    },
).returning(upload_days.c.files, upload_days.c.size_bytes)
_LOCKED_FILE = _FILE.with_for_update(key_share=True)


@attrs.frozen
class PostgresWriteUps:
    _connection: Connection

    def save_notes(self, written: Notes, /) -> None:
        row = attrs.asdict(written)
        statement = upsert(notes).on_conflict_do_update(index_elements=["session_id"], set_=row)
        self._connection.execute(statement, row)

    def notes(self, session_id: SessionId, /) -> Notes | None:
        mine = select(notes).where(notes.c.session_id == session_id)
        found = self._connection.execute(mine).mappings().first()
        return None if found is None else Notes(**found)

    def add_report(self, report: Report, /) -> None:
        row = attrs.asdict(report, recurse=False)
        del row["amendments"]
        statement = upsert(reports).on_conflict_do_nothing()
        if self._connection.execute(statement, row).rowcount == 0:
            raise ReportWritten(report.session_id)

    def report(self, session_id: SessionId, /) -> Report | None:
        mine = select(reports).where(reports.c.session_id == session_id)
        found = self._connection.execute(mine).mappings().first()
        if found is None:
            return None
        later = select(amendments.c.text, amendments.c.written_at).where(
            amendments.c.session_id == session_id
        )
        rows = self._connection.execute(later.order_by(amendments.c.written_at)).mappings()
        return Report(**found, amendments=tuple(Amendment(**row) for row in rows))

    def amend(self, session_id: SessionId, amendment: Amendment, /) -> None:
        row = attrs.asdict(amendment) | {"session_id": session_id, "id": uuid4()}
        self._connection.execute(insert(amendments), row)


@attrs.frozen
class PostgresRatings:
    _connection: Connection

    def add(self, rating: Rating, /, *, customer_id: CustomerId) -> None:
        row = attrs.asdict(rating) | {"customer_id": customer_id}
        try:
            self._connection.execute(insert(ratings), row)
        except IntegrityError as error:
            if constraint(error) == "pk_ratings":
                raise AlreadyRated(rating.session_id) from error
            if constraint(error) == RATED_INDEPENDENTLY:
                raise OwnRating(rating.session_id) from error
            raise

    def of(self, session_id: SessionId, /) -> Rating | None:
        columns = [ratings.c[field.name] for field in attrs.fields(Rating)]
        mine = select(*columns).where(ratings.c.session_id == session_id)
        found = self._connection.execute(mine).mappings().first()
        return None if found is None else Rating(**found)
