"""Writing into the room with a plain form: what it holds, and how it is sent."""

from werkzeug.datastructures import FileStorage

from autodoctor.application.room.chat import send_message
from autodoctor.application.room.files import attach
from autodoctor.application.sessions.room import join
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.message import check_text
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.sent_file import keep


def send_canned(here: Call, session_id: SessionId, code: str) -> None:
    """Whoever sends a short message need not be in the room: they may be on their way to it.
    Raises what the use case refuses, and InvalidField for a code that there is not."""
    if code not in list(Canned):
        raise InvalidField("canned", "Choose one of the short messages that are offered.")
    send_message(
        here.ports,
        actor=here.who,
        session_id=session_id,
        client_id=here.ports.ids.new(),
        canned=Canned(code),
    )


def write(here: Call, session_id: SessionId, *, text: str, sent: FileStorage | None) -> None:
    """Whoever writes is in the room; with the other one there, too, what they write is sent.
    Raises what the use cases refuse; with a text that is refused no file is kept."""
    join(here.ports, actor=here.who, session_id=session_id)
    files = [sent] if sent and sent.filename else []
    check_text(text, files=len(files))
    file_ids = tuple(_attached(here, session_id, each) for each in files)
    send_message(
        here.ports,
        actor=here.who,
        session_id=session_id,
        client_id=here.ports.ids.new(),
        text=text,
        file_ids=file_ids,
    )


def _attached(here: Call, session_id: SessionId, sent: FileStorage) -> FileId:
    file = keep(here, sent)
    return attach(here.ports, actor=here.who, session_id=session_id, file_id=file.id).id
