"""No consultation before both are there, nor while it is paused: short messages, no files."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import attrs
import pytest

from autodoctor.adapters.memory.whispers import MemoryWhispers, Whispered
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.review import free_sessions_left
from autodoctor.application.room.chat import conversation, send_message, typing
from autodoctor.application.room.files import announce, attach, files_of, upload
from autodoctor.application.room.report import amend_report, report_of, write_report
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.ending import cancel_session, end_session
from autodoctor.application.sessions.room import join, let_lapse
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.reporting import ReportTooEarly
from autodoctor.domain.sessions.speech import ShortMessagesOnly, Speech
from autodoctor.domain.sessions.states import IllegalTransition, SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.sessions import Lease
from autodoctor.testing.ports import Town, a_booking, a_customer, a_mechanic, an_admin, deliver_all
from support.applicants import SCAN
from support.towns import Pair, live, matched, now, told


def paused(town: Town) -> Pair:
    """The mechanic was last heard of some seconds ago."""
    pair = live(town)
    town.clock.advance(timedelta(seconds=30))
    return lose(town, pair, Party.MECHANIC)


def lose(town: Town, pair: Pair, party: Party) -> Pair:
    lease = Lease(pair.session.id, party, town.clock.now())
    let_lapse(town.ports, lease)
    return attrs.evolve(pair, session=now(town, pair.session))


def say(
    town: Town,
    pair: Pair,
    who: Actor,
    text: str = "",
    *,
    canned: Canned | None = None,
    client_id: UUID | None = None,
) -> Message:
    return send_message(
        town.ports,
        actor=who,
        session_id=pair.session.id,
        client_id=client_id or uuid4(),
        text=text,
        canned=canned,
    )


def said(town: Town, pair: Pair) -> list[str]:
    talk = conversation(town.ports, actor=pair.mechanic, session_id=pair.session.id)
    return [message.text for message in talk.messages]


def a_file(town: Town, who: Actor) -> File:
    file = announce(
        town.ports,
        actor=who,
        name="brake.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    return upload(town.ports, actor=who, file_id=file.id, content=BytesIO(SCAN))


@pytest.mark.parametrize("begin", [matched, paused])
def test_own_words_are_refused_and_kept_nowhere(town: Town, begin: object) -> None:
    pair: Pair = begin(town)  # type: ignore[operator]

    for who in (pair.customer, pair.mechanic):
        with pytest.raises(ShortMessagesOnly) as refused:
            say(town, pair, who, "Replace the pads, then you are done.")
        assert "here" in refused.value.canned

    assert said(town, pair) == []
    assert "message" not in told(town, pair.customer.account_id)


@pytest.mark.parametrize("begin", [matched, paused])
def test_a_short_message_reaches_the_other_one(town: Town, begin: object) -> None:
    pair: Pair = begin(town)  # type: ignore[operator]

    sent = say(town, pair, pair.customer, canned=Canned.LATE)

    assert (sent.text, sent.canned) == ("I am running late.", Canned.LATE)
    assert said(town, pair) == ["I am running late."]
    assert "message" in told(town, pair.mechanic.account_id)


@pytest.mark.parametrize("begin", [matched, paused])
def test_no_file_comes_into_the_session(town: Town, begin: object) -> None:
    pair: Pair = begin(town)  # type: ignore[operator]

    for who in (pair.customer, pair.mechanic):
        file = a_file(town, who)
        with pytest.raises(ShortMessagesOnly):
            attach(town.ports, actor=who, session_id=pair.session.id, file_id=file.id)

    assert files_of(town.ports, actor=pair.mechanic, session_id=pair.session.id) == ()


def test_a_file_that_is_there_already_does_not_come_along_with_a_message(town: Town) -> None:
    pair = live(town)
    file = a_file(town, pair.customer)
    attach(town.ports, actor=pair.customer, session_id=pair.session.id, file_id=file.id)
    lose(town, pair, Party.MECHANIC)

    with pytest.raises(ShortMessagesOnly):
        send_message(
            town.ports,
            actor=pair.customer,
            session_id=pair.session.id,
            client_id=uuid4(),
            file_ids=(file.id,),
        )


def test_what_was_sent_in_time_is_the_same_message_when_it_is_sent_again_in_a_pause(
    town: Town,
) -> None:
    pair, client_id = live(town), uuid4()
    first = say(town, pair, pair.customer, "It squeals.", client_id=client_id)
    lose(town, pair, Party.MECHANIC)

    again = say(town, pair, pair.customer, "It squeals.", client_id=client_id)

    assert again == first


def test_with_both_there_everything_can_be_said_and_before_that_one_is_told_so(town: Town) -> None:
    pair = matched(town)
    before = conversation(town.ports, actor=pair.customer, session_id=pair.session.id).speech
    for who in (pair.customer, pair.mechanic):
        join(town.ports, actor=who, session_id=pair.session.id)

    say(town, pair, pair.customer, "It squeals.")

    after = conversation(town.ports, actor=pair.customer, session_id=pair.session.id).speech
    assert (before, after) == (Speech.CANNED, Speech.FREE)
    assert said(town, pair) == ["It squeals."]


def test_who_writes_is_there_so_that_the_clock_counts_what_is_written(town: Town) -> None:
    """Otherwise two without open pages would write within each lease, and pay for nothing."""
    pair = live(town)
    town.clock.advance(timedelta(seconds=15))
    say(town, pair, pair.mechanic, "Replace the pads.")

    with town.kept(SYSTEM) as tx:
        leases = tx.presence.lapsed(before=town.clock.now() + timedelta(days=1), most=9)
    seen = {each.party: each.seen_at for each in leases}
    assert seen[Party.MECHANIC] == town.clock.now()
    assert seen[Party.CUSTOMER] == town.clock.now() - timedelta(seconds=15)


def test_nobody_is_seen_typing_what_cannot_be_sent(town: Town) -> None:
    pair = matched(town)

    typing(town.ports, actor=pair.customer, session_id=pair.session.id)
    for who in (pair.customer, pair.mechanic):
        join(town.ports, actor=who, session_id=pair.session.id)
    before = len(whispered(town))
    typing(town.ports, actor=pair.customer, session_id=pair.session.id)

    assert (before, len(whispered(town))) == (0, 1)


def whispered(town: Town) -> list[Whispered]:
    whispers = town.ports.whispers
    assert isinstance(whispers, MemoryWhispers)
    return whispers.heard


def a_free_talk(town: Town) -> Pair:
    """A free session, with both in the room."""
    customer, mechanic = a_customer(town.ports), a_mechanic(town.ports)
    intake = a_booking(town.ports, customer, plan="free")
    session_id = check_out(town.ports, actor=customer, intake_id=intake.id).session_id
    assert session_id is not None, "a free plan becomes a session at once"
    with town.kept(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None, "it waits"
    accept(town.ports, actor=mechanic, request_id=request.id)
    for who in (customer, mechanic):
        joined = join(town.ports, actor=who, session_id=session_id)
    return Pair(customer, mechanic, joined)


def ended(town: Town, pair: Pair) -> int:
    """After seconds; how many free sessions are left then."""
    town.clock.advance(timedelta(seconds=50))
    over = end_session(town.ports, actor=pair.customer, session_id=pair.session.id)
    assert over.status is SessionStatus.CANCELLED, "it was too short to count"
    return free_sessions_left(town.ports, actor=pair.customer)


def test_a_free_session_in_which_the_mechanic_answered_is_used_however_short(town: Town) -> None:
    pair = a_free_talk(town)
    say(town, pair, pair.mechanic, "Replace the pads.")

    assert ended(town, pair) == 0
    assert "your free session is used" in mailed(town)


def test_a_file_of_the_mechanic_is_an_answer(town: Town) -> None:
    pair = a_free_talk(town)
    file = a_file(town, pair.mechanic)
    attach(town.ports, actor=pair.mechanic, session_id=pair.session.id, file_id=file.id)

    assert ended(town, pair) == 0


def test_a_free_session_without_an_answer_can_be_taken_again(town: Town) -> None:
    pair = a_free_talk(town)
    say(town, pair, pair.customer, "It squeals.")
    say(town, pair, pair.mechanic, canned=Canned.BACK_SOON)

    assert ended(town, pair) == 1
    assert "your free session is yours again" in mailed(town)


def mailed(town: Town) -> str:
    deliver_all(town)
    queued = town.kept.tables.mails.values()  # type: ignore[attr-defined]
    return "\n".join(each.mail.text for each in queued)


def test_refusals_of_a_short_message_name_the_field(town: Town) -> None:
    pair = matched(town)

    with pytest.raises(InvalidField) as refused:
        say(town, pair, pair.customer, "and more", canned=Canned.HERE)

    assert refused.value.field == "canned"


def test_a_report_is_not_amended_once_the_session_was_called_off(town: Town) -> None:
    pair = live(town)
    town.clock.advance(timedelta(minutes=2))
    parts = dict.fromkeys(("findings", "steps_taken", "next_steps"), "Worn.")
    write_report(
        town.ports, actor=pair.mechanic, session_id=pair.session.id, parts_needed="", **parts
    )
    cancel_session(town.ports, actor=an_admin(town.ports), session_id=pair.session.id)

    with pytest.raises(IllegalTransition):
        amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="And more.")


def test_a_report_is_not_the_consultation(town: Town) -> None:
    pair = live(town)
    parts = dict.fromkeys(("findings", "steps_taken", "next_steps", "parts_needed"), "All of it.")

    with pytest.raises(ReportTooEarly):
        write_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, **parts)

    assert report_of(town.ports, actor=pair.customer, session_id=pair.session.id) is None
