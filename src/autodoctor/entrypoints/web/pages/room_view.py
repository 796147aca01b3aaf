"""The room, chat: one frozen view for the customer, the mechanic, and an admin who looks on."""

from typing import Final

import attrs

from autodoctor.application.room.files_allowed import Allowance
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message as Said
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.speech import Speech
from autodoctor.domain.sessions.states import IN_ROOM
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.clocks import session_clock
from autodoctor.entrypoints.web.pages.file_views import attachment
from autodoctor.entrypoints.web.pages.room_speech import Speaking, speaking
from autodoctor.entrypoints.web.pages.room_state import Presence, RoomState, presence, room_state
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import (
    Attachment,
    Countdown,
    Fact,
    Message,
    MessageState,
    Person,
)
from autodoctor.ports.queries import SessionView

LABELS: Final = {
    MessageState.SENT: "Sent",
    MessageState.DELIVERED: "Delivered",
    MessageState.READ: "Read",
}


@attrs.frozen(kw_only=True)
class RoomData:
    """What the use cases tell of a room, before it is put into words. `party` is None for an
    admin; `notes` are the mechanic's own, `face_url` leads to the other's photo. `allowance` is
    None for those who bring no files."""

    session: Session
    view: SessionView
    party: Party | None
    messages: tuple[Said, ...]
    read: dict[Party, int]
    files: tuple[File, ...]
    notes: str
    speech: Speech
    allowance: Allowance | None = None
    face_url: str = ""


@attrs.frozen
class Ending:
    """The question before the end."""

    title: str
    text: str
    label: str


@attrs.frozen
class Step:
    """Leads to a page that asks; a `dialog` of that name asks without leaving the room."""

    label: str
    url: str
    dialog: str = ""


_LABELS: Final = {
    Role.CUSTOMER: "End the session",
    Role.MECHANIC: "End and write the report",
}
_ENDINGS: Final = {
    (Role.CUSTOMER, True): "Both of you leave the room, and the rest of the time is not refunded. "
    "If you were together for less than a minute, the whole price is refunded.",
    (Role.CUSTOMER, False): "Both of you leave the room, and the rest of your free session is "
    "over. If you were together for less than a minute and your mechanic has not answered yet, "
    "you can use your free session again.",
    (Role.MECHANIC, True): "Both of you leave the room, and you go on to the report. If you were "
    "together for less than a minute, the customer gets the price back and you earn nothing.",
    (Role.MECHANIC, False): "Both of you leave the room, and you go on to the report. If you were "
    "together for less than a minute, the session does not count and there is no report to write.",
}
"""By role, and whether the session is paid for."""


def ending_of(session: Session, party: Party | None) -> Ending:
    """An admin, who looks on, reads what the customer reads."""
    role = party.role if party else Role.CUSTOMER
    text = _ENDINGS[role, bool(session.terms.price)]
    return Ending("End this session?", text, _LABELS[role])


@attrs.frozen(kw_only=True)
class RoomView:
    """`party` is empty for an admin; `draft` is what was written and could not be sent. `patterns`
    are an own bubble and one of the other's, for the script to fill in."""

    session: str
    party: str
    other: Person
    presence: Presence
    clock: Countdown
    state: RoomState
    speaking: Speaking
    draft: str
    messages: tuple[Message, ...]
    facts: tuple[Fact, ...]
    files: tuple[Attachment, ...]
    notes: str
    offsets: str
    ending: Ending
    steps: tuple[Step, ...]
    patterns: tuple[Message, Message]


def room_view(room: RoomData, when: When, *, draft: str = "") -> RoomView:
    other = party_names(room.view)[other_party(room.party)]
    return RoomView(
        session=str(room.session.id),
        party=room.party.value if room.party else "",
        other=Person(other, initials(other), room.face_url),
        presence=presence(room.session, room.party),
        clock=session_clock(room.session, now=when.now),
        state=room_state(room.session, room.party, other=other, when=when, cause=room.view.cause),
        speaking=speaking(room.speech, room.session.status, room.party, room.allowance),
        draft=draft,
        messages=bubbles(room, when),
        facts=room_facts(room.view),
        files=attachments(room),
        notes=room.notes,
        offsets=when.offsets(),
        ending=ending_of(room.session, room.party),
        steps=steps(room),
        patterns=(_pattern("You", own=True), _pattern(other, own=False)),
    )


def steps(room: RoomData) -> tuple[Step, ...]:
    """What one may do with the session as it is now: call it off before the start, end it
    afterwards. An admin looks on."""
    if room.party is None or room.session.ended:
        return ()
    place = f"/chat/{room.session.id}"
    if room.session.status in IN_ROOM:
        return (Step(_LABELS[room.party.role], f"{place}/end", dialog="end"),)
    if room.party is Party.MECHANIC:
        return (Step("Give the request back", f"{place}/give-back", dialog="give-back"),)
    return (Step("Cancel before it starts", f"/session/{room.session.id}/cancel"),)


def _pattern(sender: str, *, own: bool) -> Message:
    return Message(id="", own=own, sender=sender, text="…", at="", when="…")


def party_names(view: SessionView) -> dict[Party, str]:
    """Mechanics know a customer by the first name."""
    return {
        Party.CUSTOMER: view.customer_name.split(" ", maxsplit=1)[0],
        Party.MECHANIC: view.mechanic_name,
    }


def other_party(party: Party | None) -> Party:
    """Whom one is with; an admin sees the room by its mechanic."""
    return Party.CUSTOMER if party is Party.MECHANIC else Party.MECHANIC


def role_of(party: Party | None) -> Role:
    return party.role if party else Role.ADMIN


def room_facts(view: SessionView) -> tuple[Fact, ...]:
    return (
        Fact("About", category_words(view.category)),
        Fact("Concern", view.concern),
        Fact("Vehicle", view.vehicle or "Not given"),
        Fact("Plan", f"{view.plan_name}, {view.minutes} minutes"),
    )


def attachments(room: RoomData) -> tuple[Attachment, ...]:
    return tuple(attachment(file, session_id=room.session.id) for file in room.files)


EARLIER: Final = "An earlier mechanic"
"""Who gave the request back, or did not come, and had sent a short message before."""


def bubbles(room: RoomData, when: When) -> tuple[Message, ...]:
    files = {str(each.id): each for each in reversed(attachments(room))}
    names = party_names(room.view)
    return tuple(_bubble(said, room, when, files=files, names=names) for said in room.messages)


def _bubble(
    said: Said,
    room: RoomData,
    when: When,
    *,
    files: dict[str, Attachment],
    names: dict[Party, str],
) -> Message:
    state = message_state(said, room)
    earlier = said.party == Party.MECHANIC and said.author_id != room.session.mechanic_id
    return Message(
        id=f"{said.party}-{said.client_id}",
        own=said.party == room.party and not earlier,
        sender=EARLIER if earlier else names[Party(said.party)],
        text=said.text,
        at=said.sent_at.isoformat(),
        when=when.clock(said.sent_at),
        state=state,
        state_label=LABELS[state],
        attachments=tuple(files[str(key)] for key in said.file_ids if str(key) in files),
        position=said.position,
    )


def message_state(said: Said, room: RoomData) -> MessageState:
    """Delivered once the other one is in the room: an open room has everything."""
    other = Party.CUSTOMER if said.party == Party.MECHANIC else Party.MECHANIC
    if said.position <= room.read.get(other, 0):
        return MessageState.READ
    here = other in room.session.attendance.present
    return MessageState.DELIVERED if here else MessageState.SENT
