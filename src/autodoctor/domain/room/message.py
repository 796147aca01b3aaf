"""A chat message: stored as written, shown escaped."""

from datetime import datetime
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.room.canned import Canned, canned_for
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, FileId, MessageId, SessionId

LENGTH_MAX: Final = 4000
FILES_MAX: Final = 5


@attrs.frozen(kw_only=True)
class Message:
    """`position` orders all messages and is given when it is stored (0 before that).

    `client_id` is made by the sender's device: sending it again is the same message.
    `party` is customer or mechanic. With `canned` it is one of the short messages, `text` is its
    sentence, and there are no files.
    """

    id: MessageId
    session_id: SessionId
    author_id: AccountId
    party: str
    client_id: UUID
    text: str
    sent_at: datetime
    file_ids: tuple[FileId, ...] = ()
    position: int = 0
    canned: Canned | None = None

    @property
    def free(self) -> bool:
        """Whether it holds somebody's own words, or files."""
        return self.canned is None


def check_canned(canned: Canned, *, side: Role, text: str, files: int) -> str:
    """Its sentence. A short message is sent alone, and by the side that it is for."""
    if canned not in canned_for(side):
        raise InvalidField("canned", "Choose one of the short messages that are offered.")
    if text.strip() or files:
        raise InvalidField("canned", "Send a short message alone, without text or files.")
    return canned.text


def check_text(text: str, *, files: int) -> str:
    """Trailing white space goes; something has to be left unless there are files."""
    written = text.rstrip()
    if not written and not files:
        raise InvalidField("text", "Write something, or attach a file.")
    if len(written) > LENGTH_MAX:
        raise InvalidField("text", f"At most {LENGTH_MAX} characters in one message.")
    if files > FILES_MAX:
        raise InvalidField("file_ids", f"At most {FILES_MAX} files in one message.")
    if "\x00" in written:
        raise InvalidField("text", "A message holds no NUL characters.")
    return written
