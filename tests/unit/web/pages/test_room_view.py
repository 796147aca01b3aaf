from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.room.message import Message
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import speech
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.ids import AccountId, MessageId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.room_view import RoomData, RoomView, room_view
from autodoctor.entrypoints.web.parts import MessageState
from support.seen import DANA, FILE, ID, MAYA, NOW, SPACE, VIEW, WHEN, session

MINE = UUID(int=61)


def said(position: int, party: Party = Party.CUSTOMER, **changes: object) -> Message:
    message = Message(
        id=MessageId(UUID(int=100 + position)),
        session_id=ID,
        author_id=AccountId(DANA if party is Party.CUSTOMER else MAYA),
        party=party,
        client_id=MINE,
        text="It grinds",
        sent_at=NOW - timedelta(minutes=2),
        position=position,
    )
    return attrs.evolve(message, **changes)  # type: ignore[arg-type]


def room(status: SessionStatus = SessionStatus.LIVE, **changes: object) -> RoomData:
    data = RoomData(
        session=session(status),
        view=VIEW,
        party=Party.CUSTOMER,
        messages=(said(7),),
        read={},
        files=(FILE,),
        notes="",
        speech=speech(session(status), at=NOW),
    )
    return attrs.evolve(data, **changes)  # type: ignore[arg-type]


def view(**changes: object) -> RoomView:
    return room_view(room(**changes), WHEN)  # type: ignore[arg-type]


def test_each_is_with_the_other_one_and_a_mechanic_knows_a_first_name() -> None:
    assert view().other.name == "Maya Okafor"
    assert view(party=Party.MECHANIC).other.name == "Dana"
    assert view(party=None).other.name == "Maya Okafor"


def test_what_an_earlier_mechanic_said_is_not_the_present_ones() -> None:
    earlier = said(7, Party.MECHANIC, author_id=AccountId(UUID(int=77)))

    for party in (Party.CUSTOMER, Party.MECHANIC):
        (message,) = view(messages=(earlier,), party=party).messages
        assert (message.own, message.sender) == (False, "An earlier mechanic")


def test_a_message_is_told_on_the_readers_clock() -> None:
    (message,) = view().messages

    assert message.when == f"2:30{SPACE}p.m."
    assert message.id == f"customer-{MINE}"
    assert (message.own, message.sender, message.position) == (True, "Dana", 7)


@pytest.mark.parametrize(
    ("status", "read", "state"),
    [
        (SessionStatus.MATCHED, {}, MessageState.SENT),
        (SessionStatus.LIVE, {}, MessageState.DELIVERED),
        (SessionStatus.LIVE, {Party.MECHANIC: 6}, MessageState.DELIVERED),
        (SessionStatus.MATCHED, {Party.MECHANIC: 7}, MessageState.READ),
        (SessionStatus.LIVE, {Party.CUSTOMER: 9}, MessageState.DELIVERED),
    ],
)
def test_a_message_is_delivered_to_an_open_room_and_read_up_to_the_others_mark(
    status: SessionStatus, read: dict[Party, int], state: MessageState
) -> None:
    (message,) = view(status=status, read=read).messages

    assert message.state is state


def test_a_message_brings_its_files_and_none_that_are_gone() -> None:
    (message,) = view(messages=(said(7, file_ids=(FILE.id, UUID(int=99))),)).messages

    assert [file.name for file in message.attachments] == ["wheel.jpg"]
    assert message.attachments[0].url == f"/session/{ID}/files/{FILE.id}"


@pytest.mark.parametrize(
    ("status", "party", "writable"),
    [
        (SessionStatus.MATCHED, Party.CUSTOMER, True),
        (SessionStatus.SCHEDULED, Party.MECHANIC, True),
        (SessionStatus.LIVE, None, False),
        (SessionStatus.COMPLETED, Party.CUSTOMER, False),
    ],
)
def test_only_a_party_writes_and_only_while_the_room_is_open(
    status: SessionStatus, party: Party | None, writable: bool
) -> None:
    assert view(status=status, party=party).speaking.shut is not writable


@pytest.mark.parametrize(
    ("status", "party", "urls"),
    [
        (SessionStatus.MATCHED, Party.CUSTOMER, [f"/session/{ID}/cancel"]),
        (SessionStatus.SCHEDULED, Party.MECHANIC, [f"/chat/{ID}/give-back"]),
        (SessionStatus.LIVE, Party.CUSTOMER, [f"/chat/{ID}/end"]),
        (SessionStatus.RECONNECTING, Party.MECHANIC, [f"/chat/{ID}/end"]),
        (SessionStatus.COMPLETED, Party.CUSTOMER, []),
        (SessionStatus.LIVE, None, []),
    ],
)
def test_a_session_is_called_off_before_the_start_and_ended_afterwards(
    status: SessionStatus, party: Party | None, urls: list[str]
) -> None:
    assert [step.url for step in view(status=status, party=party).steps] == urls


def test_a_mechanic_ends_with_the_report() -> None:
    (step,) = view(party=Party.MECHANIC).steps

    assert step.label == view(party=Party.MECHANIC).ending.label == "End and write the report"


@pytest.mark.parametrize("party", [*Party, None])
def test_the_end_of_a_free_session_speaks_of_no_money(party: Party | None) -> None:
    paid = session(SessionStatus.LIVE)
    free = attrs.evolve(paid, terms=attrs.evolve(paid.terms, price=Money(0)))

    asked = [view(session=each, party=party).ending.text for each in (paid, free)]

    for word in ("refund", "price", "earn"):
        assert word not in asked[1]
    assert "price" in asked[0]
    assert "less than a minute" in asked[1]
