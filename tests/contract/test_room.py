"""Messages, files and notes: what is not yours is not there."""

from uuid import uuid4

import attrs
import pytest
from sqlalchemy.exc import ProgrammingError

from autodoctor.adapters.memory.room import NotTheirsToWrite
from autodoctor.domain.mechanics.reputation import AlreadyRated
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Notes, Rating, Report, ReportWritten
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, FileId, MechanicId, MessageId
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, a_kept_session, a_mechanic, an_account


def customer_of(session: Session) -> Actor:
    return Actor(AccountId(session.customer_id), Role.CUSTOMER)


def mechanic_of(session: Session) -> Actor:
    assert session.mechanic_id is not None
    return Actor(AccountId(session.mechanic_id), Role.MECHANIC)


def a_message(session: Session, author: Actor) -> Message:
    return Message(
        id=MessageId(uuid4()),
        session_id=session.id,
        author_id=author.account_id,
        party=author.role,
        client_id=uuid4(),
        text="It squeals.",
        sent_at=AT,
    )


def a_file(session: Session, owner: Actor) -> File:
    file_id = FileId(uuid4())
    return File(
        id=file_id,
        owner_id=owner.account_id,
        name="brake.jpg",
        media_type="image/jpeg",
        kind="image",
        size_bytes=9,
        storage_key=f"files/{file_id}.jpg",
        created_at=AT,
        intake_id=session.intake_id,
        stored_at=AT,
    )


def live(kept: Transactions) -> Session:
    return a_kept_session(kept, status=SessionStatus.LIVE)


def test_both_parties_and_staff_read_what_one_has_said(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    with kept(customer) as tx:
        said = tx.messages.add(a_message(session, customer))

    for reader in (customer, mechanic_of(session), SYSTEM):
        with kept(reader) as tx:
            assert tx.messages.since(session.id, 0, most=9) == (said,)


def test_a_stranger_reads_nothing(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    with kept(customer) as tx:
        tx.messages.add(a_message(session, customer))

    for stranger in (an_account(kept), a_mechanic(kept)):
        with kept(stranger) as tx:
            assert tx.messages.since(session.id, 0, most=9) == ()


def test_a_stranger_cannot_say_anything(kept: Transactions) -> None:
    session, stranger = live(kept), an_account(kept)

    with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(stranger) as tx:
        tx.messages.add(a_message(session, stranger))


def test_nobody_speaks_in_another_ones_name(kept: Transactions) -> None:
    session = live(kept)

    with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(mechanic_of(session)) as tx:
        tx.messages.add(a_message(session, customer_of(session)))


def test_a_message_sent_again_is_the_one_stored_before(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    message = a_message(session, customer)

    with kept(customer) as tx:
        first = tx.messages.add(message)
        again = tx.messages.add(attrs.evolve(message, id=MessageId(uuid4())))

    assert again == first


def test_read_marks_only_move_forward(kept: Transactions) -> None:
    session = live(kept)

    with kept(customer_of(session)) as tx:
        news = [tx.messages.mark_read(session.id, Party.CUSTOMER, at) for at in (5, 5, 3, 6)]
        marks = tx.messages.read_marks(session.id)

    assert news == [True, False, False, True]
    assert marks == {Party.CUSTOMER: 6}


@pytest.mark.parametrize(
    ("status", "seen"), [(SessionStatus.WAITING, True), (SessionStatus.LIVE, False)]
)
def test_any_mechanic_sees_the_files_of_a_waiting_booking_only(
    kept: Transactions, status: SessionStatus, seen: bool
) -> None:
    session = a_kept_session(kept, status=status)
    customer = customer_of(session)
    file = a_file(session, customer)
    with kept(customer) as tx:
        tx.files.add(file)

    with kept(a_mechanic(kept)) as tx:
        assert tx.files.of_intake(session.intake_id) == ((file,) if seen else ())


def test_a_file_is_missing_for_another_customer(kept: Transactions) -> None:
    session = a_kept_session(kept)
    customer = customer_of(session)
    file = a_file(session, customer)
    with kept(customer) as tx:
        tx.files.add(file)

    with kept(an_account(kept)) as tx:
        with pytest.raises(Missing):
            tx.files.get(file.id)
        with pytest.raises(Missing):
            tx.files.save(attrs.evolve(file, name="mine.jpg"))
    with kept(customer) as tx:
        assert tx.files.get(file.id) == file


def test_notes_are_their_authors_alone(kept: Transactions) -> None:
    session = live(kept)
    mechanic = mechanic_of(session)
    notes = Notes(session_id=session.id, mechanic_id=mechanic.mechanic_id, text="!", saved_at=AT)
    with kept(mechanic) as tx:
        tx.write_ups.save_notes(notes)

    with kept(mechanic) as tx:
        assert tx.write_ups.notes(session.id) == notes
    with kept(customer_of(session)) as tx:
        assert tx.write_ups.notes(session.id) is None


def test_a_report_is_written_once(kept: Transactions) -> None:
    session = live(kept)
    mechanic = mechanic_of(session)
    report = Report(
        session_id=session.id,
        mechanic_id=mechanic.mechanic_id,
        findings="Worn pads",
        steps_taken="Listened",
        next_steps="Replace",
        parts_needed="",
        written_at=AT,
    )
    with kept(mechanic) as tx:
        tx.write_ups.add_report(report)

    with pytest.raises(ReportWritten), kept(mechanic) as tx:
        tx.write_ups.add_report(attrs.evolve(report, findings="Other"))

    with kept(mechanic) as tx:
        assert tx.write_ups.report(session.id) == report


def test_a_session_is_rated_once(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    mechanic_id = MechanicId(mechanic_of(session).account_id)
    rating = Rating(session_id=session.id, mechanic_id=mechanic_id, stars=5, review="", rated_at=AT)
    with kept(customer_of(session)) as tx:
        tx.ratings.add(rating, customer_id=session.customer_id)

    with pytest.raises(AlreadyRated), kept(customer_of(session)) as tx:
        tx.ratings.add(attrs.evolve(rating, stars=1), customer_id=session.customer_id)

    with kept(SYSTEM) as tx:
        assert tx.ratings.of(session.id) == rating
