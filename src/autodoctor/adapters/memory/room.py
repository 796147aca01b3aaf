"""What is said, shown and written in memory; what an actor may not see is not there."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.mechanics.reputation import AlreadyRated
from autodoctor.domain.room.file import File, UploadDay
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Amendment, Notes, Rating, Report, ReportWritten
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import ShortMessagesOnly
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, FileId, IntakeId, SessionId
from autodoctor.ports.stores import Missing


class NotTheirsToWrite(PermissionError):
    """A use case lets somebody write what is not theirs: our own bug, not a refusal."""


@attrs.frozen
class Sight:
    """What one actor may see and write."""

    tables: Tables
    actor: Actor

    @property
    def staff(self) -> bool:
        return self.actor.role in (Role.SYSTEM, Role.ADMIN)

    def inside(self, session_id: SessionId | None) -> bool:
        session = None if session_id is None else self.tables.sessions.get(session_id)
        mine = self.actor.account_id
        return session is not None and mine in (session.customer_id, session.mechanic_id)

    def sees(self, session_id: SessionId) -> bool:
        """What both parties and staff see."""
        return self.staff or self.inside(session_id)

    def is_party(self, party: Party, session_id: SessionId) -> bool:
        session = self.tables.sessions.get(session_id)
        if session is None:
            return False
        theirs = {Party.CUSTOMER: session.customer_id, Party.MECHANIC: session.mechanic_id}
        return theirs[party] == self.actor.account_id

    def sees_file(self, file: File) -> bool:
        own = file.owner_id == self.actor.account_id
        return self.staff or own or self.inside(file.session_id) or self._offered(file.intake_id)

    def _offered(self, intake_id: IntakeId | None) -> bool:
        """A mechanic sees what came with an intake that waits, or that is theirs."""
        if self.actor.role is not Role.MECHANIC or intake_id is None:
            return False
        mine = self.actor.account_id
        return any(
            each.status is SessionStatus.WAITING or each.mechanic_id == mine
            for each in self.tables.sessions.values()
            if each.intake_id == intake_id
        )

    def check_writes(self, *, allowed: bool) -> None:
        if not allowed:
            raise NotTheirsToWrite(self.actor)

    def check_live(self, session_id: SessionId) -> None:
        """Raises ShortMessagesOnly: free messages and files are for when both are there."""
        if self.tables.sessions[session_id].status is not SessionStatus.LIVE:
            raise ShortMessagesOnly(session_id)


@attrs.frozen
class MemoryMessages:
    _sight: Sight

    def add(self, message: Message, /) -> Message:
        author = message.author_id == self._sight.actor.account_id
        self._sight.check_writes(allowed=author and self._sight.inside(message.session_id))
        messages = self._sight.tables.messages
        for known in messages.values():
            if _sent(known) == _sent(message):
                return known
        if message.free:
            self._sight.check_live(message.session_id)
        stored = attrs.evolve(message, position=len(messages) + 1)
        messages[message.id] = stored
        return stored

    def sent(
        self, session_id: SessionId, author_id: AccountId, client_id: UUID, /
    ) -> Message | None:
        asked = (session_id, author_id, client_id)
        known = (each for each in self._sight.tables.messages.values() if _sent(each) == asked)
        return next((each for each in known if self._sight.sees(each.session_id)), None)

    def since(self, session_id: SessionId, position: int, /, *, most: int) -> tuple[Message, ...]:
        if not self._sight.sees(session_id):
            return ()
        said = (m for m in self._sight.tables.messages.values() if m.session_id == session_id)
        return tuple(message for message in said if message.position > position)[:most]

    def has_own_words(self, session_id: SessionId, party: Party, /) -> bool:
        said = self._sight.tables.messages.values()
        theirs = (each for each in said if each.session_id == session_id and each.party == party)
        return self._sight.sees(session_id) and any(each.free for each in theirs)

    def mark_read(self, session_id: SessionId, party: Party, position: int, /) -> bool:
        self._sight.check_writes(allowed=self._sight.is_party(party, session_id))
        marks = self._sight.tables.read_marks
        before = marks.get((session_id, party))
        if before is not None and before >= position:
            return False
        marks[session_id, party] = position
        return True

    def read_marks(self, session_id: SessionId, /) -> dict[Party, int]:
        marks = self._sight.tables.read_marks.items()
        seen = self._sight.sees(session_id)
        return {party: position for (of, party), position in marks if seen and of == session_id}


def _sent(message: Message) -> tuple[object, ...]:
    return message.session_id, message.author_id, message.client_id


@attrs.frozen
class MemoryFiles:
    _sight: Sight

    def add(self, file: File, /) -> None:
        self._sight.check_writes(allowed=self._writes(file))
        if file.session_id is not None:
            self._sight.check_live(file.session_id)
        self._sight.tables.files[file.id] = file

    def get(self, file_id: FileId, /, *, lock: bool = False) -> File:  # noqa: ARG002 - a transaction in memory locks everything
        found = self._sight.tables.files.get(file_id)
        if found is None or not self._sight.sees_file(found):
            raise Missing("file")
        return found

    def save(self, file: File, /) -> None:
        before = self._sight.tables.files.get(file.id)
        if before is None or not self._writes(before):
            raise Missing("file")
        self._sight.check_writes(allowed=self._writes(file))
        if file.session_id is not None and file.session_id != before.session_id:
            self._sight.check_live(file.session_id)
        self._sight.tables.files[file.id] = file

    def count_upload(self, owner_id: AccountId, /, *, day: date, size_bytes: int) -> UploadDay:
        days = self._sight.tables.upload_days
        before = days.get((owner_id, day), UploadDay(0, 0))
        days[owner_id, day] = UploadDay(before.files + 1, before.size_bytes + size_bytes)
        return days[owner_id, day]

    def remove(self, file_id: FileId, /) -> None:
        if self._sight.staff:
            self._sight.tables.files.pop(file_id, None)

    def of_session(self, session_id: SessionId, /) -> tuple[File, ...]:
        return self._stored(lambda file: file.session_id == session_id)

    def of_intake(self, intake_id: IntakeId, /) -> tuple[File, ...]:
        return self._stored(lambda file: file.intake_id == intake_id)

    def _stored(self, which: Callable[[File], bool]) -> tuple[File, ...]:
        there = (f for f in self._sight.tables.files.values() if which(f) and f.stored_at)
        seen = filter(self._sight.sees_file, there)
        return tuple(sorted(seen, key=lambda file: (file.created_at, file.id)))

    def _writes(self, file: File) -> bool:
        return self._sight.staff or file.owner_id == self._sight.actor.account_id


@attrs.frozen
class MemoryWriteUps:
    _sight: Sight

    def save_notes(self, written: Notes, /) -> None:
        author = written.mechanic_id == self._sight.actor.account_id
        self._sight.check_writes(allowed=author and self._sight.inside(written.session_id))
        self._sight.tables.notes[written.session_id] = written

    def notes(self, session_id: SessionId, /) -> Notes | None:
        found = self._sight.tables.notes.get(session_id)
        mine = found is not None and found.mechanic_id == self._sight.actor.account_id
        return found if mine or self._sight.staff else None

    def add_report(self, report: Report, /) -> None:
        author = report.mechanic_id == self._sight.actor.account_id
        inside = self._sight.is_party(Party.MECHANIC, report.session_id)
        self._sight.check_writes(allowed=author and inside)
        if report.session_id in self._sight.tables.reports:
            raise ReportWritten(report.session_id)
        self._sight.tables.reports[report.session_id] = attrs.evolve(report, amendments=())

    def report(self, session_id: SessionId, /) -> Report | None:
        seen = self._sight.sees(session_id)
        return self._sight.tables.reports.get(session_id) if seen else None

    def amend(self, session_id: SessionId, amendment: Amendment, /) -> None:
        self._sight.check_writes(allowed=self._sight.is_party(Party.MECHANIC, session_id))
        report = self._sight.tables.reports[session_id]
        later = sorted((*report.amendments, amendment), key=lambda each: each.written_at)
        self._sight.tables.reports[session_id] = attrs.evolve(report, amendments=tuple(later))


@attrs.frozen
class MemoryRatings:
    _sight: Sight

    def add(self, rating: Rating, /, *, customer_id: CustomerId) -> None:
        author = customer_id == self._sight.actor.account_id
        inside = self._sight.is_party(Party.CUSTOMER, rating.session_id)
        self._sight.check_writes(allowed=author and inside)
        ratings = self._sight.tables.ratings
        if rating.session_id in ratings:
            raise AlreadyRated(rating.session_id)
        ratings[rating.session_id] = rating

    def of(self, session_id: SessionId, /) -> Rating | None:
        seen = self._sight.sees(session_id)
        return self._sight.tables.ratings.get(session_id) if seen else None
